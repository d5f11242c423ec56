package io.testmesh.engine.yaml;

import io.testmesh.result.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML 1.2, and with it JSON. Immutable and safe for use by several threads. */
public final class YamlText {
  private static final int SMALL = 1 << 13;
  private static final int LARGE = 1 << 20;

  private final LoadSettings settings = settings(SMALL);

  /**
   * The reader copies what it holds of a long scalar for each buffer that it fills, so small
   * buffers would make long scalars cost time by the square of their length. Sizes are limited by
   * whoever gets the text, in bytes.
   */
  private static LoadSettings settings(int bufferSize) {
    return LoadSettings.builder()
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(bufferSize)
        .build();
  }

  /**
   * Reads a text in UTF-8.
   *
   * @param name the file's name as people should see it
   * @param what what the file should be, such as {@code a flow}
   */
  public YamlDocument parse(String name, byte[] content, String what, YamlLimits limits) {
    TextDecoder.Decoded decoded = TextDecoder.decode(name, content, what);
    Problem problem = decoded.problem();
    return problem == null
        ? parse(decoded.source(), limits)
        : new YamlDocument(decoded.source(), List.of(), List.of(problem), -1, false);
  }

  private YamlDocument parse(SourceText source, YamlLimits limits) {
    FormProblems problems = new FormProblems(source);
    int length = source.text().length();
    LoadSettings fitting = length < SMALL ? settings : settings(Math.min(length + 1, LARGE));
    ParserImpl parser = new ParserImpl(fitting, new StreamReader(fitting, source.text()));
    NodeBuilder builder = new NodeBuilder(source, parser, limits, problems);
    List<YamlNode> roots = builder.documents();
    return new YamlDocument(
        source, roots, problems.found(), builder.secondDocument(), builder.isComplete());
  }

  /**
   * What is wrong with the encoding of a text that should be UTF-8; null when nothing is.
   *
   * @param what what the file should be, such as {@code a CSV file}
   */
  public static @Nullable Problem encodingProblem(String name, byte[] content, String what) {
    return TextDecoder.decode(name, content, what).problem();
  }

  /**
   * Reads one JSON or YAML value.
   *
   * @return the JSON-like value, immutable
   * @throws IllegalArgumentException when the text holds none, with the place in the message
   */
  public @Nullable Object value(String name, String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    YamlDocument document = parse(new SourceText(name, content), YamlLimits.DATA);
    if (!document.problems().isEmpty()) {
      throw new IllegalArgumentException(document.problems().get(0).toString());
    }
    if (document.roots().size() != 1) {
      throw new IllegalArgumentException(
          name
              + (document.roots().isEmpty() ? " holds no value" : " holds more than one document"));
    }
    return document.roots().get(0).value();
  }

  /** Reads one JSON or YAML value from UTF-8; see {@link #value(String, String)}. */
  public @Nullable Object value(String name, byte[] content) {
    TextDecoder.Decoded decoded = TextDecoder.decode(name, content, "a file of values");
    if (decoded.problem() != null) {
      throw new IllegalArgumentException(decoded.problem().toString());
    }
    return value(name, decoded.source().text());
  }
}

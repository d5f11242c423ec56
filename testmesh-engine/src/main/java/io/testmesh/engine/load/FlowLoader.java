package io.testmesh.engine.load;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlDocument;
import io.testmesh.engine.yaml.YamlLimits;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.engine.yaml.YamlText;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads flow files. Immutable and safe for use by several threads. */
public final class FlowLoader {
  private static final String ONE_FLOW_PER_FILE = "put each flow into a file of its own";

  private final YamlText yaml = new YamlText();
  private final long maxFileSize;

  /** A loader that refuses files larger than so many bytes. */
  public FlowLoader(long maxFileSize) {
    this.maxFileSize = maxFileSize;
  }

  /** The name of a file as people should see it: seen from the working folder, with slashes. */
  public static String shown(Path file, Path workingFolder) {
    Path absolute = file.toAbsolutePath().normalize();
    Path working = workingFolder.normalize();
    Path path = absolute.startsWith(working) ? working.relativize(absolute) : absolute;
    return path.toString().replace('\\', '/');
  }

  /**
   * Reads a flow from bytes.
   *
   * @param name the file's name as people should see it
   * @param file the file, or null for standard input
   */
  public Loaded load(String name, @Nullable Path file, byte[] content) {
    Problem tooLarge = tooLarge(name, content.length);
    if (tooLarge != null) {
      return new Loaded(null, List.of(tooLarge), false);
    }
    YamlDocument document = yaml.parse(name, content, "a flow", YamlLimits.FLOW);
    if (!document.isReadable()) {
      return new Loaded(null, new Problems(document).sorted(), false);
    }
    YamlNode root = root(document);
    RootKind kind = root == null ? RootKind.OTHER : RootKind.of(root);
    if (root != null && kind == RootKind.OTHER) {
      return new Loaded(null, List.of(), true);
    }
    Problems problems = new Problems(document);
    Flow flow = root == null ? null : flow(root, kind, file, problems);
    if (root == null) {
      problems.add(
          Problems.NOT_A_FLOW,
          document.span(0, 0),
          document.isBlank() ? "the file is empty" : "the file holds no flow",
          null);
    }
    return new Loaded(flow, problems.sorted(), false);
  }

  /**
   * The problem with a file of that size, or null; lets a caller refuse a file without reading it.
   *
   * @param name the file's name as people should see it
   */
  public @Nullable Problem tooLarge(String name, long sizeBytes) {
    return sizeBytes <= maxFileSize
        ? null
        : Problem.error(
            Problems.YAML_LIMIT,
            "the file has "
                + sizeBytes
                + " bytes, more than the "
                + maxFileSize
                + " that are allowed",
            new SourceSpan(name, 1, 1, 1, 1),
            "--max-file-size sets another limit");
  }

  /** The first document with something of a flow, else the first one. */
  private static @Nullable YamlNode root(YamlDocument document) {
    for (YamlNode root : document.roots()) {
      if (RootKind.of(root) != RootKind.OTHER) {
        return root;
      }
    }
    YamlNode first = document.roots().isEmpty() ? null : document.roots().get(0);
    return document.roots().size() == 1 && first != null && first.isNull() ? null : first;
  }

  private static @Nullable Flow flow(
      YamlNode root, RootKind kind, @Nullable Path file, Problems problems) {
    YamlDocument document = problems.document();
    SourceSpan second = document.secondDocument();
    if (second != null) {
      problems.add(YamlDocument.SYNTAX, second, "a second document begins here", ONE_FLOW_PER_FILE);
    }
    if (kind == RootKind.SEVERAL) {
      problems.add(
          Problems.NOT_A_FLOW,
          document.span(root.start(), root.start() + 1),
          "the file holds a list, not a flow",
          ONE_FLOW_PER_FILE);
      return null;
    }
    YamlMap map = (YamlMap) root;
    if (kind == RootKind.BARE) {
      return new FlowReader(problems).read(map, document.tree(map), file);
    }
    if (kind == RootKind.NEARLY) {
      nearly(map, problems);
      return null;
    }
    return wrapped(map, file, problems);
  }

  private static void nearly(YamlMap map, Problems problems) {
    YamlMap.Entry entry = RootKind.misspelled(map);
    if (entry != null) {
      problems.add(
          Problems.UNKNOWN_KEY,
          problems.document().span(entry),
          "unknown key \"" + entry.key() + "\" at the root of the file",
          "did you mean \"flow\"?");
    }
  }

  private static @Nullable Flow wrapped(YamlMap root, @Nullable Path file, Problems problems) {
    YamlDocument document = problems.document();
    for (YamlMap.Entry entry : root.entries()) {
      if (!entry.key().equals("flow")) {
        boolean inside = FlowReader.KEYS.contains(entry.key());
        problems.add(
            Problems.UNKNOWN_KEY,
            document.span(entry),
            "unknown key \"" + entry.key() + "\" beside \"flow\"",
            inside
                ? "indent it, so that it stands inside of \"flow\""
                : NearNames.hint(entry.key(), FlowReader.KEYS));
      }
    }
    YamlMap.Entry entry = root.entry("flow");
    if (entry == null) {
      return null;
    }
    if (entry.value() instanceof YamlMap map) {
      return new FlowReader(problems).read(map, document.tree(entry), file);
    }
    problems.wrongType(entry, "a map with \"name\" and \"steps\"", null);
    return null;
  }

  /**
   * What was read.
   *
   * @param flow the flow as far as it can be read; it can run only if there are no errors. Null
   *     when nothing of it can be read, or the text is no flow
   * @param problems what is wrong, in the order of the text
   * @param noFlow whether the text is well-formed and has nothing to do with flows: passed over in
   *     a folder, {@code not_a_flow} when named directly
   */
  public record Loaded(@Nullable Flow flow, List<Problem> problems, boolean noFlow) {
    /** Copies the list. */
    public Loaded {
      problems = List.copyOf(problems);
    }
  }
}

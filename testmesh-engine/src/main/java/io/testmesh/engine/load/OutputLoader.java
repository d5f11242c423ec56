package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Output;
import io.testmesh.flow.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code output}, also written {@code save}; paths and expressions stay texts. */
final class OutputLoader {
  private static final String WANTED = "a path, an expression or {path, default}";
  static final List<String> KEYS = List.of("path", "default");

  private final Problems problems;

  OutputLoader(Problems problems) {
    this.problems = problems;
  }

  void read(MapReader reader, Step.Builder step) {
    YamlMap.Entry save = reader.entry("save");
    if (save != null && reader.entry("output") != null) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(save),
          "\"save\" is another word for \"output\", and " + reader.subject() + " has both",
          "put all under \"output\"");
    }
    read(reader, "output", step);
    read(reader, "save", step);
  }

  private void read(MapReader reader, String key, Step.Builder step) {
    YamlMap map = reader.map(key, "a map of names and paths or expressions");
    if (map == null) {
      return;
    }
    for (YamlMap.Entry entry : map.entries()) {
      Output output = output(reader, entry);
      if (output != null) {
        step.output(entry.key(), output);
      }
    }
  }

  private @Nullable Output output(MapReader step, YamlMap.Entry entry) {
    YamlNode value = entry.value();
    if (value.value() instanceof String text) {
      return new Output(text, false, null, problems.document().tree(entry));
    }
    if (!(value instanceof YamlMap map)) {
      problems.wrongType(entry, WANTED, literalHint(value));
      return null;
    }
    MapReader reader =
        new MapReader(
            problems,
            map,
            new Subject("output", entry.key(), step.subject()),
            problems.document().span(map),
            KEYS);
    reader.require("path", null);
    String path = reader.text("path");
    YamlMap.Entry written = reader.entry("path");
    YamlMap.Entry fallback = reader.entry("default");
    if (path == null || written == null) {
      return null;
    }
    return new Output(
        path,
        fallback != null,
        fallback == null ? null : fallback.value().value(),
        problems.document().tree(written));
  }

  private @Nullable String literalHint(YamlNode value) {
    return value.value() instanceof Number || value.value() instanceof Boolean
        ? "for the constant itself write \"" + problems.document().written(value) + "\" in quotes"
        : null;
  }
}

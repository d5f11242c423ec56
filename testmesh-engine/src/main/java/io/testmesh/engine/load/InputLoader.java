package io.testmesh.engine.load;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import java.util.List;

/** Reads {@code inputs}: a default, or a declaration with {@code required} and so on. */
final class InputLoader {
  static final List<String> KEYS = List.of("default", "required", "description");

  private final Problems problems;

  InputLoader(Problems problems) {
    this.problems = problems;
  }

  void read(MapReader flow, Flow.Builder builder) {
    YamlMap map = flow.map("inputs", "a map of names and defaults");
    if (map != null) {
      for (YamlMap.Entry entry : map.entries()) {
        builder.input(entry.key(), input(entry));
      }
    }
  }

  private Input input(YamlMap.Entry entry) {
    YamlNode value = entry.value();
    if (!(value instanceof YamlMap map && isDeclaration(map))) {
      return new Input(value.isNull(), value.value(), null);
    }
    MapReader reader =
        new MapReader(
            problems,
            map,
            new Subject("input", entry.key(), null),
            problems.document().span(map),
            KEYS);
    Boolean required = reader.flag("required");
    String description = reader.text("description");
    YamlMap.Entry fallback = reader.entry("default");
    boolean hasDefault = fallback != null && !fallback.value().isNull();
    if (fallback != null && hasDefault && Boolean.TRUE.equals(required)) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(fallback),
          "input \"" + entry.key() + "\" is required and has a default, which would never be used",
          "remove one of them");
    }
    return new Input(
        required == null ? !hasDefault : required,
        fallback == null ? null : fallback.value().value(),
        description);
  }

  /** A map with a key of a declaration, or nearly one; any other map is a default. */
  private static boolean isDeclaration(YamlMap map) {
    for (String key : map.keys()) {
      for (String known : KEYS) {
        if (key.equals(known) || NearNames.nearlySame(key, known)) {
          return true;
        }
      }
    }
    return false;
  }
}

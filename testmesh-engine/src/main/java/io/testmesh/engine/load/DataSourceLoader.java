package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.flow.DataSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code data_source}; files are not opened here. */
final class DataSourceLoader {
  static final List<String> KEYS = List.of("type", "file", "rows");
  static final List<String> TYPES = List.of("csv", "json", "inline");

  private final Problems problems;

  DataSourceLoader(Problems problems) {
    this.problems = problems;
  }

  @Nullable DataSource read(MapReader flow) {
    YamlMap map = flow.map("data_source", "a map with a \"type\"");
    YamlMap.Entry entry = flow.entry("data_source");
    if (map == null || entry == null) {
      return null;
    }
    MapReader reader =
        new MapReader(
            problems,
            map,
            flow.subject().key("data_source"),
            problems.document().span(entry),
            KEYS);
    reader.require("type", "the types are csv, json and inline");
    String type = reader.choice("type", TYPES);
    String file = reader.name("file");
    List<Map<String, @Nullable Object>> rows = rows(reader);
    if (type == null) {
      return null;
    }
    boolean inline = type.equals("inline");
    reader.require(inline ? "rows" : "file", null);
    YamlMap.Entry other = reader.entry(inline ? "file" : "rows");
    if (other != null) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(other),
          "\"" + other.key() + "\" has no meaning for a data source of type " + type,
          null);
    }
    return new DataSource(kind(type), file, rows, Set.of(), problems.document().tree(entry));
  }

  private static DataSource.Kind kind(String type) {
    return switch (type) {
      case "csv" -> DataSource.Kind.CSV;
      case "json" -> DataSource.Kind.JSON;
      default -> DataSource.Kind.INLINE;
    };
  }

  private List<Map<String, @Nullable Object>> rows(MapReader reader) {
    YamlList list = reader.list("rows", "a list of rows", "{column: value}");
    return list == null ? List.of() : new RowListLoader(problems).rows(list);
  }
}

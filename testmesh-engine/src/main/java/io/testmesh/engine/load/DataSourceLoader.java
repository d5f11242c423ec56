package io.testmesh.engine.load;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.DataSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    return new DataSource(kind(type), file, rows, problems.document().tree(entry));
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
    if (list == null) {
      return List.of();
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>(list.items().size());
    YamlMap first = null;
    for (YamlNode item : list.items()) {
      if (item instanceof YamlMap row) {
        first = first == null ? row : first;
        compareColumns(first, row, rows.size() + 1);
        rows.add(row.value());
      } else {
        problems.wrongType(
            "a row", problems.document().span(item), "a map of columns and values", item, null);
      }
    }
    return rows;
  }

  private void compareColumns(YamlMap first, YamlMap row, int number) {
    for (String column : first.keys()) {
      if (row.entry(column) == null) {
        problems.add(
            Problems.INVALID_VALUE,
            problems.document().span(row),
            "row " + number + " has no column \"" + column + "\", which row 1 has",
            null);
      }
    }
    Collection<String> columns = first.keys();
    for (YamlMap.Entry entry : row.entries()) {
      if (first.entry(entry.key()) == null) {
        problems.add(
            Problems.INVALID_VALUE,
            problems.document().span(entry),
            "row " + number + " has a column \"" + entry.key() + "\" that row 1 does not have",
            NearNames.hint(entry.key(), columns));
      }
    }
  }
}

package io.testmesh.engine.load;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a list of rows, which all have the same columns. */
final class RowListLoader {
  private final Problems problems;

  RowListLoader(Problems problems) {
    this.problems = problems;
  }

  List<Map<String, @Nullable Object>> rows(YamlList list) {
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
    for (YamlMap.Entry entry : row.entries()) {
      if (first.entry(entry.key()) == null) {
        problems.add(
            Problems.INVALID_VALUE,
            problems.document().span(entry),
            "row " + number + " has a column \"" + entry.key() + "\" that row 1 does not have",
            NearNames.hint(entry.key(), first.keys()));
      }
    }
  }
}

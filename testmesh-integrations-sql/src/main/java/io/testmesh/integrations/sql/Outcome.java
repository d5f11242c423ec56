package io.testmesh.integrations.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave. Immutable.
 *
 * @param rows those of its last result; empty when it gave none
 * @param fields the columns of the rows, each with name and type
 * @param affected how many rows it inserted, changed or deleted
 * @param isCut whether there were more rows than were asked for
 */
record Outcome(
    List<Map<String, @Nullable Object>> rows,
    List<Map<String, @Nullable Object>> fields,
    long affected,
    boolean isCut) {

  /** The number of rows that it gave, or else that it changed. */
  long rowCount() {
    return fields.isEmpty() ? affected : rows.size();
  }

  /** The first row; null when there is none. */
  @Nullable Map<String, @Nullable Object> firstRow() {
    return rows.isEmpty() ? null : rows.get(0);
  }
}

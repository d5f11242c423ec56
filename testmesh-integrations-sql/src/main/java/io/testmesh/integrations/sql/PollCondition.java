package io.testmesh.integrations.sql;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.integrations.common.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code db_poll} waits for. Immutable.
 *
 * @param kind row_exists, row_count, value_equals or value_not_null
 * @param column of the values; null for those about rows
 * @param value that one of the rows has to have
 * @param least how many rows there have to be
 * @param exactly how many rows there have to be and no more; null for any number from least on
 */
record PollCondition(
    String kind,
    @Nullable String column,
    @Nullable Object value,
    long least,
    @Nullable Long exactly) {
  static final String ROW_EXISTS = "row_exists";
  static final String ROW_COUNT = "row_count";
  static final String VALUE_EQUALS = "value_equals";
  static final String VALUE_NOT_NULL = "value_not_null";

  private static final int LONGEST_VALUE = 80;
  private static final int MOST_VALUES = 5;

  static PollCondition of(ActionConfig config) throws ActionException {
    Map<String, @Nullable Object> condition = config.map("condition");
    Object least = condition.get("min_count");
    Object exactly = config.value("expected_rows");
    Object kind = condition.get("type");
    Object column = condition.get("column");
    return new PollCondition(
        kind == null ? ROW_EXISTS : kind.toString(),
        column == null ? null : column.toString(),
        condition.get("value"),
        least == null ? 1 : Values.whole(least, "min_count", 1, Integer.MAX_VALUE),
        exactly == null
            ? null
            : (long) Values.whole(exactly, "expected_rows", 0, Integer.MAX_VALUE));
  }

  /** Finds conditions that say too little, or what is not looked at. */
  static void check(ConfigCheck config) {
    Map<?, ?> condition = config.value("condition") instanceof Map<?, ?> map ? map : Map.of();
    Object written = condition.get("type");
    String kind = written == null ? ROW_EXISTS : written.toString();
    boolean isAboutValues = kind.startsWith("value_");
    need(config, condition, "column", isAboutValues, kind);
    need(config, condition, "value", kind.equals(VALUE_EQUALS), kind);
    if (condition.containsKey("min_count") && isAboutValues) {
      config.reject(
          List.of("condition", "min_count"),
          "\"min_count\" is not looked at by " + kind,
          "remove it, or use row_count");
    }
    if (config.has("expected_rows") && condition.containsKey("min_count")) {
      config.reject(
          "expected_rows",
          "\"expected_rows\" and \"min_count\" exclude each other",
          "expected_rows is exact, min_count the least");
    }
  }

  private static void need(
      ConfigCheck config, Map<?, ?> condition, String key, boolean isNeeded, String kind) {
    boolean isThere = condition.containsKey(key);
    if (isNeeded && !isThere) {
      config.reject(
          condition.isEmpty() ? List.of() : List.of("condition"),
          kind + " needs \"" + key + "\"",
          null);
    } else if (isThere && !isNeeded) {
      config.reject(
          List.of("condition", key), "\"" + key + "\" is not looked at by " + kind, "remove it");
    }
  }

  /**
   * Why the rows are not yet as they have to be; null when they are.
   *
   * @throws ActionException code {@code column_not_found} when no look will ever find it
   */
  @Nullable String fault(Outcome outcome) throws ActionException {
    int rows = outcome.rows().size();
    if (exactly != null && rows != exactly) {
      return "there " + count(rows) + ", not " + exactly;
    }
    return switch (kind) {
      case VALUE_EQUALS, VALUE_NOT_NULL -> valueFault(outcome);
      default -> exactly == null && rows < least ? "there " + count(rows) + needed() : null;
    };
  }

  private String needed() {
    return least == 1 ? "" : ", and " + least + " are needed";
  }

  private static String count(int rows) {
    return rows == 0 ? "is no row" : rows == 1 ? "is 1 row" : "are " + rows + " rows";
  }

  private @Nullable String valueFault(Outcome outcome) throws ActionException {
    String name = Columns.find(outcome, String.valueOf(column));
    List<String> seen = new ArrayList<>();
    for (Map<String, @Nullable Object> row : outcome.rows()) {
      Object found = row.get(name);
      boolean holds =
          kind.equals(VALUE_NOT_NULL) ? found != null : Operator.isSameOrAlike(found, value);
      if (holds) {
        return null;
      }
      if (seen.size() < MOST_VALUES) {
        seen.add(JsonPreview.of(found, LONGEST_VALUE));
      }
    }
    if (outcome.rows().isEmpty()) {
      return "there is no row";
    }
    String wanted = kind.equals(VALUE_NOT_NULL) ? "not null" : JsonPreview.of(value, LONGEST_VALUE);
    return name + " is " + String.join(", ", seen) + ", and " + wanted + " is wanted";
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.integrations.common.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of {@code assertions}. Immutable. */
sealed interface RowAssertion {
  /** How an item is written. */
  ConfigType TYPE =
      ConfigType.oneOf(
          ConfigType.object(
              ConfigKey.required("field", ConfigType.TEXT, "The column"),
              ConfigKey.required(
                  "operator", ConfigType.choice(Operator.allSpellings()), "How it is compared"),
              ConfigKey.optional("value", ConfigType.ANY, "What it is compared with"),
              ConfigKey.optional(
                  "row", ConfigType.INTEGER, 0L, "The row, counted from 0; the first if left out")),
          ConfigType.EXPRESSION);

  /**
   * Why it does not hold; null when it does.
   *
   * @param values the result's, which expressions see first
   * @throws ActionException when it can never hold: the column is not there
   */
  @Nullable String fault(
      Outcome outcome, Map<String, @Nullable Object> values, ActionContext context)
      throws ActionException;

  /** The items of a step's configuration. */
  static List<RowAssertion> of(ActionConfig config) throws ActionException {
    List<RowAssertion> assertions = new ArrayList<>();
    List<@Nullable Object> items = config.list("assertions");
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> item) {
        Operator operator = Operator.of(String.valueOf(item.get("operator")));
        Object row = item.get("row");
        int index = row == null ? 0 : Values.whole(row, "row", 0, Integer.MAX_VALUE);
        assertions.add(
            new Cell(String.valueOf(item.get("field")), operator, item.get("value"), index));
      } else {
        assertions.add(new Condition(config.expression("assertions", i)));
      }
    }
    return assertions;
  }

  /**
   * Compares the value of a column.
   *
   * @param row from 0 on
   */
  record Cell(String field, Operator operator, @Nullable Object wanted, int row)
      implements RowAssertion {
    private static final int LONGEST_VALUE = 200;

    @Override
    public @Nullable String fault(
        Outcome outcome, Map<String, @Nullable Object> values, ActionContext context)
        throws ActionException {
      String column = Columns.find(outcome, field);
      int rows = outcome.rows().size();
      String name = "rows[" + row + "]." + field;
      if (row >= rows) {
        String some = rows == 0 ? "no row" : rows == 1 ? "one row" : rows + " rows";
        return name + ": the query gave " + some;
      }
      Object found = outcome.rows().get(row).get(column);
      try {
        return operator.holds(found, wanted) ? null : name + " " + shown(found);
      } catch (IllegalArgumentException e) {
        return name + " " + shown(found) + ": " + e.getMessage();
      }
    }

    private String shown(@Nullable Object found) {
      String said = "is " + text(found) + ", " + operator.denial();
      return operator.isAlone() ? said : said + " " + text(wanted);
    }

    /** A text in quotes, so that it is not taken for a number. */
    private static String text(@Nullable Object value) {
      String shown = JsonPreview.of(value, LONGEST_VALUE);
      return value instanceof String ? "\"" + shown + "\"" : shown;
    }
  }

  /** An expression over the result. */
  record Condition(CheckedExpression expression) implements RowAssertion {
    @Override
    public @Nullable String fault(
        Outcome outcome, Map<String, @Nullable Object> values, ActionContext context)
        throws ActionException {
      Object holds = context.evaluate(expression, values, values);
      if (Boolean.TRUE.equals(holds)) {
        return null;
      }
      return expression.source()
          + (Boolean.FALSE.equals(holds)
              ? " does not hold"
              : " is " + Values.kind(holds) + ", where true or false is wanted");
    }
  }
}

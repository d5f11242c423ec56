package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;

/** The action {@code postgresql.assert}. */
public final class PostgresAssertAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresAssertAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.assert")
            .describedAs("Runs a query until what is asserted of its rows holds.")
            .required("query", ConfigType.TEXT, "The query, with $1, ? or :name for values")
            .optional("params", PARAMS, "The values: a list for $1 and ?, a map for :name")
            .optional(
                "assertions",
                ConfigType.listOf(RowAssertion.TYPE),
                "What has to hold: {field, operator, value, row}, or an expression over the result")
            // What the rows hold is not known before the run.
            .expressionsOver("query")
            .polling("assertions");
    return SqlKeys.connection(own)
        .result("passed", ConfigType.BOOLEAN, "Whether all assertions held")
        .result("assertions_checked", ConfigType.INTEGER, "How many assertions were checked")
        .result("row", ConfigType.MAP, "The first row; null when there is none")
        .result("rows", ConfigType.LIST, "The rows, each a map by column")
        .result("rowCount", ConfigType.INTEGER, "How many rows there are")
        .result("row_count", ConfigType.INTEGER, "The same")
        .result("count", ConfigType.INTEGER, "The same")
        .result("fields", ConfigType.LIST, "The columns, each with name and type")
        .result("first_row", ConfigType.MAP, "The first row; null when there is none")
        .example(
            """
            - action: postgresql.assert
              config:
                database: orders
                query: SELECT state, total FROM orders WHERE id = $1
                params: ["${order_id}"]
                within: 10s
                assertions:
                  - {field: state, operator: eq, value: paid}
                  - {field: total, operator: gte, value: 10}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    Object items = config.value("assertions");
    if (items instanceof List<?> list) {
      if (list.isEmpty()) {
        config.reject("assertions", "\"assertions\" is empty, and checks nothing", "add one");
      }
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> item) {
          checkValue(config, item, i);
        }
      }
    }
  }

  private static void checkValue(ConfigCheck config, Map<?, ?> item, int index) {
    Object operator = item.get("operator");
    if (!(operator instanceof String spelling)
        || !List.of(Operator.allSpellings()).contains(spelling)) {
      return;
    }
    boolean isAlone = Operator.of(spelling).isAlone();
    if (isAlone && item.get("value") != null) {
      config.reject(
          List.of("assertions", index, "value"),
          "\"value\" is not looked at by " + spelling,
          "remove it");
    } else if (!isAlone && !item.containsKey("value")) {
      config.reject(
          List.of("assertions", index),
          spelling + " compares with nothing: \"value\" is missing",
          "add \"value\"; null is written out");
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return QuerySteps.look(context);
  }
}

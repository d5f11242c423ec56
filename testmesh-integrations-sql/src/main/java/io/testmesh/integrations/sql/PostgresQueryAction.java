package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code postgresql.query}. */
public final class PostgresQueryAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresQueryAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        query(
            ActionDescriptor.of("postgresql.query")
                .describedAs("Runs a statement and gives its rows. Values are always bound."));
    return results(SqlKeys.connection(own))
        .example(
            """
            - action: postgresql.query
              config:
                database: orders
                query: SELECT status, total FROM orders WHERE id = $1
                params: ["${order_id}"]
              assert:
                - rowCount == 1
                - first_row.status == "paid"
            """);
  }

  static ActionDescriptor query(ActionDescriptor descriptor) {
    return descriptor
        .required("query", ConfigType.TEXT, "The statement, with $1, ? or :name for values")
        .optional(
            "params", PARAMS, "The values: a list for $1 and ?, a map for :name. Never pasted in")
        .optional("max_rows", ConfigType.INTEGER, "How many rows are read at most")
        .optional(
            "timeout", ConfigType.DURATION, "How long it may run; the step's time if left out");
  }

  static ActionDescriptor results(ActionDescriptor descriptor) {
    return descriptor
        .result(
            "rows",
            ConfigType.LIST,
            "The rows, each a map by column; a second column of the same name is name_2")
        .result(
            "rowCount",
            ConfigType.INTEGER,
            "How many rows it gave; without rows, how many it changed")
        .result("row_count", ConfigType.INTEGER, "The same")
        .result("count", ConfigType.INTEGER, "The same")
        .result("fields", ConfigType.LIST, "The columns, each with name and type")
        .result("first_row", ConfigType.MAP, "The first row; null when there is none")
        .result("rows_affected", ConfigType.INTEGER, "How many rows it changed")
        .result("truncated", ConfigType.BOOLEAN, "Whether there were more rows than max_rows")
        .result("duration_ms", ConfigType.NUMBER, "How long it took");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return QuerySteps.query(context);
  }
}

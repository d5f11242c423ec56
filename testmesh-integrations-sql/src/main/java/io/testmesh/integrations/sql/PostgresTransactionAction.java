package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;

/** The action {@code postgresql.transaction}. */
public final class PostgresTransactionAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresTransactionAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.transaction")
            .describedAs("Runs statements in one transaction: all of them, or none.")
            .required(
                "statements", ConfigType.listOf(PostgresExecuteAction.STATEMENT), "The statements")
            .optional(
                "isolation",
                ConfigType.choice(
                    "read uncommitted", "read committed", "repeatable read", "serializable"),
                "The isolation level; the server's if it is left out");
    return SqlKeys.connection(own)
        .result("committed", ConfigType.BOOLEAN, "True; otherwise the step fails")
        .result("results", ConfigType.LIST, "Of each statement: rowCount and rows")
        .example(
            """
            - action: postgresql.transaction
              config:
                database: orders
                statements:
                  - {query: "UPDATE accounts SET amount = amount - $1 WHERE name = $2", params: [30, ann]}
                  - {query: "UPDATE accounts SET amount = amount + $1 WHERE name = $2", params: [30, bob]}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    if (!(config.value("statements") instanceof List<?> list)) {
      return;
    }
    if (list.isEmpty()) {
      config.reject("statements", "\"statements\" is empty", "add a statement");
    }
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      Object text = item instanceof Map<?, ?> map ? map.get("query") : item;
      if (text instanceof String sql) {
        try {
          StatementChecks.refuseEnd(sql, "statements[" + i + "]");
        } catch (ActionException e) {
          config.reject(
              List.of("statements", i), String.valueOf(e.getMessage()), e.hint().orElse(null));
        }
      }
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return ScriptSteps.transaction(context);
  }
}

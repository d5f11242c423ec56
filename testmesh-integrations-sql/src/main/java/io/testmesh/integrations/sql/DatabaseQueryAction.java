package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code database_query}. */
public final class DatabaseQueryAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public DatabaseQueryAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        PostgresQueryAction.query(
            ActionDescriptor.of("database_query")
                .describedAs(
                    "Runs a statement in PostgreSQL, or in any database whose JDBC driver is on the"
                        + " class path. \"connection\" is a name or a connection string."));
    return PostgresQueryAction.results(SqlKeys.connectionOrAddress(own))
        .result("query_type", ConfigType.TEXT, "The statement's first word, such as SELECT")
        .example(
            """
            - action: database_query
              config:
                connection: "${ORDERS_DB:postgres://tester:secret@localhost:5432/orders}"
                query: SELECT count(*) AS n FROM orders WHERE customer = $1
                params: ["${customer}"]
              assert:
                - first_row.n == 1
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return QuerySteps.query(context)
        .with("query_type", SqlScanner.firstWord(context.config().text("query")));
  }
}

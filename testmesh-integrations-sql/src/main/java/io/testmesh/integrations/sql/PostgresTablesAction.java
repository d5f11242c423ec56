package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code postgresql.tables}. */
public final class PostgresTablesAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresTablesAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.tables")
            .describedAs("Lists the tables and views of a schema that the user may see, by name.")
            .optional("schema", ConfigType.TEXT, "public", "The schema");
    return SqlKeys.connection(own)
        .result("schema", ConfigType.TEXT, "The schema")
        .result("tables", ConfigType.LIST, "Each with table_name and table_type")
        .example(
            """
            - action: postgresql.tables
              config: {database: orders}
              assert:
                - any(tables, .table_name == "orders")
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return SchemaSteps.tables(context);
  }
}

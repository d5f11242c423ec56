package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code postgresql.columns}. */
public final class PostgresColumnsAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresColumnsAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.columns")
            .describedAs("Lists the columns of a table or view, in their order.")
            .required("table", ConfigType.TEXT, "The table; spelt exactly")
            .optional("schema", ConfigType.TEXT, "public", "The schema");
    return SqlKeys.connection(own)
        .result("table", ConfigType.TEXT, "The table")
        .result("schema", ConfigType.TEXT, "The schema")
        .result(
            "columns",
            ConfigType.LIST,
            "Each with column_name, data_type, is_nullable (YES or NO), column_default and"
                + " character_maximum_length")
        .example(
            """
            - action: postgresql.columns
              config: {database: orders, table: orders}
              assert:
                - any(columns, .column_name == "total" && .data_type == "numeric")
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return SchemaSteps.columns(context);
  }
}

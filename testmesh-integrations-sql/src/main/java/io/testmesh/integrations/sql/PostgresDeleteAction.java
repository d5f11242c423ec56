package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** The action {@code postgresql.delete}. */
public final class PostgresDeleteAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresDeleteAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.delete")
            .describedAs("Deletes rows of a table. None to delete is no failure.")
            .required("table", ConfigType.TEXT, "The table, or schema.table; spelt exactly")
            .required(
                "where",
                ConfigType.TEXT,
                "Which rows, with $1, ? or :name for values; true for all")
            .key(ConfigKey.optional("params", PARAMS, "The values of where").alias("whereParams"))
            .optional(
                "returning",
                ConfigType.listOf(ConfigType.TEXT),
                "The columns of the deleted rows that the result shows; none if it is left out");
    return SqlKeys.connection(own)
        .result("deleted", ConfigType.INTEGER, "How many rows were deleted")
        .result("rows", ConfigType.LIST, "The deleted rows, with returning")
        .example(
            """
            - action: postgresql.delete
              config:
                database: orders
                table: products
                where: name = $1
                params: [old chair]
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return WriteSteps.delete(context);
  }
}

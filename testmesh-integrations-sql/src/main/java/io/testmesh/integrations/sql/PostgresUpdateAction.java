package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.Map;

/** The action {@code postgresql.update}. */
public final class PostgresUpdateAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresUpdateAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.update")
            .describedAs("Changes rows of a table.")
            .required("table", ConfigType.TEXT, "The table, or schema.table; spelt exactly")
            .required("data", ConfigType.MAP, "The new values by column")
            .required(
                "where",
                ConfigType.TEXT,
                "Which rows, with $1, ? or :name for values; true for all")
            .optional("whereParams", PARAMS, "The values of where")
            .optional(
                "returning",
                ConfigType.listOf(ConfigType.TEXT),
                "The columns that the result shows; all if it is left out, [] for none");
    return SqlKeys.connection(own)
        .result("updated", ConfigType.INTEGER, "How many rows were changed")
        .result("rows", ConfigType.LIST, "The rows as they are now")
        .example(
            """
            - action: postgresql.update
              config:
                database: orders
                table: products
                data: {stock: 3}
                where: id = $1
                whereParams: ["${lamp}"]
              assert:
                - updated == 1
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    if (config.value("data") instanceof Map<?, ?> map && map.isEmpty()) {
      config.reject("data", "\"data\" has no values to set", null);
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return WriteSteps.update(context);
  }
}

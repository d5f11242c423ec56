package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;

/** The action {@code postgresql.insert}. */
public final class PostgresInsertAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresInsertAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.insert")
            .describedAs("Inserts a row, or several: all of them or none.")
            .required("table", ConfigType.TEXT, "The table, or schema.table; spelt exactly")
            .required(
                "data",
                ConfigType.oneOf(ConfigType.MAP, ConfigType.listOf(ConfigType.MAP)),
                "The values by column; a list inserts a row for each map, where a column that is"
                    + " left out has its default")
            .optional(
                "returning",
                ConfigType.listOf(ConfigType.TEXT),
                "The columns that the result shows; all if it is left out, [] for none")
            .optional(
                "on_conflict",
                ConfigType.object(
                    ConfigKey.optional(
                        "columns",
                        ConfigType.listOf(ConfigType.TEXT),
                        "The columns of the constraint"),
                    ConfigKey.required(
                        "do",
                        ConfigType.choice("nothing", "update"),
                        "Whether the row that is there stays as it is"),
                    ConfigKey.optional(
                        "update",
                        ConfigType.listOf(ConfigType.TEXT),
                        "The columns that are changed; all others of data if it is left out")),
                "What is done with a row that is there already; a failure if it is left out");
    return SqlKeys.connection(own)
        .result("inserted", ConfigType.INTEGER, "How many rows were inserted or, so asked, changed")
        .result("rows", ConfigType.LIST, "The rows as they are now")
        .example(
            """
            - action: postgresql.insert
              config:
                database: orders
                table: products
                data: {name: lamp, price: 19.90, tags: [new, light]}
              output:
                lamp: rows[0].id
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    Object data = config.value("data");
    boolean isEmpty =
        data instanceof Map<?, ?> map && map.isEmpty()
            || data instanceof List<?> list
                && (list.isEmpty()
                    || list.stream()
                        .anyMatch(row -> row instanceof Map<?, ?> map && map.isEmpty()));
    if (isEmpty) {
      config.reject("data", "\"data\" has no values to insert", WriteSteps.DEFAULTS_HINT);
    }
    if (config.value("on_conflict") instanceof Map<?, ?> rule
        && "update".equals(rule.get("do"))
        && !(rule.get("columns") instanceof List<?> columns && !columns.isEmpty())) {
      config.reject(
          "on_conflict",
          "\"do: update\" needs \"columns\": those of the constraint that is in conflict",
          "on_conflict: {columns: [id], do: update}");
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return WriteSteps.insert(context);
  }
}

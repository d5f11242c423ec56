package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** The action {@code db_poll}. */
public final class DbPollAction extends SqlAction {
  /** For {@link java.util.ServiceLoader}. */
  public DbPollAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("db_poll")
            .describedAs(
                "Runs a query until its rows are as they have to be. postgresql.assert says more"
                    + " about what is wrong.")
            .required("query", ConfigType.TEXT, "The query, with $1, ? or :name for values")
            .optional("params", PARAMS, "The values: a list for $1 and ?, a map for :name")
            .optional(
                "condition",
                ConfigType.object(
                    ConfigKey.optional(
                        "type",
                        ConfigType.choice(
                            PollCondition.ROW_EXISTS,
                            PollCondition.ROW_COUNT,
                            PollCondition.VALUE_EQUALS,
                            PollCondition.VALUE_NOT_NULL),
                        PollCondition.ROW_EXISTS,
                        "What to wait for"),
                    ConfigKey.optional("column", ConfigType.TEXT, "With value_…: the column"),
                    ConfigKey.optional(
                        "value", ConfigType.ANY, "With value_equals: what one of the rows has"),
                    ConfigKey.optional(
                        "min_count", ConfigType.INTEGER, "With row_count: the least; 1")),
                "What to wait for; a row, if it is left out")
            .optional("expected_rows", ConfigType.INTEGER, "How many rows there have to be exactly")
            .optional("timeout", ConfigType.DURATION, "60s", "How long to wait")
            .key(
                ConfigKey.optional(
                        "interval", ConfigType.DURATION, "1s", "The pause between two looks")
                    .alias("poll_interval"))
            .optional("max_attempts", ConfigType.INTEGER, 100L, "How often to look at most");
    return SqlKeys.connectionOrAddress(own)
        .result("success", ConfigType.BOOLEAN, "Whether it came in time")
        .result("attempts", ConfigType.INTEGER, "How often it was looked at")
        .result("duration_ms", ConfigType.INTEGER, "How long it took")
        .result("row_count", ConfigType.INTEGER, "How many rows there were last")
        .result("rows", ConfigType.LIST, "The rows that were seen last")
        .result("first_row", ConfigType.MAP, "The first of them; null when there is none")
        .example(
            """
            - action: db_poll
              config:
                connection: postgres://me:secret@localhost:5432/orders
                query: SELECT state FROM orders WHERE id = $1
                params: ["${order_id}"]
                condition: {type: value_equals, column: state, value: paid}
                timeout: 20s
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    PollCondition.check(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return QuerySteps.poll(context);
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of the actions that read. */
final class QuerySteps {
  private static final Part QUERY = Part.of("the query", "query");

  private QuerySteps() {}

  /** Loads the drivers, which takes most of the time of the first attempt. */
  static void warmUp() {
    DriverManager.getDrivers();
  }

  static ActionResult query(ActionContext context) throws ActionException, InterruptedException {
    long start = System.nanoTime();
    Outcome outcome = run(context);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    addRows(outcome, values);
    values.put("rows_affected", outcome.affected());
    values.put("truncated", outcome.isCut());
    values.put("duration_ms", (System.nanoTime() - start) / 1_000_000);
    return ActionResult.of(values);
  }

  private static void addRows(Outcome outcome, Map<String, @Nullable Object> values) {
    values.put("rows", outcome.rows());
    values.put("rowCount", outcome.rowCount());
    values.put("row_count", outcome.rowCount());
    values.put("count", outcome.rowCount());
    values.put("fields", outcome.fields());
    values.put("first_row", outcome.firstRow());
  }

  /** Runs the statement of the configuration. */
  private static Outcome run(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    int most = 0;
    if (config.has("max_rows")) {
      most = Values.whole(config.value("max_rows"), "max_rows", 1, Integer.MAX_VALUE - 1);
    }
    Duration timeout = null;
    if (config.has("timeout") && config.value("interval") == null) {
      timeout = config.duration("timeout");
    }
    try (Session session = Database.of(context).session(context, timeout)) {
      Statements statements = new Statements(session);
      Sql sql = statements.bind(config.text("query"), config.value("params"), "\"query\"");
      Outcome outcome = statements.run(sql, most, QUERY);
      session.complete();
      return outcome;
    }
  }

  /** One look of {@code postgresql.assert}. */
  static ActionResult look(ActionContext context) throws ActionException, InterruptedException {
    Outcome outcome = run(context);
    List<RowAssertion> assertions = RowAssertion.of(context.config());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("passed", true);
    values.put("assertions_checked", (long) assertions.size());
    values.put("row", outcome.firstRow());
    addRows(outcome, values);
    Map<Integer, String> faults = new LinkedHashMap<>();
    for (int i = 0; i < assertions.size(); i++) {
      String fault = assertions.get(i).fault(outcome, values, context);
      if (fault != null) {
        faults.put(i, fault);
      }
    }
    if (faults.isEmpty()) {
      return ActionResult.of(values);
    }
    values.put("passed", false);
    String message = String.join("\n", faults.values());
    if (faults.size() > 1) {
      message = faults.size() + " of " + assertions.size() + " assertions do not hold\n" + message;
    }
    throw new ActionException("assertion_failed", message)
        .at("assertions", faults.keySet().iterator().next())
        .result(ActionResult.of(values));
  }

  /** {@code db_poll}. */
  static ActionResult poll(ActionContext context) throws ActionException, InterruptedException {
    return new PollStep(context).run();
  }

  /** One look of {@code db_poll}. */
  static Outcome lookOnce(ActionContext context) throws ActionException, InterruptedException {
    return run(context);
  }
}

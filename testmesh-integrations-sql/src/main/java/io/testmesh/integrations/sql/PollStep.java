package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Waiting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code db_poll}: looks until its condition holds, or the time is up. */
final class PollStep {
  private final ActionContext context;
  private final PollCondition condition;
  private final Waiting waiting;
  private Outcome last = new Outcome(List.of(), List.of(), 0, false);
  private String missing = "it was not looked at";

  PollStep(ActionContext context) throws ActionException {
    this.context = context;
    this.condition = PollCondition.of(context.config());
    this.waiting = Waiting.of(context.config());
  }

  ActionResult run() throws ActionException, InterruptedException {
    if (waiting.until(left -> sees())) {
      return result(true);
    }
    throw new ActionException(
            ActionException.TIMEOUT,
            "the rows were not as they have to be " + waiting.limit() + ": " + missing)
        .detail("attempts", waiting.attempts())
        .result(result(false));
  }

  private boolean sees() throws ActionException, InterruptedException {
    last = QuerySteps.lookOnce(context);
    String fault = condition.fault(last);
    missing = fault == null ? "" : fault;
    return fault == null;
  }

  private ActionResult result(boolean success) {
    Map<String, @Nullable Object> first = last.firstRow();
    return ActionResult.of("success", success)
        .with("attempts", waiting.attempts())
        .with("duration_ms", waiting.millis())
        .with("row_count", (long) last.rows().size())
        .with("rows", last.rows())
        .with("first_row", first);
  }
}

package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code wait_for}: looks until it sees what is wanted, or the time is up. */
final class WaitForStep {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final ActionContext context;
  private final ActionConfig config;
  private final Waiting waiting;
  private Map<String, @Nullable Object> last = Map.of();
  private @Nullable String missing;

  WaitForStep(ActionContext context) throws ActionException {
    this.context = context;
    this.config = context.config();
    this.waiting = Waiting.of(config);
  }

  ActionResult run() throws ActionException, InterruptedException {
    Look look = look();
    if (waiting.until(left -> sees(look, left))) {
      return result(true);
    }
    throw tooLate(look);
  }

  private boolean sees(Look look, Duration left) throws ActionException, InterruptedException {
    try {
      Look.Seen seen = look.look(left.compareTo(LONGEST_LOOK) < 0 ? left : LONGEST_LOOK);
      last = seen.values();
      missing = seen.missing();
      return missing == null;
    } catch (ActionException e) {
      boolean later =
          e.code().equals(ActionException.CONNECTION_FAILED)
              || e.code().equals(ActionException.TIMEOUT);
      if (!later) {
        throw e;
      }
      // A look that the end of the time cut short tells less than the one before it.
      boolean cut = e.code().equals(ActionException.TIMEOUT) && left.compareTo(LONGEST_LOOK) < 0;
      if (missing == null || !cut) {
        missing = String.valueOf(e.getMessage());
        last = new LinkedHashMap<>();
        last.put("error", missing);
      }
      return false;
    }
  }

  private Look look() throws ActionException, InterruptedException {
    String type = config.text("type");
    for (String fault : WaitForCheck.faults(config::has, type).values()) {
      throw invalid(fault);
    }
    return type.equals("http")
        ? new HttpLook(context)
        : new TcpLook(context, config.text("host"), config.integer("port"));
  }

  private static ActionException invalid(String message) {
    return new ActionException(ActionException.INVALID_VALUE, message);
  }

  private ActionResult result(boolean success) {
    return ActionResult.of("success", success)
        .with("attempts", waiting.attempts())
        .with("duration_ms", waiting.millis())
        .with("last_result", last);
  }

  private ActionException tooLate(Look look) {
    return new ActionException(
            ActionException.TIMEOUT,
            look.target() + " was not there " + waiting.limit() + ": " + missing)
        .detail("attempts", waiting.attempts())
        .result(result(false));
  }
}

package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code wait_for}: looks until it sees what is wanted, or the time is up. */
final class WaitForStep {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final ActionContext context;
  private final ActionConfig config;
  private final long startNanos = System.nanoTime();
  private final Duration timeout;
  private final Deadline end;
  private long attempts;
  private Map<String, @Nullable Object> last = Map.of();
  private @Nullable String missing;

  WaitForStep(ActionContext context) {
    this.context = context;
    this.config = context.config();
    this.timeout = config.duration("timeout");
    this.end = Deadline.after(timeout, startNanos);
  }

  ActionResult run() throws ActionException, InterruptedException {
    Look look = look();
    long most = config.value("max_attempts") == null ? Long.MAX_VALUE : maxAttempts();
    Duration interval = config.duration("interval");
    while (true) {
      attempts++;
      if (sees(look)) {
        return result(true);
      }
      if (attempts >= most || end.remaining().compareTo(interval) < 0) {
        throw tooLate(look);
      }
      Thread.sleep(interval.toMillis());
    }
  }

  private boolean sees(Look look) throws ActionException, InterruptedException {
    Duration left = end.remaining();
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

  private long maxAttempts() throws ActionException {
    long most = config.integer("max_attempts");
    if (most < 1) {
      throw invalid("\"max_attempts\" wants a number from 1 on, got " + most);
    }
    return most;
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
        .with("attempts", attempts)
        .with("duration_ms", (System.nanoTime() - startNanos) / 1_000_000)
        .with("last_result", last);
  }

  private ActionException tooLate(Look look) {
    String limit =
        end.remaining().compareTo(config.duration("interval")) < 0
            ? " within " + timeout.toMillis() + " ms"
            : " in " + attempts + (attempts == 1 ? " attempt" : " attempts");
    return new ActionException(
            ActionException.TIMEOUT, look.target() + " was not there" + limit + ": " + missing)
        .detail("attempts", attempts)
        .result(result(false));
  }
}

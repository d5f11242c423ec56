package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.result.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits as long as a server that is too busy asks for (RFC 9110, 10.2.3; status 429 and 503).
 * Belongs to one step.
 */
final class Busy {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final ActionContext context;

  Busy(ActionContext context) {
    this.context = context;
  }

  /** Whether the answer was such a request, and it was waited; false when there is no time. */
  boolean waits(Backend.Answer answer) throws InterruptedException {
    if (answer.status() != TOO_MANY_REQUESTS && answer.status() != UNAVAILABLE) {
      return false;
    }
    Duration pause = pause(answer.retryAfter());
    if (pause == null || pause.compareTo(context.deadline().remaining()) >= 0) {
      return false;
    }
    context.log(
        Level.INFO,
        "the server is busy ("
            + answer.status()
            + ") and asks to wait "
            + pause.toMillis()
            + " ms");
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    return true;
  }

  private static @Nullable Duration pause(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return null;
    }
    String text = retryAfter.strip();
    try {
      return text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Duration.ofSeconds(Long.parseLong(text))
          : positive(
              Duration.between(
                  Instant.now(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}

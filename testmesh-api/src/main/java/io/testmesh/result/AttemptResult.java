package io.testmesh.result;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step.
 *
 * @param number counted from 1
 * @param status passed, failed, error or cancelled
 * @param started when it began
 * @param duration how long it took, assertions included
 * @param cause why it did not pass, or null
 * @since 0.1
 */
public record AttemptResult(
    int number, Status status, Instant started, Duration duration, @Nullable Failure cause) {

  /** Checks that the parts are present. */
  public AttemptResult {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(duration, "duration");
  }

  /** Why the attempt did not pass. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(cause);
  }
}

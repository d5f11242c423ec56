package io.testmesh.flow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How often and when a failed attempt is repeated.
 *
 * @param maxAttempts attempts in all, 1 to 100
 * @param delay wait before the second attempt
 * @param backoff how the wait grows
 * @param maxDelay the longest wait
 * @param retryOn what a failure must match to be repeated; empty: any failure
 * @param retryOnNot failures that are never repeated
 * @since 0.1
 */
public record Retry(
    int maxAttempts,
    Duration delay,
    Backoff backoff,
    Duration maxDelay,
    List<Condition> retryOn,
    List<Condition> retryOnNot) {

  /** What a flow that says nothing else gets: one attempt. */
  public static final Retry NONE = attempts(1);

  /** Checks the limits and copies the lists. */
  public Retry {
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new IllegalArgumentException("max_attempts must be 1 to 100, not " + maxAttempts);
    }
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(maxDelay, "maxDelay");
    retryOn = List.copyOf(retryOn);
    retryOnNot = List.copyOf(retryOnNot);
  }

  /**
   * So many attempts, with the language's defaults: 1 s, doubling, 30 s at most, on any failure.
   */
  public static Retry attempts(int maxAttempts) {
    return new Retry(
        maxAttempts,
        Duration.ofSeconds(1),
        Backoff.EXPONENTIAL,
        Duration.ofSeconds(30),
        List.of(),
        List.of());
  }

  /** How the wait between attempts grows. */
  public enum Backoff {
    /** Doubles each time. */
    EXPONENTIAL,
    /** Grows by the first wait each time. */
    LINEAR,
    /** Stays. */
    CONSTANT
  }

  /**
   * One entry of {@code retry_on} or {@code retry_on_not}.
   *
   * @param text {@code timeout}, {@code connection_failed} (also written {@code connection_error}),
   *     {@code assertion}, or an expression over the result
   * @param source where it stands
   */
  public record Condition(String text, SourceTree source) {}
}

package io.testmesh.action;

import java.time.Duration;

/**
 * A point in time by which something has to be over. Immutable; measured by a clock that is never
 * set back.
 *
 * @since 0.1
 */
public final class Deadline {
  /** 100 years. */
  private static final long LONGEST_SECONDS = 36_500L * 24 * 3600;

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** The deadline after so much time from now; very long times are cut to 100 years. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + nanos(time));
  }

  /** The deadline after so much time from a reading of {@link System#nanoTime()}. */
  public static Deadline after(Duration time, long nanoTime) {
    return new Deadline(nanoTime + nanos(time));
  }

  private static long nanos(Duration time) {
    return time.toSeconds() > LONGEST_SECONDS ? LONGEST_SECONDS * 1_000_000_000 : time.toNanos();
  }

  /** A deadline at a reading of {@link System#nanoTime()}. */
  public static Deadline atNanoTime(long nanoTime) {
    return new Deadline(nanoTime);
  }

  /** The reading of {@link System#nanoTime()} at which the time is up. */
  public long nanoTime() {
    return endNanos;
  }

  /** Nanoseconds that are left; 0 or less when the time is up. */
  public long remainingNanos() {
    return endNanos - System.nanoTime();
  }

  /** The time that is left, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, remainingNanos()));
  }

  /** Whether the time is up. */
  public boolean isOver() {
    return remainingNanos() <= 0;
  }

  /** The earlier one of the two. */
  public Deadline earlier(Deadline other) {
    return endNanos - other.endNanos <= 0 ? this : other;
  }
}

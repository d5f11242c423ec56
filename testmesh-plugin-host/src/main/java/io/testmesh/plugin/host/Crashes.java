package io.testmesh.plugin.host;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a plugin ended by itself, and how long it has to wait for the next start. Belongs to its
 * runtime, under whose lock it is used.
 */
final class Crashes {
  /** So many in the window are too many. */
  static final int MOST = 3;

  private static final long WINDOW_NANOS = 300L * 1_000_000_000;
  private static final long FIRST_NANOS = 500_000_000L;
  private static final long LONGEST_NANOS = 30_000_000_000L;

  private final Deque<Long> times = new ArrayDeque<>();

  void add(long nanoTime) {
    forget(nanoTime);
    times.addLast(nanoTime);
  }

  private void forget(long now) {
    while (!times.isEmpty() && now - times.getFirst() > WINDOW_NANOS) {
      times.removeFirst();
    }
  }

  boolean isLoop() {
    return times.size() >= MOST;
  }

  /** How long the next start has to wait, in nanoseconds. */
  long waitNanos(long now) {
    forget(now);
    if (times.isEmpty()) {
      return 0;
    }
    long pause = FIRST_NANOS << Math.min(times.size() - 1, 10);
    return Math.max(0, times.getLast() + Math.min(pause, LONGEST_NANOS) - now);
  }

  void clear() {
    times.clear();
  }
}

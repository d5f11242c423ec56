package io.testmesh.plugin.host;

import io.testmesh.action.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many calls at once through, in the order in which they came: the stock server of Python
 * queues five connections, and single-threaded plugins serve one. Safe for use by several threads.
 */
final class Gate {
  static final int DEFAULT_SIZE = 4;

  /**
   * Waiting ends so much before the step's time does, so that the step can say what it waited for.
   */
  private static final long MARGIN_NANOS = 20_000_000;

  private final Permits permits = new Permits(DEFAULT_SIZE);
  private int size = DEFAULT_SIZE;

  /** Waits for a place; false when none came free in time. */
  boolean enter(Deadline deadline) throws InterruptedException {
    long remaining = deadline.remainingNanos();
    long margin = Math.min(MARGIN_NANOS, Math.max(0, remaining / 10));
    return permits.tryAcquire(remaining - margin, TimeUnit.NANOSECONDS);
  }

  void leave() {
    permits.release();
  }

  /** Whether calls wait for a place. */
  boolean isCrowded() {
    return permits.hasQueuedThreads();
  }

  synchronized int size() {
    return size;
  }

  synchronized void resize(int wanted) {
    if (wanted > size) {
      permits.release(wanted - size);
    } else {
      permits.take(size - wanted);
    }
    size = wanted;
  }

  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    Permits(int count) {
      super(count, true);
    }

    void take(int count) {
      reducePermits(count);
    }
  }
}

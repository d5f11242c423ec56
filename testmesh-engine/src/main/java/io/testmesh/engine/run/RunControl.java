package io.testmesh.engine.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run goes on. An explicit state machine that only moves forward: running, then
 * cancelled, then aborted. Safe for use by several threads.
 *
 * <p>A stop is written before the sections are looked at, and a section is written before the state
 * is looked at ({@link #begin}), so that no section misses a stop.
 */
final class RunControl {
  private static final int RUNNING = 0;
  private static final int CANCELLED = 1;
  private static final int ABORTED = 2;

  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private final Watchdog watchdog;
  private volatile int state = RUNNING;
  private volatile @Nullable String reason;

  RunControl(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /** A worker for the calling thread, until it is closed. */
  Worker worker() {
    Worker worker = watchdog.worker();
    workers.add(worker);
    return worker;
  }

  void forget(Worker worker) {
    workers.remove(worker);
    worker.close();
  }

  /** Stops what runs; teardown goes on. The first reason is kept. */
  void cancel(String why) {
    moveTo(CANCELLED, why);
  }

  /** Stops everything, teardown too. */
  void abort(String why) {
    moveTo(ABORTED, why);
  }

  private void moveTo(int next, String why) {
    synchronized (this) {
      if (state >= next) {
        return;
      }
      if (reason == null) {
        reason = why;
      }
      state = next;
    }
    for (Worker worker : workers) {
      Guard guard = worker.guard();
      if (guard != null && mustStop(worker)) {
        guard.stop(StopReason.CANCELLED);
      }
    }
  }

  /** Begins a section of work on the worker's thread; one that must not run is stopped at once. */
  Guard begin(Worker worker, Limit limit) {
    Guard section = worker.begin(limit);
    if (mustStop(worker)) {
      section.stop(StopReason.CANCELLED);
    }
    return section;
  }

  private boolean mustStop(Worker worker) {
    return state == ABORTED || state == CANCELLED && !worker.isShielded();
  }

  boolean isCancelled() {
    return state != RUNNING;
  }

  boolean isAborted() {
    return state == ABORTED;
  }

  /** Why the run was cancelled, for people. */
  String reason() {
    String why = reason;
    return why == null ? "the run was cancelled" : why;
  }
}

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
  private volatile @Nullable Thread caller;
  private volatile int state = RUNNING;
  private volatile @Nullable String reason;

  RunControl(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /** Says that the calling thread waits for the run. */
  void enter() {
    caller = Thread.currentThread();
  }

  /** Whether the run needs the thread to come to its end. */
  boolean isOn(Thread thread) {
    for (Worker worker : workers) {
      if (worker.isOn(thread)) {
        return true;
      }
    }
    return caller == thread;
  }

  /** A worker for the calling thread, until it is closed. */
  Worker worker() {
    return worker(null);
  }

  /** A worker for the calling thread that works for another one, until it is closed. */
  Worker worker(@Nullable Worker outer) {
    Worker worker = watchdog.worker(outer);
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

  /** Stops one worker and those that work for it, and not the run. */
  void stop(Worker stopped, String why) {
    stopped.noteStop(why);
    for (Worker worker : workers) {
      if (worker == stopped || worker.isBelow(stopped)) {
        Guard guard = worker.guard();
        if (guard != null && mustStop(worker)) {
          guard.stop(StopReason.CANCELLED);
        }
      }
    }
  }

  private boolean mustStop(Worker worker) {
    return stopReason(worker) != null;
  }

  /**
   * Why a worker must not go on, for people; null when it may. A worker that waits for others does
   * not change meanwhile, so what holds for it holds for them.
   */
  @Nullable String stopReason(Worker worker) {
    if (state == ABORTED) {
      return reason();
    }
    for (Worker one = worker; one != null && !one.isShielded(); one = one.outer()) {
      if (one.stopped() != null) {
        return one.stopped();
      }
      if (one.outer() == null) {
        return state == CANCELLED ? reason() : null;
      }
    }
    return null;
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

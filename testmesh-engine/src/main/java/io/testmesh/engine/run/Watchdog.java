package io.testmesh.engine.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops sections whose time is up. One thread for a runner, started by the first worker. A section
 * costs one volatile write: the thread sleeps until the earliest deadline that it knows, and is
 * woken only by an earlier one.
 */
final class Watchdog implements AutoCloseable {
  private static final long LONGEST_SLEEP_NANOS = 3_600_000_000_000L;

  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private volatile long wakeAt;
  private volatile boolean closed;
  private @Nullable Thread thread;

  /** A worker of the calling thread, watched until it is closed. */
  Worker worker(@Nullable Worker outer) {
    Worker worker = new Worker(this, outer);
    workers.add(worker);
    start();
    return worker;
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      wakeAt = System.nanoTime() + LONGEST_SLEEP_NANOS;
      Thread watching = new Thread(this::watch, "testmesh-watchdog");
      watching.setDaemon(true);
      thread = watching;
      watching.start();
    }
  }

  void forget(Worker worker) {
    workers.remove(worker);
  }

  /** Makes sure that the deadline is seen in time. */
  void expect(long deadlineNanos) {
    if (deadlineNanos - wakeAt < 0) {
      LockSupport.unpark(thread);
    }
  }

  private void watch() {
    while (!closed) {
      long now = System.nanoTime();
      // Published before the scan, so that a section that begins during the scan wakes this thread.
      long earliest = now + LONGEST_SLEEP_NANOS;
      wakeAt = earliest;
      for (Worker worker : workers) {
        Guard guard = worker.guard();
        if (guard != null) {
          long deadline = guard.limit().deadline().nanoTime();
          if (deadline - now <= 0) {
            guard.stop(StopReason.TIMEOUT);
          } else if (deadline - earliest < 0) {
            earliest = deadline;
          }
        }
      }
      wakeAt = earliest;
      LockSupport.parkNanos(this, earliest - System.nanoTime());
      Thread.interrupted();
    }
  }

  /** Ends the thread and waits for it. */
  @Override
  public void close() {
    Thread watching;
    synchronized (this) {
      closed = true;
      watching = thread;
    }
    if (watching != null) {
      LockSupport.unpark(watching);
      if (Threads.join(watching)) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

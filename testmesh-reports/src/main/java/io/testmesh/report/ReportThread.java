package io.testmesh.report;

import io.testmesh.event.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of a run to its reports, in order and on one thread, so that the run goes on
 * while they are written. An event waits some milliseconds at most; when many wait, the run waits.
 *
 * <p>Reports join before the run. Each of them hears of each event, and the first one passes it on,
 * so that all come to an event together and can share what they make of it.
 */
final class ReportThread implements Runnable {
  /** How long events are gathered: waking a thread costs as much as writing a step. */
  private static final long GATHER_NANOS = 20_000_000;

  private static final int MANY = 64;
  private static final int MOST_WAITING = 128;

  private final List<EventReport> reports = new ArrayList<>();
  private final StepRecords records = new StepRecords();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private List<RunEvent> waiting = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean ended;

  /** Makes one; not a lambda, whose first costs milliseconds. */
  static final class Maker implements Supplier<ReportThread> {
    @Override
    public ReportThread get() {
      return new ReportThread();
    }
  }

  /** Adds a report. */
  void join(EventReport report) {
    reports.add(report);
  }

  /** The records that the reports share; for use by the events' thread. */
  StepRecords records() {
    return records;
  }

  /** Takes an event; that of the first report counts. */
  void on(RunEvent event, EventReport from) {
    if (reports.get(0) != from) {
      return;
    }
    lock.lock();
    try {
      while (waiting.size() >= MOST_WAITING && !ended) {
        taken.awaitUninterruptibly();
      }
      if (!ended) {
        waiting.add(event);
        if (thread == null) {
          start();
        } else if (waiting.size() == 1 || waiting.size() == MANY) {
          arrived.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    Thread started = new Thread(this, "testmesh-reports");
    started.setDaemon(true);
    thread = started;
    try {
      started.start();
    } catch (OutOfMemoryError e) {
      ended = true;
      thread = null;
      for (EventReport report : reports) {
        report.fail(new IOException("there is no thread left for the reports", e));
      }
    }
  }

  @Override
  public void run() {
    List<RunEvent> batch = new ArrayList<>();
    try {
      for (batch = take(batch); !batch.isEmpty(); batch = take(batch)) {
        for (RunEvent event : batch) {
          deliver(event);
        }
        for (EventReport report : reports) {
          report.deliver(null);
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopTaking();
    }
  }

  private void deliver(RunEvent event) {
    for (EventReport report : reports) {
      report.deliver(event);
    }
    records.forget(event);
  }

  /** Waits for events and gives them, in exchange for an empty list; none at the end. */
  private List<RunEvent> take(List<RunEvent> empty) throws InterruptedException {
    lock.lock();
    try {
      long left = GATHER_NANOS;
      while (!ended && (waiting.isEmpty() || waiting.size() < MANY && left > 0)) {
        if (waiting.isEmpty()) {
          arrived.await();
        } else {
          left = arrived.awaitNanos(left);
        }
      }
      List<RunEvent> batch = waiting;
      waiting = empty;
      taken.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void stopTaking() {
    lock.lock();
    try {
      ended = true;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all events are delivered; there are no further ones. */
  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    Thread ending = thread;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

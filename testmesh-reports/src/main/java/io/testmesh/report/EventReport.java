package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A report that takes one event at a time, on the thread of all reports, and keeps its first error
 * for the end.
 */
abstract class EventReport implements ReportFormat.Report {
  private final ReportThread thread;
  private @Nullable IOException failure;
  private @Nullable RunResult result;

  EventReport(ReportFormat.Target target) {
    thread = target.shared(ReportThread.class, new ReportThread.Maker());
    thread.join(this);
  }

  /** Takes an event; not called after an error. */
  abstract void take(RunEvent event) throws IOException;

  /** Makes visible what was taken, because no event waits; not called after an error. */
  void caughtUp() throws IOException {}

  /** Writes what is left; not called after an error. */
  abstract void complete() throws IOException;

  /** Gives back what the report holds; called once, at the end. */
  abstract void release() throws IOException;

  /** The records of steps that all reports of the run share. */
  final StepRecords records() {
    return thread.records();
  }

  /** The result that the last event brought. */
  final RunResult result() throws IOException {
    if (result == null) {
      throw new IOException("the run ended without a result");
    }
    return result;
  }

  @Override
  public final void on(RunEvent event) {
    boolean isOfUse =
        !(event instanceof RunEvent.StepStarted || event instanceof RunEvent.AttemptFinished);
    if (isOfUse) {
      thread.on(event, this);
    }
  }

  /** Takes an event, or null when no event waits. */
  final void deliver(@Nullable RunEvent event) {
    if (event instanceof RunEvent.RunFinished finished) {
      result = finished.run();
    }
    if (failure != null) {
      return;
    }
    try {
      if (event == null) {
        caughtUp();
      } else {
        take(event);
      }
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      // Whatever it is, the other reports and the run's threads have to go on.
      failure = new IOException("it broke: " + e, e);
    }
  }

  final void fail(IOException e) {
    failure = e;
  }

  @Override
  public final void finish() throws IOException {
    thread.end();
    try {
      if (failure != null) {
        throw failure;
      }
      complete();
    } finally {
      try {
        release();
      } finally {
        thread.records().close();
      }
    }
  }
}

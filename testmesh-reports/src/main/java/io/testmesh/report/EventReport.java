package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A report that takes one event at a time and keeps its first error for the end. */
abstract class EventReport implements ReportFormat.Report {
  private @Nullable IOException failure;
  private @Nullable RunResult result;

  /** Takes an event; never called by two threads at once. */
  abstract void take(RunEvent event) throws IOException;

  /** Writes what is left; not called after an error. */
  abstract void complete() throws IOException;

  /** Gives back what the report holds; called once, at the end. */
  abstract void release() throws IOException;

  /** The result that the last event brought. */
  final RunResult result() throws IOException {
    if (result == null) {
      throw new IOException("the run ended without a result");
    }
    return result;
  }

  @Override
  public final synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.RunFinished finished) {
      result = finished.run();
    }
    if (failure == null) {
      try {
        take(event);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  @Override
  public final synchronized void finish() throws IOException {
    try {
      if (failure != null) {
        throw failure;
      }
      complete();
    } finally {
      release();
    }
  }
}

package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes each event as one flat line; nested records have lines of their own. */
final class NdjsonReport extends EventReport {
  private static final int LARGE = 1 << 16;

  private final ReportFormat.Target target;
  private final JsonOutput lines = JsonOutput.inMemory();
  private @Nullable OutputStream stream;

  NdjsonReport(ReportFormat.Target target) {
    super(target);
    this.target = target;
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.RunStarted started) {
      stream = target.open();
      write(started);
    } else if (event instanceof RunEvent.FlowStarted started) {
      write(started);
    } else if (event instanceof RunEvent.StepFinished finished) {
      write(finished);
    } else if (event instanceof RunEvent.FlowFinished finished) {
      write(finished);
    } else if (event instanceof RunEvent.RunFinished finished) {
      write(finished);
    }
  }

  private void write(RunEvent.RunStarted event) throws IOException {
    JsonOutput to = line("run_started");
    to.field("testmesh", JsonRecords.version());
    to.field("execution_id", event.executionId());
    to.instant("started", event.started());
    to.field("flows", event.flows());
    new JsonRecords(to).problems("problems", event.problems());
    end(to);
  }

  private void write(RunEvent.FlowStarted event) throws IOException {
    JsonOutput to = line("flow_started");
    to.field("flow", event.index());
    to.field("name", event.name());
    to.field("file", event.file().isEmpty() ? null : event.file());
    to.field("line", JsonRecords.known(event.line()));
    to.field("row", event.row());
    to.instant("started", event.started());
    end(to);
  }

  private void write(RunEvent.StepFinished event) throws IOException {
    byte[] fields = records().step(event);
    JsonOutput to = line("step_finished");
    to.field("flow", event.flow());
    to.field("parent", event.parent());
    to.field("depth", event.depth());
    to.fields(fields, fields.length);
    end(to);
  }

  private void write(RunEvent.FlowFinished event) throws IOException {
    JsonOutput to = line("flow_finished");
    to.field("flow", event.flow().index());
    new JsonRecords(to).flow(event.flow());
    end(to);
  }

  private void write(RunEvent.RunFinished event) throws IOException {
    JsonOutput to = line("run_finished");
    new JsonRecords(to).run(event.run());
    end(to);
  }

  private JsonOutput line(String event) throws IOException {
    lines.raw("{");
    lines.field("event", event);
    return lines;
  }

  private void end(JsonOutput to) throws IOException {
    to.raw("}\n");
    if (to.size() >= LARGE) {
      write();
    }
  }

  /** Whole lines only: whoever follows the file, or finds it after a crash, can read it. */
  private void write() throws IOException {
    if (stream == null) {
      throw new IOException("the run never started");
    }
    if (lines.size() > 0) {
      lines.copyTo(stream);
      lines.clear();
    }
  }

  @Override
  void caughtUp() throws IOException {
    write();
    if (stream != null) {
      stream.flush();
    }
  }

  @Override
  void complete() throws IOException {
    caughtUp();
  }

  @Override
  void release() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}

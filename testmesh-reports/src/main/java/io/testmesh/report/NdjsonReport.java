package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes each event as one flat line; nested records have lines of their own. */
final class NdjsonReport extends EventReport {
  private final ReportFormat.Target target;
  private @Nullable OutputStream stream;
  private @Nullable JsonOutput output;

  NdjsonReport(ReportFormat.Target target) {
    this.target = target;
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.RunStarted started) {
      stream = target.open();
      output = new JsonOutput(stream);
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
    JsonOutput to = line("step_finished");
    to.field("flow", event.flow());
    to.field("parent", event.parent());
    to.field("depth", event.depth());
    new JsonRecords(to).step(event.step(), false);
    end(to);
  }

  private void write(RunEvent.FlowFinished event) throws IOException {
    JsonOutput to = line("flow_finished");
    to.field("flow", event.flow().index());
    new JsonRecords(to).flow(event.flow(), false);
    end(to);
  }

  private void write(RunEvent.RunFinished event) throws IOException {
    JsonOutput to = line("run_finished");
    new JsonRecords(to).run(event.run());
    end(to);
  }

  private JsonOutput output() throws IOException {
    if (output == null) {
      throw new IOException("the run never started");
    }
    return output;
  }

  private JsonOutput line(String event) throws IOException {
    JsonOutput to = output();
    to.startObject();
    to.field("event", event);
    return to;
  }

  private void end(JsonOutput to) throws IOException {
    to.endObject();
    to.raw("\n");
    // Whoever follows the file sees each event when it happens.
    to.flush();
  }

  @Override
  void complete() throws IOException {
    output().flush();
  }

  @Override
  void release() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}

package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one JSON object. Status and counts stand before the flows, and flows in the order of
 * selection, so the flows' records wait in a spool.
 */
final class JsonReport extends EventReport {
  private final ReportFormat.Target target;
  private final FlowSpool flows = new FlowSpool(false);

  JsonReport(ReportFormat.Target target) {
    super(target);
    this.target = target;
    records().keepSteps();
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.FlowFinished finished) {
      int index = finished.flow().index();
      JsonOutput to = flows.begin(index);
      JsonRecords fields = new JsonRecords(to);
      fields.flowHead(finished.flow());
      flows.add(records().steps(finished.flow()), to);
      fields.flowTail(finished.flow());
      flows.end(index, to);
    }
  }

  @Override
  void complete() throws IOException {
    RunResult run = result();
    try (OutputStream stream = target.open()) {
      JsonOutput to = JsonOutput.to(stream);
      to.startObject();
      new JsonRecords(to).run(run);
      to.startList("flows");
      flows.copy(to, stream);
      to.endList();
      to.endObject();
      to.raw("\n");
      to.flush();
    }
  }

  @Override
  void release() throws IOException {
    flows.close();
  }
}

package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes one HTML page. It holds the run's record, a list of all flows without their steps, and the
 * steps in compressed chunks that the page's script opens when somebody looks at them.
 */
final class HtmlReport extends EventReport {
  private final ReportFormat.Target target;
  private final FlowSpool flows = new FlowSpool(true);
  private final StepChunks steps = new StepChunks();

  HtmlReport(ReportFormat.Target target) {
    super(target);
    this.target = target;
    records().keepSteps();
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.FlowFinished finished) {
      add(finished.flow());
    }
  }

  private void add(FlowResult flow) throws IOException {
    JsonOutput to = flows.begin(flow.index());
    to.field("index", flow.index());
    to.field("chunk", steps.chunk());
    to.field("place", steps.place());
    to.field("ran", flow.counts().ran());
    to.field("tolerated", flow.counts().tolerated());
    Set<String> words = new LinkedHashSet<>();
    collectWords(flow.steps(), words);
    to.field("words", words);
    new JsonRecords(to).flow(flow);
    flows.end(flow.index(), to);
    steps.add(records().steps(flow));
  }

  /** What somebody who looks for a step may type. */
  private static void collectWords(List<ResultNode> nodes, Set<String> words) {
    for (ResultNode node : nodes) {
      if (node instanceof StepResult step) {
        words.add(step.id());
        words.add(step.action());
        if (step.name().isPresent()) {
          words.add(step.name().get());
        }
      }
      collectWords(node.children(), words);
    }
  }

  @Override
  void complete() throws IOException {
    RunResult run = result();
    HtmlPage page = HtmlPage.read();
    try (OutputStream stream = target.open()) {
      page.writeHead(stream);
      JsonOutput to = JsonOutput.toScript(stream);
      page.startData(stream, "application/json", "run");
      to.startObject();
      new JsonRecords(to).run(run);
      to.startList("flows");
      flows.copy(to, stream);
      to.endList();
      to.endObject();
      to.flush();
      page.endData(stream);
      for (int i = 0; i < steps.count(); i++) {
        page.startData(stream, "text/plain", "chunk" + i);
        steps.write(i, stream);
        page.endData(stream);
      }
      page.writeTail(stream);
    }
  }

  @Override
  void release() throws IOException {
    try (flows) {
      steps.close();
    }
  }
}

package io.testmesh.cli;

import io.testmesh.FlowTools;
import io.testmesh.event.RunEvent;
import io.testmesh.event.RunListener;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the flows of a dry run: their steps, and what these would be given. */
final class PlanText implements RunListener {
  private static final String INDENT = "  ";

  private final Printer printer;
  private final boolean quiet;
  private final FlowTools tools;

  PlanText(Printer printer, boolean quiet, FlowTools tools) {
    this.printer = printer;
    this.quiet = quiet;
    this.tools = tools;
  }

  @Override
  public void on(RunEvent event) {
    if (!quiet && event instanceof RunEvent.FlowFinished finished) {
      printer.print(flow(finished.flow()));
    }
  }

  private String flow(FlowResult flow) {
    StringBuilder text = new StringBuilder(Diagnosis.line(flow.name()));
    if (!flow.file().isEmpty()) {
      text.append("  (").append(Diagnosis.line(flow.file())).append(':');
      text.append(flow.line()).append(')');
    }
    text.append('\n');
    nodes(text, flow.steps(), INDENT);
    return text.append('\n').toString();
  }

  private void nodes(StringBuilder text, List<ResultNode> nodes, String indent) {
    for (ResultNode node : nodes) {
      if (node instanceof StepResult step) {
        step(text, step, indent);
      } else if (node instanceof GroupResult group) {
        text.append(indent).append(Diagnosis.line(String.valueOf(group.id()))).append('\n');
        nodes(text, group.children(), indent + INDENT);
      }
    }
  }

  private void step(StringBuilder text, StepResult step, String indent) {
    text.append(indent);
    if (indent.length() == INDENT.length()) {
      text.append(step.phase().key()).append("  ");
    }
    text.append(Diagnosis.line(step.id()));
    text.append("  ").append(Diagnosis.line(step.action()));
    String reason = step.skipReason().orElse("");
    if (step.status() == Status.SKIPPED && !reason.equals("dry run")) {
      text.append("  (").append(Diagnosis.line(reason)).append(')');
    }
    text.append('\n');
    String inside = indent + INDENT;
    for (Map.Entry<String, @Nullable Object> entry : step.config().entrySet()) {
      Object value = entry.getValue();
      String shown = value instanceof String words ? words : tools.json().render(value);
      text.append(inside).append(Diagnosis.line(entry.getKey())).append(": ");
      text.append(Diagnosis.line(shown)).append('\n');
    }
    nodes(text, step.children(), inside);
  }
}

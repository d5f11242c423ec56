package io.testmesh.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the flows that were kept from starting, by reason: a thousand such flows are one line. */
final class NotStarted {
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Takes a cancelled flow when none of its steps ran; tells whether it did. */
  boolean add(FlowResult flow) {
    if (flow.counts().ran() > 0 || flow.resultsKept() && hasRun(flow)) {
      return false;
    }
    counts.merge(flow.failure().map(Failure::message).orElse(""), 1, Integer::sum);
    return true;
  }

  private static boolean hasRun(FlowResult flow) {
    for (ResultNode node : flow.steps()) {
      if (node.status() != Status.SKIPPED) {
        return true;
      }
    }
    return false;
  }

  void write(StringBuilder to) {
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      int count = entry.getValue();
      to.append("CANCELLED  ").append(count).append(count == 1 ? " flow" : " flows");
      to.append(" did not start");
      if (!entry.getKey().isEmpty()) {
        to.append(": ");
        PlainText.line(to, entry.getKey());
      }
      to.append("\n\n");
    }
  }
}

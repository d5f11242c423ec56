package io.testmesh.cli;

import io.testmesh.result.Diagnosis;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;

/** The text that ends a run: problems, failures, and the summary line. */
final class ResultText {
  private ResultText() {}

  static String of(RunResult result, boolean verbose) {
    StringBuilder text = new StringBuilder();
    if (verbose || result.status() == RunStatus.EMPTY) {
      for (String note : result.notes()) {
        text.append("note: ").append(Diagnosis.line(note)).append('\n');
      }
    }
    for (Problem problem : result.problems()) {
      text.append('\n').append(Diagnosis.of(problem));
    }
    String failures = Diagnosis.ofFlows(result.flows());
    if (!failures.isEmpty()) {
      text.append('\n').append(failures);
    } else if (!result.problems().isEmpty()) {
      text.append('\n');
    }
    if (result.seed().isPresent() && (verbose || result.status() != RunStatus.PASSED)) {
      text.append("seed ").append(result.seed().get()).append('\n');
    }
    return text.append(Diagnosis.summaryLine(result)).append('\n').toString();
  }
}

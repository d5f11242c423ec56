package io.testmesh.result;

import java.util.HashSet;
import java.util.Set;

/** Writes the last line of a run. */
final class SummaryText {
  private SummaryText() {}

  static String of(RunResult run) {
    StringBuilder text = new StringBuilder();
    RunSummary counts = run.summary();
    if (counts.flows() > 0 && run.isDryRun()) {
      text.append("dry run: ").append(counts.flows());
      text.append(counts.flows() == 1 ? " flow, " : " flows, ").append(counts.stepsSkipped());
      text.append(counts.stepsSkipped() == 1 ? " step" : " steps").append("; nothing was started");
      problems(text, "; ", run);
    } else if (counts.flows() > 0) {
      counts(text, counts);
      text.append("; ");
      steps(text, counts);
      text.append(" in ");
      PlainText.duration(text, run.duration());
      problems(text, "; ", run);
    } else if (run.status() == RunStatus.INVALID) {
      problems(text, "", run);
      text.append("; nothing ran");
    } else if (run.status() == RunStatus.ERROR || run.status() == RunStatus.CANCELLED) {
      text.append("0 flows: the run was stopped before the first");
    } else {
      text.append("0 flows: nothing was selected");
    }
    return text.toString();
  }

  private static void counts(StringBuilder to, RunSummary counts) {
    to.append(counts.flows()).append(counts.flows() == 1 ? " flow" : " flows");
    String separator = ": ";
    separator = count(to, separator, counts.passed(), " passed");
    separator = count(to, separator, counts.failed(), " failed");
    separator = count(to, separator, counts.error(), " error");
    separator = count(to, separator, counts.cancelled(), " cancelled");
    count(to, separator, counts.skipped(), " skipped");
  }

  private static void steps(StringBuilder to, RunSummary counts) {
    to.append(counts.steps()).append(counts.steps() == 1 ? " step" : " steps");
    count(to, ", ", counts.stepsSkipped(), " skipped");
    count(
        to,
        ", ",
        counts.tolerated(),
        counts.tolerated() == 1 ? " tolerated failure" : " tolerated failures");
  }

  private static String count(StringBuilder to, String separator, long count, String what) {
    if (count == 0) {
      return separator;
    }
    to.append(separator).append(count).append(what);
    return ", ";
  }

  private static void problems(StringBuilder to, String separator, RunResult run) {
    int errors = 0;
    Set<String> files = new HashSet<>();
    for (Problem problem : run.problems()) {
      if (problem.isError()) {
        errors++;
        files.add(problem.span().file());
      }
    }
    if (errors > 0) {
      to.append(separator).append(errors).append(errors == 1 ? " problem" : " problems");
      to.append(" in ").append(files.size()).append(files.size() == 1 ? " file" : " files");
    }
  }
}

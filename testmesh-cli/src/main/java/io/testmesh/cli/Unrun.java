package io.testmesh.cli;

import io.testmesh.event.RunEvent;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.spi.ReportFormat;
import java.time.Instant;
import java.util.List;

/** Tells reports about problems where no run was started. */
final class Unrun {
  private Unrun() {}

  /** The result of a run that a problem of the command line's own files prevented. */
  static RunResult report(Problem problem, Reports reports) {
    return report(RunStatus.INVALID, List.of(problem), List.of(), reports);
  }

  /** Hands a result without flows to the reports. */
  static RunResult report(
      RunStatus status, List<Problem> problems, List<String> notes, Reports reports) {
    Instant now = Instant.now();
    RunResult result =
        RunResult.builder(status).started(now).problems(problems).notes(notes).build();
    for (ReportFormat.Report report : reports.listeners()) {
      report.on(new RunEvent.RunStarted("", now, 0, problems));
      report.on(new RunEvent.RunFinished(result));
    }
    return result;
  }
}

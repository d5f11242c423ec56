package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.util.List;
import java.util.Map;

/** {@code testmesh validate}: all checks of a run, and no run. */
final class ValidateCommand {
  static final Option[] OPTIONS = {
    Option.many("--var", "KEY=VALUE"),
    Option.many("--var-json", "KEY=JSON"),
    Option.once("--env-file", "FILE"),
    Option.once("--max-file-size", "SIZE"),
    Option.once("--plugins", "DIR"),
    Option.many("--report", "FORMAT[=PATH]"),
    Option.once("--color", "WHEN"),
  };

  private ValidateCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    if (arguments.has("--help")) {
      io.outPrinter(arguments).raw(Help.of("validate"));
      return ExitCode.OK;
    }
    Reports reports = Reports.read(arguments, io);
    Printer errors = io.errPrinter(arguments);
    Printer people = reports.takeStandardOutput() ? errors : io.outPrinter(arguments);
    int flowCount = 0;
    RunResult result;
    try (FlowRunner runner = Runners.withPlugins(arguments, io)) {
      FlowTools tools = runner.tools();
      Variables variables = Variables.read(arguments, tools);
      Selection selection = Selections.read("validate", arguments, variables.values(), Map.of());
      Problem problem = variables.problem();
      if (problem != null) {
        result = Unrun.report(problem, reports);
      } else {
        FlowSet flows = tools.select(selection);
        flowCount = flows.flows().size();
        List<Problem> problems = tools.check(flows, variables.values());
        result = Unrun.report(status(flowCount, problems), problems, flows.notes(), reports);
      }
    }
    boolean complete = reports.finish(errors);
    people.print(text(result, flowCount));
    people.raw(GithubAnnotations.of(result, io.environment()));
    return complete ? result.status().exitCode() : RunStatus.ERROR.exitCode();
  }

  private static RunStatus status(int flows, List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return RunStatus.INVALID;
      }
    }
    return flows == 0 ? RunStatus.EMPTY : RunStatus.PASSED;
  }

  private static String text(RunResult result, int flows) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : result.problems()) {
      text.append(Diagnosis.of(problem)).append('\n');
    }
    if (result.status() == RunStatus.PASSED) {
      text.append(flows).append(flows == 1 ? " flow is valid" : " flows are valid");
    } else {
      text.append(Diagnosis.summaryLine(result));
    }
    return text.append('\n').toString();
  }
}

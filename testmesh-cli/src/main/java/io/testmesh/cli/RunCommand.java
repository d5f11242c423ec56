package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.Selection;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.spi.ReportFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code testmesh run}: runs flows, shows what happens, writes reports. */
final class RunCommand {
  static final Option[] OPTIONS = {
    Option.many("--tags", "LIST"),
    Option.once("--name", "TEXT"),
    Option.once("--shard", "I/N"),
    Option.once("--timings", "FILE"),
    Option.flag("--dry-run", '\0'),
    Option.flag("--allow-empty", '\0'),
    Option.many("--var", "KEY=VALUE"),
    Option.many("--var-json", "KEY=JSON"),
    Option.once("--env-file", "FILE"),
    Option.once("--seed", "N"),
    Option.once("--parallel", "N"),
    Option.flag("--fail-fast", '\0'),
    Option.once("--timeout", "DURATION"),
    Option.flag("--continue-on-invalid", '\0'),
    Option.once("--max-file-size", "SIZE"),
    Option.once("--plugins", "DIR"),
    Option.many("--plugin-env", "ID=NAME"),
    Option.many("--report", "FORMAT[=PATH]"),
    Option.flag("--verbose", 'v'),
    Option.flag("--quiet", 'q'),
    Option.once("--color", "WHEN"),
  };

  private final Arguments arguments;
  private final Reports reports;
  private final Printer people;
  private final Printer errors;
  private final Map<String, String> environment;

  private RunCommand(Arguments arguments, Io io) throws UsageException {
    this.arguments = arguments;
    this.reports = Reports.read(arguments, io);
    this.errors = io.errPrinter(arguments);
    this.environment = io.environment();
    this.people = reports.takeStandardOutput() ? errors : io.outPrinter(arguments);
  }

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    if (arguments.has("--help")) {
      io.outPrinter(arguments).raw(Help.of("run"));
      return ExitCode.OK;
    }
    if (arguments.has("--verbose") && arguments.has("--quiet")) {
      throw new UsageException("-v and -q are opposites; take one");
    }
    RunCommand command = new RunCommand(arguments, io);
    RunOptions.Builder options = command.options();
    Interruption interruption = Interruption.install(command.errors);
    try (FlowRunner runner = Runners.withPlugins(arguments, io)) {
      return command.run(runner, options, interruption);
    } finally {
      interruption.end();
    }
  }

  private int run(FlowRunner runner, RunOptions.Builder options, Interruption interruption)
      throws UsageException {
    FlowTools tools = runner.tools();
    Variables variables = Variables.read(arguments, tools);
    Timings timings = Timings.read(arguments, tools);
    Selection selection = Selections.read("run", arguments, variables.values(), timings.byFile());
    Problem problem = variables.problem() == null ? timings.problem() : variables.problem();
    if (problem != null) {
      return finish(Unrun.report(problem, reports));
    }
    for (Map.Entry<String, @Nullable Object> variable : variables.values().entrySet()) {
      options.variable(variable.getKey(), variable.getValue());
    }
    FlowSet flows = noted(tools.select(selection), timings.note());
    RunResult result;
    try (Progress progress =
        new Progress(people, arguments.has("--quiet"), arguments.has("--verbose"))) {
      boolean dry = arguments.has("--dry-run");
      options.listener(dry ? new PlanText(people, arguments.has("--quiet"), tools) : progress);
      if (dry) {
        options.dryRun(true).parallel(1);
      }
      RunHandle handle = runner.start(flows, options.build());
      interruption.watch(handle);
      result = handle.result().join();
    }
    return finish(result);
  }

  /** Machines that share the work show by this that they agree about the shares. */
  private FlowSet noted(FlowSet flows, @Nullable String note) {
    if (note == null) {
      return flows;
    }
    people.line(note);
    List<String> notes = new ArrayList<>(flows.notes());
    notes.add(note);
    return new FlowSet(flows.flows(), flows.problems(), notes);
  }

  private int finish(RunResult result) {
    boolean complete = reports.finish(errors);
    people.print(ResultText.of(result, arguments.has("--verbose")));
    people.raw(GithubAnnotations.of(result, environment));
    RunStatus status = result.status();
    if (!complete && status != RunStatus.CANCELLED) {
      status = RunStatus.ERROR;
    }
    return status == RunStatus.EMPTY && arguments.has("--allow-empty")
        ? ExitCode.OK
        : status.exitCode();
  }

  private RunOptions.Builder options() throws UsageException {
    RunOptions.Builder options =
        RunOptions.builder()
            .keepResults(RunOptions.KeepResults.FAILED)
            .failFast(arguments.has("--fail-fast"))
            .continueOnInvalid(arguments.has("--continue-on-invalid"))
            .summarizeAll(arguments.has("--verbose"));
    for (Arguments.Given option : arguments.given()) {
      switch (option.name()) {
        case "--parallel" -> parallel(options, option.value());
        case "--timeout" -> options.timeout(Amounts.duration("--timeout", option.value()));
        case "--seed" -> options.seed(seed(option.value()));
        default -> {}
      }
    }
    for (ReportFormat.Report report : reports.listeners()) {
      options.listener(report);
    }
    return options;
  }

  private static void parallel(RunOptions.Builder options, String text) throws UsageException {
    if (text.equals("unlimited")) {
      options.parallel(RunOptions.UNLIMITED);
    } else if (!text.equals("auto")) {
      options.parallel(Amounts.count("--parallel", text, 1));
    }
  }

  private static long seed(String text) throws UsageException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException("--seed wants a whole number, not \"" + text + "\"");
    }
  }
}

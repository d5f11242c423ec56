package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code testmesh list}: the flows that a run would select. */
final class ListCommand {
  static final Option[] OPTIONS = {
    Option.many("--tags", "LIST"),
    Option.once("--name", "TEXT"),
    Option.once("--shard", "I/N"),
    Option.many("--var", "KEY=VALUE"),
    Option.many("--var-json", "KEY=JSON"),
    Option.once("--env-file", "FILE"),
    Option.once("--max-file-size", "SIZE"),
    Option.flag("--json", '\0'),
    Option.once("--color", "WHEN"),
  };

  private ListCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    Printer out = io.outPrinter(arguments);
    if (arguments.has("--help")) {
      out.raw(Help.of("list"));
      return ExitCode.OK;
    }
    Printer errors = io.errPrinter(arguments);
    try (FlowRunner runner = Runners.make(arguments, io)) {
      FlowTools tools = runner.tools();
      Variables variables = Variables.read(arguments, tools);
      Selection selection = Selections.read("list", arguments, variables.values());
      List<Problem> problems = new ArrayList<>();
      Problem problem = variables.problem();
      if (problem != null) {
        problems.add(problem);
      }
      FlowSet flows = tools.select(selection);
      problems.addAll(flows.problems());
      out.raw(
          arguments.has("--json")
              ? tools.json().render(json(flows.flows())) + "\n"
              : text(flows.flows()));
      boolean invalid = false;
      for (Problem found : problems) {
        errors.line(Diagnosis.of(found));
        invalid |= found.isError();
      }
      if (invalid) {
        return ExitCode.INVALID;
      }
      if (flows.flows().isEmpty()) {
        errors.line("0 flows: nothing was selected");
        return ExitCode.EMPTY;
      }
      return ExitCode.OK;
    }
  }

  private static String text(List<Flow> flows) {
    StringBuilder text = new StringBuilder();
    for (Flow flow : flows) {
      text.append(Diagnosis.line(flow.name()));
      SourceSpan place = place(flow);
      if (!place.file().isEmpty()) {
        text.append("  (").append(Diagnosis.line(place.file())).append(':');
        text.append(place.line()).append(')');
      }
      if (!flow.tags().isEmpty()) {
        text.append("  [").append(Diagnosis.line(String.join(", ", flow.tags()))).append(']');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> json(List<Flow> flows) {
    List<Object> list = new ArrayList<>();
    for (Flow flow : flows) {
      SourceSpan place = place(flow);
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", flow.name());
      entry.put("file", place.file().isEmpty() ? null : place.file());
      entry.put("line", place.isKnown() ? (Object) (long) place.line() : null);
      entry.put("tags", flow.tags());
      entry.put("row", null);
      list.add(entry);
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("flows", list);
    return root;
  }

  /** The place of the flow's root key. */
  private static SourceSpan place(Flow flow) {
    return flow.source().key();
  }
}

package io.testmesh.cli;

import io.testmesh.FlowListing;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
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
    Option.once("--timings", "FILE"),
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
      Timings timings = Timings.read(arguments, tools);
      Selection selection =
          Selections.read("list", arguments, variables.values(), timings.byFile());
      List<Problem> problems = new ArrayList<>();
      for (Problem problem : new Problem[] {variables.problem(), timings.problem()}) {
        if (problem != null) {
          problems.add(problem);
        }
      }
      if (timings.note() != null) {
        errors.line(timings.note());
      }
      FlowSet flows = tools.select(selection);
      FlowListing listing = tools.list(flows, variables.values());
      problems.addAll(flows.problems());
      problems.addAll(listing.problems());
      out.raw(arguments.has("--json") ? tools.json().render(json(listing)) + "\n" : text(listing));
      boolean invalid = false;
      for (Problem found : problems) {
        errors.line(Diagnosis.of(found));
        invalid |= found.isError();
      }
      if (invalid) {
        return ExitCode.INVALID;
      }
      if (listing.items().isEmpty()) {
        errors.line("0 flows: nothing was selected");
        return ExitCode.EMPTY;
      }
      return ExitCode.OK;
    }
  }

  /** The place is the one that {@code FILE:LINE} takes: a row's own where it has one. */
  private static String text(FlowListing listing) {
    StringBuilder text = new StringBuilder();
    for (FlowListing.Item item : listing.items()) {
      Map<String, @Nullable Object> row = item.row();
      text.append(Diagnosis.line(item.name()));
      SourceSpan place = item.place();
      if (!place.file().isEmpty()) {
        text.append("  (").append(Diagnosis.line(place.file())).append(':');
        text.append(place.line()).append(')');
      }
      if (!item.flow().tags().isEmpty()) {
        String tags = String.join(", ", item.flow().tags());
        text.append("  [").append(Diagnosis.line(tags)).append(']');
      }
      if (row != null) {
        text.append("  ").append(Diagnosis.line(row(row)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String row(Map<String, @Nullable Object> row) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, @Nullable Object> cell : row.entrySet()) {
      text.append(text.isEmpty() ? "" : ", ").append(cell.getKey()).append(" = ");
      text.append(cell.getValue());
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> json(FlowListing listing) {
    List<Object> list = new ArrayList<>();
    for (FlowListing.Item item : listing.items()) {
      SourceSpan place = item.flow().source().key();
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", item.name());
      entry.put("file", place.file().isEmpty() ? null : place.file());
      entry.put("line", place.isKnown() ? (Object) (long) place.line() : null);
      entry.put("tags", item.flow().tags());
      entry.put("row", item.row());
      list.add(entry);
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("flows", list);
    return root;
  }
}

package io.testmesh.engine.plan;

import io.testmesh.FlowListing;
import io.testmesh.FlowSet;
import io.testmesh.engine.data.FlowLabel;
import io.testmesh.engine.data.Row;
import io.testmesh.engine.data.RowCursor;
import io.testmesh.engine.data.RowSource;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows flows and data rows one by one. Used for one list, by one thread. */
public final class FlowLister {
  private final Map<String, ? extends @Nullable Object> given;
  private final Map<String, String> process;
  private final List<FlowListing.Item> items = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private FlowLister(Map<String, ? extends @Nullable Object> given, Map<String, String> process) {
    this.given = given;
    this.process = process;
  }

  /**
   * The flows and rows of a set.
   *
   * @param given the variables of the run
   * @param process the process environment
   */
  public static FlowListing list(
      FlowSet flows, Map<String, ? extends @Nullable Object> given, Map<String, String> process) {
    FlowLister lister = new FlowLister(given, process);
    for (Flow flow : flows.flows()) {
      lister.add(flow);
    }
    return new FlowListing(lister.items, lister.problems);
  }

  private void add(Flow flow) {
    FlowLabel label = new FlowLabel(flow, given, process);
    DataSource source = flow.dataSource().orElse(null);
    if (source == null) {
      add(flow, label.shown(null), 0, flow.source().key());
      return;
    }
    RowSource.Opened opened = RowSource.open(flow, source);
    problems.addAll(opened.problems());
    if (opened.rows() == null) {
      return;
    }
    try (RowCursor rows = opened.rows().rows()) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        add(flow, label.shown(row), row.number(), place(flow, source, row));
      }
    } catch (IOException e) {
      problems.add(
          Problem.error(
              "file_not_found",
              "the rows cannot be read: " + e.getMessage(),
              source.source().at("file").value(),
              null));
    }
  }

  private static SourceSpan place(Flow flow, DataSource source, Row row) {
    return source.kind() == DataSource.Kind.INLINE
        ? source.source().at("rows", row.number() - 1).value()
        : flow.source().key();
  }

  private void add(Flow flow, FlowLabel.Shown shown, int number, SourceSpan place) {
    items.add(new FlowListing.Item(flow, shown.name(), shown.row(), number, place));
  }
}

package io.testmesh;

import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Flows and data rows one by one, as a run reports them.
 *
 * @param items the flows and rows in the order of selection
 * @param problems what was wrong with data that could not be read; its flow has no item then
 * @since 0.1
 */
public record FlowListing(List<Item> items, List<Problem> problems) {

  /** Copies the lists. */
  public FlowListing {
    items = List.copyOf(items);
    problems = List.copyOf(problems);
  }

  /**
   * A flow, or one of its data rows.
   *
   * @param flow the flow
   * @param name the flow's name with the row's values, without secrets; as it was written where a
   *     value is known only in the run
   * @param row the row's values without secrets, or null for a flow without rows
   * @param number the row's number among all rows of its source, from 1; 0 for a flow without rows
   * @param place where the flow's root key stands, or the row itself where it is written in the
   *     flow
   */
  public record Item(
      Flow flow,
      String name,
      @Nullable Map<String, @Nullable Object> row,
      int number,
      SourceSpan place) {
    /** Checks that the parts are present. */
    public Item(
        Flow flow,
        String name,
        @Nullable Map<String, @Nullable Object> row,
        int number,
        SourceSpan place) {
      this.flow = Objects.requireNonNull(flow, "flow");
      this.name = Objects.requireNonNull(name, "name");
      this.row = row;
      this.number = number;
      this.place = Objects.requireNonNull(place, "place");
    }

    /** The flow with this row and no other, to be run by itself. */
    public Flow alone() {
      DataSource rows = flow.dataSource().orElse(null);
      return number == 0 || rows == null
          ? flow
          : flow.withDataSource(rows.selecting(List.of(number)));
    }
  }
}

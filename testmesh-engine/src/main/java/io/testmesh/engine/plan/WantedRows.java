package io.testmesh.engine.plan;

import io.testmesh.engine.data.FlowLabel;
import io.testmesh.engine.data.Row;
import io.testmesh.engine.data.RowCursor;
import io.testmesh.engine.data.RowSource;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Narrows a flow to the data rows that were asked for. */
final class WantedRows {
  private WantedRows() {}

  /** The flow with the one row that stands in a line of its file; as it is for another line. */
  static Flow atLine(Flow flow, int line) {
    DataSource source = flow.dataSource().orElse(null);
    if (source == null || source.kind() != DataSource.Kind.INLINE) {
      return flow;
    }
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < source.rows().size(); i++) {
      SourceSpan span = source.source().at("rows", i).value();
      if (span.line() <= line && line <= span.endLine()) {
        numbers.add(i + 1);
      }
    }
    return numbers.isEmpty() ? flow : flow.withDataSource(source.selecting(numbers));
  }

  /**
   * The flow with the rows of some names; null when no row has such a name. A source that cannot be
   * read keeps all its rows: the check tells why.
   *
   * @param wanted is asked with the name of the row, and with that name and the row's number as in
   *     {@code name [2]}
   */
  static @Nullable Flow named(Flow flow, FlowLabel label, Predicate<String> wanted) {
    DataSource source = flow.dataSource().orElse(null);
    if (source == null) {
      return wanted.test(label.name(null)) ? flow : null;
    }
    RowSource rows = RowSource.open(flow, source).rows();
    if (rows == null) {
      return flow;
    }
    Set<Integer> numbers = new HashSet<>();
    try (RowCursor cursor = rows.rows()) {
      for (Row row = cursor.next(); row != null; row = cursor.next()) {
        String name = label.name(row);
        if (wanted.test(name) || wanted.test(name + " [" + row.number() + "]")) {
          numbers.add(row.number());
        }
      }
    } catch (IOException e) {
      return flow;
    }
    return numbers.isEmpty() ? null : flow.withDataSource(source.selecting(numbers));
  }

  /** One flow that was selected twice, with the rows of both. */
  static Flow both(Flow one, Flow other) {
    DataSource first = one.dataSource().orElse(null);
    DataSource second = other.dataSource().orElse(null);
    if (first == null || second == null || first.wanted().isEmpty()) {
      return one;
    }
    if (second.wanted().isEmpty()) {
      return other;
    }
    Set<Integer> numbers = new HashSet<>(first.wanted());
    numbers.addAll(second.wanted());
    return one.withDataSource(first.selecting(numbers));
  }
}

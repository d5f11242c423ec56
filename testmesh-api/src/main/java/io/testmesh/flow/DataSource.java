package io.testmesh.flow;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a flow runs over, once for each.
 *
 * @param kind where the rows come from
 * @param file the file of the rows as it was written, relative to the flow; null for inline rows
 * @param rows inline rows in order; empty for a file
 * @param source where the data source stands
 * @since 0.1
 */
public record DataSource(
    Kind kind, @Nullable String file, List<Map<String, @Nullable Object>> rows, SourceTree source) {

  /** Checks that the parts are present and copies the list. */
  public DataSource(
      Kind kind,
      @Nullable String file,
      List<Map<String, @Nullable Object>> rows,
      SourceTree source) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.file = file;
    this.rows = List.copyOf(rows);
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Where the rows come from. */
  public enum Kind {
    /** A CSV file with a header line; cells are text. */
    CSV,
    /** A JSON file: a list of maps. */
    JSON,
    /** Rows written in the flow. */
    INLINE
  }
}

package io.testmesh.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a flow runs over, once for each.
 *
 * @param kind where the rows come from
 * @param file the file of the rows as it was written, relative to the flow; null for inline rows
 * @param rows inline rows in order; empty for a file
 * @param wanted the numbers of the rows that were selected, from 1; empty for all
 * @param source where the data source stands
 * @since 0.1
 */
public record DataSource(
    Kind kind,
    @Nullable String file,
    List<Map<String, @Nullable Object>> rows,
    Set<Integer> wanted,
    SourceTree source) {

  /** Checks that the parts are present and copies the collections. */
  public DataSource(
      Kind kind,
      @Nullable String file,
      List<Map<String, @Nullable Object>> rows,
      Set<Integer> wanted,
      SourceTree source) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.file = file;
    this.rows = List.copyOf(rows);
    this.wanted = Set.copyOf(wanted);
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Rows made in Java: JSON-like values by column, the same columns in each. */
  public static DataSource inline(List<Map<String, @Nullable Object>> rows) {
    return new DataSource(Kind.INLINE, null, rows, Set.of(), SourceTree.NONE);
  }

  /** The same source with some of its rows alone, by their numbers from 1. */
  public DataSource selecting(Collection<Integer> numbers) {
    return new DataSource(kind, file, rows, Set.copyOf(numbers), source);
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

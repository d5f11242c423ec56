package io.testmesh.engine.data;

import io.testmesh.engine.load.JsonRows;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data source that was read once and found well-formed. Rows of a CSV file are read
 * again when they are wanted, so that a long file costs no memory. Immutable and safe for use by
 * several threads.
 */
public final class RowSource {
  private final DataSource source;
  private final Set<String> columns;
  private final int total;
  private final List<Map<String, @Nullable Object>> rows;
  private final @Nullable Path csv;

  private RowSource(
      DataSource source,
      Set<String> columns,
      int total,
      List<Map<String, @Nullable Object>> rows,
      @Nullable Path csv) {
    this.source = source;
    this.columns = columns;
    this.total = total;
    this.rows = rows;
    this.csv = csv;
  }

  /** Reads a flow's data source to its end; one that is not well-formed gives problems. */
  public static Opened open(Flow flow, DataSource source) {
    if (source.kind() == DataSource.Kind.INLINE) {
      return inline(source);
    }
    String written = String.valueOf(source.file());
    Path folder = flow.file().map(Path::toAbsolutePath).map(Path::getParent).orElse(null);
    Path file = folder == null ? Path.of(written) : folder.resolve(written);
    try {
      if (source.kind() == DataSource.Kind.CSV) {
        CsvCheck check = new CsvCheck(shown(flow, written), file, flow.settings().secrets());
        return check.read()
            ? opened(source, new RowSource(source, check.columns(), check.rows(), List.of(), file))
            : new Opened(null, check.problems());
      }
      JsonRows.Loaded loaded = JsonRows.read(shown(flow, written), Files.readAllBytes(file));
      return loaded.problems().isEmpty()
          ? inMemory(source, loaded.rows())
          : new Opened(null, loaded.problems());
    } catch (IOException e) {
      return new Opened(null, List.of(unreadable(source, file, written, e)));
    }
  }

  /** The counters would hide columns of their names. */
  private static Opened opened(DataSource source, RowSource rows) {
    for (String name : List.of(Row.ITERATION, Row.TOTAL_ITERATIONS)) {
      if (rows.columns.contains(name)) {
        SourceTree place = source.source();
        String what = "the column \"" + name + "\" has the name of a counter of the rows";
        Problem problem =
            Problem.error("invalid_value", what, place.key(), "give it another name")
                .withExcerpt(place.excerpt(place.key()));
        return new Opened(null, List.of(problem));
      }
    }
    return new Opened(rows, List.of());
  }

  private static Opened inMemory(DataSource source, List<Map<String, @Nullable Object>> rows) {
    Set<String> columns = rows.isEmpty() ? Set.of() : rows.get(0).keySet();
    return opened(source, new RowSource(source, columns, rows.size(), rows, null));
  }

  /** The loader has compared the columns of rows in a file; those made in Java may differ. */
  private static Opened inline(DataSource source) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>(source.rows().size());
    for (Map<String, @Nullable Object> row : source.rows()) {
      rows.add(JsonValues.copyMap(row));
      if (!row.keySet().equals(rows.get(0).keySet())) {
        SourceSpan span = source.source().at("rows", rows.size() - 1).value();
        String what = "row " + rows.size() + " has other columns than row 1";
        return new Opened(null, List.of(Problem.error("invalid_value", what, span, null)));
      }
    }
    return inMemory(source, rows);
  }

  /** The file's name as people should see it: as the flow's is shown, seen from there. */
  private static String shown(Flow flow, String written) {
    String flowFile = flow.source().value().file();
    Path shown = Path.of(written);
    return (flowFile.isEmpty() ? shown : Path.of(flowFile).resolveSibling(shown).normalize())
        .toString()
        .replace('\\', '/');
  }

  private static Problem unreadable(
      DataSource source, Path file, String written, IOException cause) {
    SourceTree place = source.source().at("file");
    String what = "cannot be read: " + cause.getMessage();
    String hint = null;
    if (cause instanceof NoSuchFileException) {
      what = "is not there";
      hint = NearNames.hint(String.valueOf(file.getFileName()), neighbours(file));
    } else if (cause instanceof AccessDeniedException) {
      what = "cannot be read: access is denied";
    } else if (Files.isDirectory(file)) {
      what = "is a folder";
    }
    return Problem.error(
            "file_not_found", "the data source \"" + written + "\" " + what, place.value(), hint)
        .withExcerpt(place.excerpt(place.value()));
  }

  private static List<String> neighbours(Path file) {
    List<String> names = new ArrayList<>();
    Path folder = file.getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(path -> names.add(String.valueOf(path.getFileName())));
      } catch (IOException e) {
        // Only a hint would have come of it.
        return List.of();
      }
    }
    return names;
  }

  /** The names that every row brings, the counters included. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(columns);
    names.add(Row.ITERATION);
    names.add(Row.TOTAL_ITERATIONS);
    return names;
  }

  /** Whether the columns are known: those of a list without rows are not. */
  public boolean hasColumns() {
    return !columns.isEmpty();
  }

  /** How many rows are wanted. */
  public int size() {
    return source.wanted().isEmpty() ? total : source.wanted().size();
  }

  /** The wanted rows from the first one on; the caller closes the cursor. */
  public RowCursor rows() throws IOException {
    RowCursor all = csv == null ? new ListCursor(rows) : new CsvCursor(csv, columns, total);
    return source.wanted().isEmpty() ? all : new WantedCursor(all, source.wanted());
  }

  /**
   * A data source that was read.
   *
   * @param rows the rows; null when there are problems
   * @param problems what is wrong, in the order of the text
   */
  public record Opened(@Nullable RowSource rows, List<Problem> problems) {
    /** Copies the list. */
    public Opened {
      problems = List.copyOf(problems);
    }
  }

  private static final class ListCursor implements RowCursor {
    private final int total;
    private final Iterator<Map<String, @Nullable Object>> rows;
    private int number;

    ListCursor(List<Map<String, @Nullable Object>> rows) {
      this.total = rows.size();
      this.rows = rows.iterator();
    }

    @Override
    public @Nullable Row next() {
      return rows.hasNext() ? new Row(++number, total, rows.next()) : null;
    }

    @Override
    public void close() {}
  }

  private record WantedCursor(RowCursor all, Set<Integer> wanted) implements RowCursor {
    @Override
    public @Nullable Row next() throws IOException {
      Row row = all.next();
      while (row != null && !wanted.contains(row.number())) {
        row = all.next();
      }
      return row;
    }

    @Override
    public void close() throws IOException {
      all.close();
    }
  }
}

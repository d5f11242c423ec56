package io.testmesh.engine.data;

import io.testmesh.engine.yaml.Excerpts;
import io.testmesh.engine.yaml.YamlText;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file once, to its end: its columns, how many rows it has, and what is wrong. */
final class CsvCheck {
  private static final String CODE = "invalid_value";
  private static final int MOST_PROBLEMS = 20;

  private final String name;
  private final Path file;
  private final List<String> secrets;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private int rows;
  private int leftOut;

  /**
   * A check of one file.
   *
   * @param name the file's name as people should see it
   * @param secrets names whose values must not be shown
   */
  CsvCheck(String name, Path file, List<String> secrets) {
    this.name = name;
    this.file = file;
    this.secrets = secrets;
  }

  /** Reads the file; tells whether all is well. */
  boolean read() throws IOException {
    try (CsvReader reader = new CsvReader(CsvCursor.reader(file))) {
      header(reader);
      if (!problems.isEmpty()) {
        return false;
      }
      for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
        rows++;
        row(cells, reader);
      }
    } catch (CsvException e) {
      SourceSpan span = span(e.line(), e.column(), e.line(), e.column() + 1);
      add(String.valueOf(e.getMessage()), span, e.hint());
    } catch (CharacterCodingException e) {
      Problem problem = YamlText.encodingProblem(name, Files.readAllBytes(file), "a CSV file");
      if (problem == null) {
        throw e;
      }
      problems.add(problem);
    }
    if (leftOut > 0) {
      SourceSpan last = problems.get(problems.size() - 1).span();
      problems.add(Problem.error(CODE, leftOut + " more rows are not shown", last, null));
    }
    return problems.isEmpty();
  }

  private void header(CsvReader reader) throws IOException, CsvException {
    List<String> names = reader.next();
    if (names == null) {
      add("the file is empty; its first line names the columns", span(1, 1, 1, 1), null);
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      String column = names.get(i);
      String wrong = null;
      if (column.isBlank()) {
        wrong = "column " + (i + 1) + " has no name";
      } else if (!column.strip().equals(column)) {
        wrong = "the column name \"" + column + "\" begins or ends with a space";
      } else if (column.equals(Row.ITERATION) || column.equals(Row.TOTAL_ITERATIONS)) {
        wrong = "\"" + column + "\" is a name of the language and cannot be a column";
      } else if (!columns.add(column)) {
        wrong = "two columns are called \"" + column + "\"";
      }
      if (wrong != null) {
        int line = reader.cellLine(i);
        int start = reader.cellColumn(i);
        int length = Math.max(1, column.codePointCount(0, column.length()));
        add(wrong, span(line, start, line, start + length), null);
      }
    }
  }

  private void row(List<String> cells, CsvReader reader) throws IOException {
    if (cells.size() == columns.size()) {
      return;
    }
    boolean tooMany = cells.size() > columns.size();
    add(
        "row "
            + rows
            + " has "
            + cells.size()
            + (cells.size() == 1 ? " cell, and there are " : " cells, and there are ")
            + columns.size()
            + (columns.size() == 1 ? " column: " : " columns: ")
            + String.join(", ", columns),
        span(reader.recordLine(), 1, reader.endLine(), reader.endColumn()),
        tooMany ? "a cell with a comma in it is put in quotes: \"a, b\"" : null);
  }

  private SourceSpan span(int line, int column, int endLine, int endColumn) {
    return new SourceSpan(name, line, column, endLine, endColumn);
  }

  private void add(String message, SourceSpan span, @Nullable String hint) throws IOException {
    if (problems.size() == MOST_PROBLEMS) {
      leftOut++;
      return;
    }
    problems.add(Problem.error(CODE, message, span, hint).withExcerpt(excerpt(span)));
  }

  /** The lines of the file; none where a cell of them may be a secret. */
  private List<String> excerpt(SourceSpan span) throws IOException {
    if (!Collections.disjoint(columns, secrets) && span.line() > 1) {
      return List.of();
    }
    int first = Math.max(1, span.line() - 1);
    StringBuilder part = new StringBuilder();
    try (BufferedReader lines = new BufferedReader(CsvCursor.reader(file))) {
      for (int i = 1; i <= span.line(); i++) {
        String line = lines.readLine();
        if (line != null && i >= first) {
          String text = i == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
          part.append(i > first ? "\n" : "").append(text);
        }
      }
    }
    return Excerpts.of(first, part.toString(), span);
  }

  /** The names of the columns, in order. */
  Set<String> columns() {
    return Collections.unmodifiableSet(columns);
  }

  /** How many rows there are. */
  int rows() {
    return rows;
  }

  /** What is wrong, in the order of the text. */
  List<Problem> problems() {
    return problems;
  }
}

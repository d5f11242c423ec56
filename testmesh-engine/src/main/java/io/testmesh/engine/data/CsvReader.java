package io.testmesh.engine.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) record by record, with places: cells between commas, quoted ones with
 * doubled quotes and line breaks. Lines end with LF, CRLF or CR; a line without a character is
 * passed over, and so is a byte order mark. Belongs to one thread.
 */
final class CsvReader implements Closeable {
  private static final int END = -1;

  private final Reader reader;
  private final char[] buffer = new char[8192];
  private int position;
  private int limit;
  private int line = 1;
  private int column = 1;
  private int[] lines = new int[16];
  private int[] columns = new int[16];
  private int recordLine;
  private int endLine;
  private int endColumn;

  CsvReader(Reader reader) {
    this.reader = reader;
  }

  /**
   * The cells of the next record, or null at the end.
   *
   * @throws CsvException when quotes stand where they must not; reading cannot go on then
   */
  @Nullable List<String> next() throws IOException, CsvException {
    if (line == 1 && column == 1 && peek() == '\uFEFF') {
      position++;
    }
    while (peek() == '\n' || peek() == '\r') {
      endLine(read());
    }
    if (peek() == END) {
      return null;
    }
    recordLine = line;
    List<String> cells = new ArrayList<>();
    while (true) {
      note(cells.size());
      cells.add(peek() == '"' ? quoted() : plain());
      endLine = line;
      endColumn = column;
      int c = read();
      if (c != ',') {
        if (c != END) {
          endLine(c);
        }
        return cells;
      }
    }
  }

  private void note(int cell) {
    if (cell == lines.length) {
      lines = Arrays.copyOf(lines, 2 * cell);
      columns = Arrays.copyOf(columns, 2 * cell);
    }
    lines[cell] = line;
    columns[cell] = column;
  }

  private String plain() throws IOException, CsvException {
    StringBuilder cell = new StringBuilder();
    while (true) {
      int c = peek();
      if (c == ',' || c == '\n' || c == '\r' || c == END) {
        return cell.toString();
      }
      if (c == '"') {
        throw new CsvException(
            "a quote stands inside of a cell that does not begin with one",
            line,
            column,
            "put the whole cell in quotes and double those in it: \"5\"\" disk\"");
      }
      cell.append((char) read());
    }
  }

  private String quoted() throws IOException, CsvException {
    int startLine = line;
    int startColumn = column;
    read();
    StringBuilder cell = new StringBuilder();
    while (true) {
      int c = read();
      if (c == END) {
        throw new CsvException(
            "the quote that opens this cell is not closed", startLine, startColumn, null);
      }
      if (c == '"') {
        int after = peek();
        if (after == '"') {
          cell.append((char) read());
          continue;
        }
        if (after == ',' || after == '\n' || after == '\r' || after == END) {
          return cell.toString();
        }
        throw new CsvException(
            "text follows the closing quote of a cell",
            line,
            column,
            "a quote inside of a quoted cell is doubled: \"\"");
      }
      cell.append((char) c);
      if (c == '\n' || c == '\r') {
        if (c == '\r' && peek() == '\n') {
          cell.append((char) read());
        }
        line++;
        column = 1;
      }
    }
  }

  private void endLine(int c) throws IOException {
    if (c == '\r' && peek() == '\n') {
      position++;
    }
    line++;
    column = 1;
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = Math.max(0, reader.read(buffer, 0, buffer.length));
      position = 0;
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position];
  }

  private int read() throws IOException {
    int c = peek();
    if (c != END) {
      position++;
      // Columns count characters, not halves of them.
      column += Character.isLowSurrogate((char) c) ? 0 : 1;
    }
    return c;
  }

  /** The line in which the last record begins, from 1. */
  int recordLine() {
    return recordLine;
  }

  /** The line of a cell of the last record. */
  int cellLine(int cell) {
    return lines[cell];
  }

  /** The column of a cell of the last record. */
  int cellColumn(int cell) {
    return columns[cell];
  }

  /** The line in which the last record ends. */
  int endLine() {
    return endLine;
  }

  /** The column after the last record. */
  int endColumn() {
    return endColumn;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

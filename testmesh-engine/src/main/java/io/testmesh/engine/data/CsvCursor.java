package io.testmesh.engine.data;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file that was checked before. */
final class CsvCursor implements RowCursor {
  private final Set<String> columns;
  private final int total;
  private final CsvReader reader;
  private int number;

  CsvCursor(Path file, Set<String> columns, int total) throws IOException {
    this.columns = columns;
    this.total = total;
    this.reader = new CsvReader(reader(file));
    record();
  }

  /** Reads a file in UTF-8, and nothing that is not. */
  static Reader reader(Path file) throws IOException {
    return new InputStreamReader(
        Files.newInputStream(file),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private @Nullable List<String> record() throws IOException {
    try {
      return reader.next();
    } catch (CsvException e) {
      throw changed(e);
    }
  }

  private static IOException changed(@Nullable Exception cause) {
    return new IOException("the file changed after it was checked", cause);
  }

  @Override
  public @Nullable Row next() throws IOException {
    List<String> cells = record();
    if (cells == null ? number < total : number == total || cells.size() != columns.size()) {
      throw changed(null);
    }
    if (cells == null) {
      return null;
    }
    number++;
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int cell = 0;
    for (String column : columns) {
      values.put(column, cells.get(cell++));
    }
    return new Row(number, total, Collections.unmodifiableMap(values));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

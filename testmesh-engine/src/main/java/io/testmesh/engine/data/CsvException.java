package io.testmesh.engine.data;

import org.jspecify.annotations.Nullable;

/** A text that is not CSV, with the place. */
final class CsvException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final @Nullable String hint;

  CsvException(String message, int line, int column, @Nullable String hint) {
    super(message);
    this.line = line;
    this.column = column;
    this.hint = hint;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  @Nullable String hint() {
    return hint;
  }
}

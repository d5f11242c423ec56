package io.testmesh.flow;

import java.util.Objects;

/**
 * A range of characters in a file, for error messages. Lines and columns count from 1, in
 * characters (Unicode code points); the end is exclusive and may lie on a later line.
 *
 * @param file the file's name as people should see it: relative to the working directory with
 *     {@code /}, {@code -} for standard input, empty for a flow made in Java
 * @param line first line, 0 where there is no source
 * @param column first column, 0 where there is no source
 * @param endLine line of the end
 * @param endColumn column after the last character
 * @since 0.1
 */
public record SourceSpan(String file, int line, int column, int endLine, int endColumn) {

  /** The span of something that was not read from a file. */
  public static final SourceSpan NONE = new SourceSpan("", 0, 0, 0, 0);

  /** Checks that the parts are present and in order. */
  public SourceSpan {
    Objects.requireNonNull(file, "file");
    if (line < 0 || column < 0 || endLine < line || (endLine == line && endColumn < column)) {
      throw new IllegalArgumentException(
          "not a span: " + line + ":" + column + "-" + endLine + ":" + endColumn);
    }
  }

  /** Tells whether this span points into a source text. */
  public boolean isKnown() {
    return line > 0;
  }

  /** Gives {@code file:line:column}, or {@code file} alone where the place is not known. */
  @Override
  public String toString() {
    return isKnown() ? file + ":" + line + ":" + column : file;
  }
}

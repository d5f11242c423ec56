package io.testmesh.integrations.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a driver takes it. Immutable.
 *
 * @param jdbc its text, each parameter a question mark
 * @param values of the parameters, JSON-like
 * @param written its text as people know it
 * @param origins by the characters that the server gets: the place in {@code written}
 */
record Sql(String jdbc, List<@Nullable Object> values, String written, int[] origins) {
  private static final int LONGEST_LINE = 160;

  /**
   * The line of the statement that the server means, and a mark below the character.
   *
   * @param position of the server: from 1 on
   * @return null when there is no such character, or the text has several statements, whose
   *     positions the driver counts apart
   */
  @Nullable String marked(int position) {
    int place = writtenPosition(position);
    if (place < 1) {
      return null;
    }
    int at = place - 1;
    int start = written.lastIndexOf('\n', at - 1) + 1;
    int end = written.indexOf('\n', at);
    String line = written.substring(start, end < 0 ? written.length() : end);
    int column = at - start;
    int from = Math.max(0, column - LONGEST_LINE / 2);
    int to = Math.min(line.length(), from + LONGEST_LINE);
    String front = from > 0 ? "…" : "";
    String shown =
        front + line.substring(from, to).replace('\t', ' ') + (to < line.length() ? "…" : "");
    return shown + "\n" + " ".repeat(front.length() + column - from) + "^";
  }

  /** The place in what was written, from 1 on; 0 when it is not known. */
  int writtenPosition(int position) {
    boolean isThere = position >= 1 && position <= origins.length;
    return isThere && new SqlScanner(written).statements().size() <= 1
        ? origins[position - 1] + 1
        : 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

package io.testmesh.engine.yaml;

/**
 * Finds where the characters of a scalar's value stand in the file: walks value and source side by
 * side. Characters that are no white space stand in both in the same order, so folded lines,
 * indentation and escapes need no second reading of YAML's rules; white space that folding made is
 * placed at the line break.
 */
final class ScalarPositions {
  private final String source;
  private final String value;
  private final int end;
  private final char style;
  private int at;
  private int unitStart;
  private int unitEnd;

  private ScalarPositions(String source, String value, int start, int end) {
    this.source = source;
    this.value = value;
    this.end = end;
    char first = start < end ? source.charAt(start) : ' ';
    this.style = first == '\'' || first == '"' || first == '|' || first == '>' ? first : ' ';
    this.at = style == ' ' ? start : isBlock() ? afterLineBreak(start) : start + 1;
  }

  /**
   * The offsets of a part of the value.
   *
   * @param from first UTF-16 unit of the part in the value
   * @param to the unit after the part
   * @return start and end offset in the source
   */
  static int[] find(SourceText source, YamlScalar scalar, String value, int from, int to) {
    int first = Math.min(Math.max(from, 0), value.length());
    int last = Math.min(Math.max(to, first), value.length());
    return new ScalarPositions(source.text(), value, scalar.start(), scalar.end())
        .walk(first, last);
  }

  private int[] walk(int from, int to) {
    int start = -1;
    int stop = -1;
    for (int i = 0; i < value.length() && (i <= from || i < to); ) {
      int units = advance(i);
      if (i <= from) {
        start = unitStart;
      }
      if (i < to) {
        stop = unitEnd;
      }
      i += units;
    }
    if (from >= value.length()) {
      start = Math.max(unitEnd, at);
    }
    return new int[] {start, Math.max(start, stop)};
  }

  /**
   * Finds the place of the value's unit at {@code i}; gives how many units stand there together.
   */
  private int advance(int i) {
    char wanted = value.charAt(i);
    boolean white = isWhite(wanted);
    while (at < end) {
      char c = source.charAt(at);
      if (style == '"' && c == '\\') {
        int escapeEnd = escapeEnd();
        if (isLineBreak(source.charAt(Math.min(at + 1, end - 1)))) {
          at = escapeEnd;
          continue;
        }
        int units = escapeEnd - at == 10 && Character.isHighSurrogate(wanted) ? 2 : 1;
        return place(escapeEnd, units);
      }
      if (white) {
        return isWhite(c) ? placeWhite(wanted, c) : place(at, 1);
      }
      if (c == wanted) {
        boolean doubled = style == '\'' && c == '\'';
        return place(at + (doubled ? 2 : 1), 1);
      }
      at++;
    }
    return place(at, 1);
  }

  private int placeWhite(char wanted, char c) {
    if (isLineBreak(c)) {
      return place(afterLineBreak(at), 1);
    }
    // Spaces before a folded line break are not in the value.
    return wanted == '\n' ? place(afterLineBreak(at), 1) : place(at + 1, 1);
  }

  private int place(int newEnd, int units) {
    unitStart = at;
    unitEnd = newEnd;
    at = newEnd;
    return units;
  }

  private int escapeEnd() {
    if (at + 1 >= end) {
      return end;
    }
    int length =
        switch (source.charAt(at + 1)) {
          case 'x' -> 4;
          case 'u' -> 6;
          case 'U' -> 10;
          default -> 2;
        };
    return Math.min(at + length, end);
  }

  private int afterLineBreak(int from) {
    int next = from;
    while (next < end && !isLineBreak(source.charAt(next))) {
      next++;
    }
    if (next + 1 < end && source.charAt(next) == '\r' && source.charAt(next + 1) == '\n') {
      next++;
    }
    return Math.min(next + 1, end);
  }

  private boolean isBlock() {
    return style == '|' || style == '>';
  }

  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || isLineBreak(c);
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }
}

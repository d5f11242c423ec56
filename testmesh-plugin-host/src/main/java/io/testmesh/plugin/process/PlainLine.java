package io.testmesh.plugin.process;

/** Text without what would do something to a terminal. */
public final class PlainLine {
  private static final char ESCAPE = 0x1b;

  private PlainLine() {}

  /**
   * The text without control characters and terminal sequences; tabs become spaces, and of a line
   * that was written over with carriage returns the last state is kept.
   */
  public static String of(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    int start = text.lastIndexOf('\r', end - 1) + 1;
    if (isPlain(text, start, end)) {
      return text.substring(start, end);
    }
    StringBuilder plain = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ESCAPE) {
        i = sequenceEnd(text, i, end);
      } else if (c == '\t') {
        plain.append(' ');
      } else if (!isControl(c)) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** The text on one line: line breaks are written as {@code \n}, other controls are left out. */
  public static String oneLine(String text) {
    return of(text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n"));
  }

  private static boolean isPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (isControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(char c) {
    return c < ' '
        || c >= 0x7f && c < 0xa0
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069
        || c == 0x2028
        || c == 0x2029;
  }

  /** The last index of a terminal sequence (ECMA-48, 5.4) that begins at the index. */
  private static int sequenceEnd(String text, int escape, int end) {
    int i = escape + 1;
    if (i >= end) {
      return escape;
    }
    if (text.charAt(i) == ']') {
      while (i < end && text.charAt(i) != 0x07 && text.charAt(i) != ESCAPE) {
        i++;
      }
      return i < end && text.charAt(i) == ESCAPE ? Math.min(i + 1, end - 1) : Math.min(i, end - 1);
    }
    if (text.charAt(i) != '[') {
      return i;
    }
    i++;
    while (i < end && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
      i++;
    }
    return Math.min(i, end - 1);
  }
}

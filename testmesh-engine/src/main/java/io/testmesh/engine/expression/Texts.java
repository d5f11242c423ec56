package io.testmesh.engine.expression;

/** What Go's packages say about characters. */
final class Texts {
  private Texts() {}

  /** White space as Go's {@code unicode.IsSpace} has it. */
  static boolean isSpace(int c) {
    return c <= ' '
        ? c == ' ' || c >= '\t' && c <= '\r'
        : c == 0x85
            || c == 0xA0
            || c == 0x1680
            || c >= 0x2000 && c <= 0x200A
            || c == 0x2028
            || c == 0x2029
            || c == 0x202F
            || c == 0x205F
            || c == 0x3000;
  }

  /** The length in characters (code points). */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Without white space at both ends. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Without characters of a set at both ends. */
  static String trim(String text, String set) {
    int from = 0;
    int to = text.length();
    while (from < to && set.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && set.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  /** Character by character, as Go does: {@code ß} stays. */
  static String upper(String text) {
    StringBuilder upper = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      upper.appendCodePoint(Character.toUpperCase(point));
      i += Character.charCount(point);
    }
    return upper.toString();
  }

  /** Character by character, as Go does. */
  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      lower.appendCodePoint(Character.toLowerCase(point));
      i += Character.charCount(point);
    }
    return lower.toString();
  }
}

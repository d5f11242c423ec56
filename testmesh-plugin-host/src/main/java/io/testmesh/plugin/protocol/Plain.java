package io.testmesh.plugin.protocol;

/** Text of a plugin as it may stand in a record. */
final class Plain {
  private Plain() {}

  /** The text on one line: line breaks as {@code \n}, other control characters left out. */
  static String line(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        plain.append("\\n");
      } else if (c == '\t') {
        plain.append(' ');
      } else if (!isControl(c)) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** The text, cut. */
  static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  private static boolean isControl(char c) {
    return c < ' '
        || c >= 0x7f && c < 0xa0
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069
        || c == 0x2028
        || c == 0x2029;
  }
}

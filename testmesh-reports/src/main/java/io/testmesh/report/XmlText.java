package io.testmesh.report;

/** Writes text into XML 1.0; what XML cannot hold becomes U+FFFD. */
final class XmlText {
  private XmlText() {}

  /** Appends {@code name="value"} with a blank before it. */
  static void attribute(StringBuilder to, String name, String value) {
    to.append(' ').append(name).append("=\"");
    escape(to, value, true);
    to.append('"');
  }

  /** Appends a whole number as an attribute. */
  static void attribute(StringBuilder to, String name, long value) {
    to.append(' ').append(name).append("=\"").append(value).append('"');
  }

  /** Appends a text; in an attribute line breaks and tabs keep their meaning. */
  static void escape(StringBuilder to, String text, boolean inAttribute) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    to.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> to.append("&lt;");
        // Also outside attributes: the text could end in "]]>".
        case '>' -> to.append("&gt;");
        case '&' -> to.append("&amp;");
        case '"' -> to.append(inAttribute ? "&quot;" : "\"");
        case '\n' -> to.append(inAttribute ? "&#10;" : "\n");
        case '\t' -> to.append(inAttribute ? "&#9;" : "\t");
        case '\r' -> to.append("&#13;");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            to.append(c).append(text.charAt(++i));
          } else {
            to.append(isAllowed(c) ? c : '\uFFFD');
          }
        }
      }
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"';
  }

  /** XML 1.0, production 2 (Char), for what is no surrogate pair. */
  private static boolean isAllowed(char c) {
    return c >= ' ' && c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE && c < 0xFFFE;
  }
}

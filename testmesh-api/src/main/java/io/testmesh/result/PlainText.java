package io.testmesh.result;

import java.time.Duration;

/** Writes text so that a terminal shows it and never obeys it. */
final class PlainText {
  private static final String HEX = "0123456789abcdef";

  private PlainText() {}

  /** Writes a text on one line: line breaks and control characters as escapes. */
  static void line(StringBuilder to, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        to.append("\\n");
      } else if (c == '\t') {
        to.append(c);
      } else {
        append(to, c);
      }
    }
  }

  /** The first line of a text. */
  static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).stripTrailing();
  }

  /** Writes the lines of a text behind its first one, each indented and ended. */
  static void otherLines(StringBuilder to, String indent, String text, int most) {
    int end = text.indexOf('\n');
    if (end >= 0) {
      block(to, indent, text.substring(end + 1), most);
    }
  }

  /**
   * Writes a text of several lines, each indented and ended.
   *
   * @param most how many characters are shown
   */
  static void block(StringBuilder to, String indent, String text, int most) {
    int length = text.length();
    int end = Math.min(length, most);
    while (length > end && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    int from = 0;
    while (from < end) {
      int stop = text.indexOf('\n', from);
      if (stop < 0 || stop > end) {
        stop = end;
      }
      int last = stop > from && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
      to.append(indent);
      line(to, text.substring(from, last));
      to.append('\n');
      from = stop + 1;
    }
    if (end < length) {
      to.append(indent).append("… ").append(length - end).append(" characters more\n");
    }
  }

  /** Writes a character, control characters and lone surrogates as escapes. */
  static void append(StringBuilder to, char c) {
    if (c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || isDirection(c)) {
      to.append("\\u")
          .append(HEX.charAt(c >> 12))
          .append(HEX.charAt(c >> 8 & 15))
          .append(HEX.charAt(c >> 4 & 15))
          .append(HEX.charAt(c & 15));
    } else {
      to.append(c);
    }
  }

  /** Marks that turn the direction of text could make a line show something else than it says. */
  private static boolean isDirection(char c) {
    return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }

  /** Writes a duration as people say it: {@code 212 ms}, {@code 1.2 s}, {@code 2 min 5 s}. */
  static void duration(StringBuilder to, Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      to.append(millis).append(" ms");
    } else if (millis < 59_950) {
      long tenths = (millis + 50) / 100;
      to.append(tenths / 10).append('.').append(tenths % 10).append(" s");
    } else {
      long seconds = (millis + 500) / 1000;
      to.append(seconds / 60).append(" min ").append(seconds % 60).append(" s");
    }
  }
}

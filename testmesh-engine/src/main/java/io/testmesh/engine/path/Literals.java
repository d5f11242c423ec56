package io.testmesh.engine.path;

import io.testmesh.engine.value.Numbers;

/** Reads the texts and numbers of a path (RFC 9535, 2.3.1.1, 2.3.3.1 and 2.3.5.1). */
final class Literals {
  /** Integers lie within what I-JSON keeps exact (RFC 7493, 2.2). */
  private static final long LARGEST = (1L << 53) - 1;

  private Literals() {}

  /** Takes a text in single or double quotes. */
  static String text(PathText in) throws PathException {
    int start = in.at();
    int quote = in.peek();
    in.skip(1);
    StringBuilder text = new StringBuilder();
    while (in.peek() != quote) {
      int c = in.peek();
      if (c < 0) {
        throw in.errorSince(start, "the text that begins here has no closing " + (char) quote);
      }
      int from = in.at();
      in.skip(1);
      if (c == '\\') {
        escape(in, quote, text);
      } else if (c < ' ') {
        throw in.errorSince(
            from,
            "a control character within a text is written as an escape such as \\n or \\u001f");
      } else {
        in.skipLowHalf();
        text.append(in.from(from));
      }
    }
    in.skip(1);
    return text.toString();
  }

  private static void escape(PathText in, int quote, StringBuilder to) throws PathException {
    int start = in.at() - 1;
    int c = in.peek();
    int simple = "bfnrt/\\".indexOf(c);
    if (c == 'u') {
      in.skip(1);
      unicode(in, start, to);
    } else if (simple >= 0) {
      in.skip(1);
      to.append("\b\f\n\r\t/\\".charAt(simple));
    } else if (c == quote) {
      in.skip(1);
      to.append((char) quote);
    } else {
      throw in.expected("b, f, n, r, t, u, /, \\ or " + (char) quote + " after \"\\\"");
    }
  }

  private static void unicode(PathText in, int start, StringBuilder to) throws PathException {
    char first = fourDigits(in);
    to.append(first);
    if (Character.isSurrogate(first)) {
      char second = !Character.isLowSurrogate(first) && in.take("\\u") ? fourDigits(in) : ' ';
      if (!Character.isLowSurrogate(second)) {
        throw in.errorSince(start, "half of a surrogate pair is no character");
      }
      to.append(second);
    }
  }

  private static char fourDigits(PathText in) throws PathException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int c = in.peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw in.expected("four hexadecimal digits after \"\\u\"");
      }
      value = value * 16 + digit;
      in.skip(1);
    }
    return (char) value;
  }

  /** Takes an index or a part of a slice. */
  static long integer(PathText in) throws PathException {
    int start = in.at();
    in.take('-');
    digits(in, start);
    String text = in.from(start);
    if (text.equals("-0")) {
      throw in.errorSince(start, "an index is not written -0");
    }
    if (in.peek() == '.') {
      throw in.expected("a whole number");
    }
    // 16 digits are the most within the range, so that nothing overflows.
    long value = text.length() > 17 ? Long.MAX_VALUE : Long.parseLong(text);
    if (Math.abs(value) > LARGEST) {
      throw in.errorSince(start, "an index lies within -" + LARGEST + " and " + LARGEST);
    }
    return value;
  }

  /** Takes a number to compare with. */
  static Number number(PathText in) throws PathException {
    int start = in.at();
    in.take('-');
    digits(in, start);
    if (in.take('.')) {
      moreDigits(in, "after the decimal point");
    }
    if (in.take('e') || in.take('E')) {
      if (!in.take('-')) {
        in.take('+');
      }
      moreDigits(in, "in the exponent");
    }
    try {
      return Numbers.parse(in.from(start));
    } catch (NumberFormatException e) {
      throw in.errorSince(start, "the exponent is too large");
    }
  }

  private static void digits(PathText in, int start) throws PathException {
    if (in.take('0')) {
      if (PathText.isDigit(in.peek())) {
        in.skip(1);
        throw in.errorSince(start, "a number has no leading zeros");
      }
    } else {
      moreDigits(in, "of a number");
    }
  }

  private static void moreDigits(PathText in, String where) throws PathException {
    if (!PathText.isDigit(in.peek())) {
      throw in.expected("a digit " + where);
    }
    while (PathText.isDigit(in.peek())) {
      in.skip(1);
    }
  }
}

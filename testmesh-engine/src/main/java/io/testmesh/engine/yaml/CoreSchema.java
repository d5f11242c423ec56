package io.testmesh.engine.yaml;

import io.testmesh.engine.value.Numbers;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What an unquoted scalar means: the core schema of YAML 1.2.2, section 10.3.2. */
final class CoreSchema {
  private static final int MOST_DIGITS = 1000;
  private static final int LARGEST_EXPONENT_DIGITS = 4;

  private CoreSchema() {}

  /**
   * The value of an unquoted scalar.
   *
   * @throws NumberFormatException when it is a number that cannot be a value; the message is for
   *     people
   */
  static @Nullable Object value(String text) {
    if (text.isEmpty()) {
      return null;
    }
    switch (text.charAt(0)) {
      case '~':
        return text.length() == 1 ? null : text;
      case 'n', 'N':
        return text.equals("null") || text.equals("Null") || text.equals("NULL") ? null : text;
      case 't', 'T':
        return text.equals("true") || text.equals("True") || text.equals("TRUE")
            ? (Object) Boolean.TRUE
            : text;
      case 'f', 'F':
        return text.equals("false") || text.equals("False") || text.equals("FALSE")
            ? (Object) Boolean.FALSE
            : text;
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
        return number(text);
      default:
        return text;
    }
  }

  private static Object number(String text) {
    if (text.length() > 2 && text.charAt(0) == '0') {
      char kind = text.charAt(1);
      if (kind == 'o' && isAll(text, 2, 8)) {
        return radix(text, 8);
      }
      if (kind == 'x' && isAll(text, 2, 16)) {
        return radix(text, 16);
      }
    }
    int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
    int wholeEnd = digitsEnd(text, at);
    int digits = wholeEnd - at;
    int end = wholeEnd;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(text, wholeEnd + 1);
      digits += end - wholeEnd - 1;
    }
    if (digits == 0) {
      return notFinite(text, at);
    }
    int mantissaEnd = end;
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      end = digitsEnd(text, exponent);
      if (end == exponent) {
        return text;
      }
      if (end == text.length() && end - exponent > LARGEST_EXPONENT_DIGITS) {
        throw new NumberFormatException("the exponent of this number is too large");
      }
    }
    if (end < text.length()) {
      return text;
    }
    checkDigits(mantissaEnd);
    return Numbers.parse(text);
  }

  private static Object radix(String text, int radix) {
    checkDigits(text.length() - 2);
    return Numbers.integer(new BigInteger(text.substring(2), radix));
  }

  private static void checkDigits(int digits) {
    if (digits > MOST_DIGITS) {
      throw new NumberFormatException(
          "a number may have " + MOST_DIGITS + " digits, not " + digits);
    }
  }

  private static Object notFinite(String text, int at) {
    String rest = text.substring(at);
    boolean infinite = rest.equals(".inf") || rest.equals(".Inf") || rest.equals(".INF");
    boolean none = at == 0 && (rest.equals(".nan") || rest.equals(".NaN") || rest.equals(".NAN"));
    if (infinite || none) {
      throw new NumberFormatException(text + " is not a finite number");
    }
    return text;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean isAll(String text, int from, int radix) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }
}

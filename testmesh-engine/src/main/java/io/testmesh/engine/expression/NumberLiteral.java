package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The value of digits that stand in an expression. */
final class NumberLiteral {
  private NumberLiteral() {}

  /**
   * A whole number, or a double; a decimal number where a double cannot hold it.
   *
   * @throws NumberFormatException when the digits are no number
   */
  static Object parse(String text) {
    String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
    char second = digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : ' ';
    boolean prefixed = digits.charAt(0) == '0';
    if (prefixed && second == 'x') {
      return whole(digits, 16);
    }
    if (isDecimal(digits)) {
      double value = Double.parseDouble(digits);
      return Double.isInfinite(value) ? (Object) new BigDecimal(digits) : value;
    }
    if (prefixed && (second == 'b' || second == 'o')) {
      return whole(digits, second == 'b' ? 2 : 8);
    }
    return digits.length() < 19
        ? (Object) Long.parseLong(digits)
        : Numbers.integer(new BigInteger(digits));
  }

  private static Number whole(String digits, int radix) {
    return Numbers.integer(new BigInteger(digits.substring(2), radix));
  }

  private static boolean isDecimal(String digits) {
    return digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0;
  }

  /** The digits of a decimal number that its double does not keep, or null when it keeps them. */
  static @Nullable BigDecimal exact(String text, Object value) {
    if (text.length() < 17 || !(value instanceof Double number)) {
      return null;
    }
    BigDecimal exact = new BigDecimal(text.replace("_", ""));
    return exact.compareTo(Numbers.shortest(number)) == 0 ? null : exact;
  }
}

package io.testmesh.engine.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exact comparison and reading of numbers, whatever their Java types are. */
public final class Numbers {
  /** Every whole number up to this one is exact as a double. */
  private static final long MOST_EXACT = 1L << 53;

  private Numbers() {}

  /**
   * Compares by value: {@code 1}, {@code 1.0} and {@code 1.00} are the same. Neither number may be
   * infinite or NaN.
   */
  public static int compare(Number left, Number right) {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (left instanceof Double a && right instanceof Double b) {
      double x = a;
      double y = b;
      return x < y ? -1 : x > y ? 1 : 0;
    }
    if (left instanceof Long a && right instanceof Double b && isExactAsDouble(a)) {
      double x = a;
      double y = b;
      return x < y ? -1 : x > y ? 1 : 0;
    }
    if (left instanceof Double && right instanceof Long) {
      return -compare(right, left);
    }
    return decimal(left).compareTo(decimal(right));
  }

  /** Whether both numbers have the same value. */
  public static boolean equal(Number left, Number right) {
    return compare(left, right) == 0;
  }

  /** A hash that is the same for numbers of the same value. */
  public static int hash(Number number) {
    if (number instanceof Long whole && isExactAsDouble(whole)) {
      return Double.hashCode(whole);
    }
    if (number instanceof Double value) {
      return Double.hashCode(value == 0.0 ? 0.0 : value);
    }
    return Double.hashCode(number.doubleValue());
  }

  /** Whether the number is a whole one by its type: not {@code 1.0}. */
  public static boolean isInteger(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof BigInteger
        || value instanceof Short
        || value instanceof Byte;
  }

  /** The number with all its digits; a double as its shortest text. */
  public static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal value) {
      return value;
    }
    if (number instanceof BigInteger value) {
      return new BigDecimal(value);
    }
    if (number instanceof Double || number instanceof Float) {
      return shortest(number.doubleValue());
    }
    return BigDecimal.valueOf(number.longValue());
  }

  /** A Long where it fits, else the number itself. */
  public static Number integer(BigInteger value) {
    return value.bitLength() < 64 ? (Number) value.longValue() : value;
  }

  /**
   * Reads a JSON number (RFC 8259, section 6) without losing digits: whole numbers as Long or
   * BigInteger, others as Double where that keeps every digit, else as BigDecimal.
   *
   * @throws NumberFormatException when the text is no number
   */
  public static Number parse(String text) {
    if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      return text.length() < 19 ? (Number) Long.parseLong(text) : integer(new BigInteger(text));
    }
    double value = Double.parseDouble(text);
    // Up to 15 digits survive the way through a double (IEEE 754), unless the exponent is extreme.
    if (text.length() <= 16 && Math.abs(value) >= 1e-300 && Math.abs(value) <= 1e300) {
      return value;
    }
    BigDecimal exact = new BigDecimal(text);
    return !Double.isInfinite(value) && shortest(value).compareTo(exact) == 0
        ? (Number) value
        : exact;
  }

  /** The decimal number with the fewest digits that reads as the same double. */
  public static BigDecimal shortest(double value) {
    BigDecimal usual = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    // Double.toString gives two digits at least, and before Java 19 sometimes one too many
    // (JDK-4511638).
    if (usual.precision() == 2 || usual.precision() > 15) {
      BigDecimal exact = new BigDecimal(value);
      BigDecimal shorter =
          exact.round(new MathContext(usual.precision() - 1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() == value) {
        return shorter.stripTrailingZeros();
      }
    }
    return usual;
  }

  private static boolean isExactAsDouble(long value) {
    return value >= -MOST_EXACT && value <= MOST_EXACT;
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Calculation. Whole numbers never wrap around; decimal numbers are doubles, as in expr-lang,
 * unless the data holds one that is no double. What would not be a finite number is an error.
 */
final class Arithmetic {
  private static final int MOST_BITS = 1 << 17;
  private static final int MOST_SCALE = 20_000;

  private Arithmetic() {}

  static Object add(Evaluation e, Node at, @Nullable Object a, @Nullable Object b)
      throws ExpressionException {
    if (a instanceof Long x && b instanceof Long y) {
      long sum = x + y;
      return ((x ^ sum) & (y ^ sum)) >= 0
          ? (Object) sum
          : BigInteger.valueOf(x).add(BigInteger.valueOf(y));
    }
    if (a instanceof Double x && b instanceof Double y) {
      return finite(at, x + y);
    }
    if (a instanceof String x && b instanceof String y) {
      e.characters(at, (long) x.length() + y.length());
      return x.concat(y);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return calculate(at, '+', x, y);
    }
    Object time = TimeArithmetic.add(at, a, b);
    if (time == null) {
      throw refused(at, "added to", b, a, a, b);
    }
    return time;
  }

  static Object subtract(Node at, @Nullable Object a, @Nullable Object b)
      throws ExpressionException {
    if (a instanceof Long x && b instanceof Long y) {
      long difference = x - y;
      return ((x ^ y) & (x ^ difference)) >= 0
          ? (Object) difference
          : BigInteger.valueOf(x).subtract(BigInteger.valueOf(y));
    }
    if (a instanceof Double x && b instanceof Double y) {
      return finite(at, x - y);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return calculate(at, '-', x, y);
    }
    Object time = TimeArithmetic.subtract(at, a, b);
    if (time == null) {
      throw refused(at, "subtracted from", b, a, null, null);
    }
    return time;
  }

  static Object multiply(Node at, @Nullable Object a, @Nullable Object b)
      throws ExpressionException {
    if (a instanceof Double x && b instanceof Double y) {
      return finite(at, x * y);
    }
    if (a instanceof Long x && b instanceof Long y) {
      long high = Math.multiplyHigh(x, y);
      long low = x * y;
      return high == low >> 63
          ? (Object) low
          : BigInteger.valueOf(x).multiply(BigInteger.valueOf(y));
    }
    if (a instanceof Number x && b instanceof Number y) {
      return calculate(at, '*', x, y);
    }
    Object time = TimeArithmetic.multiply(at, a, b);
    if (time == null) {
      throw refused(at, "multiplied by", a, b, null, null);
    }
    return time;
  }

  /** Always a decimal number. */
  static Object divide(Node at, @Nullable Object a, @Nullable Object b) throws ExpressionException {
    if (!(a instanceof Number x && b instanceof Number y)) {
      throw refused(at, "divided by", a, b, null, null);
    }
    if (isZero(y)) {
      throw at.failure("division by zero");
    }
    if (x instanceof BigDecimal || y instanceof BigDecimal) {
      return bounded(at, exact(x).divide(exact(y), MathContext.DECIMAL128));
    }
    return finite(at, x.doubleValue() / y.doubleValue());
  }

  /** Whole numbers only; the sign is that of the left side. */
  static Object remainder(Node at, @Nullable Object a, @Nullable Object b)
      throws ExpressionException {
    Object x = plain(a);
    Object y = plain(b);
    if (!Numbers.isInteger(whole(x)) || !Numbers.isInteger(whole(y))) {
      throw at.failure("% wants two whole numbers, got " + Words.of(a) + " and " + Words.of(b));
    }
    if (isZero((Number) whole(y))) {
      throw at.failure("division by zero");
    }
    if (x instanceof Long left && y instanceof Long right) {
      return left % right;
    }
    return Numbers.integer(big((Number) whole(x)).remainder(big((Number) whole(y))));
  }

  /** Always a decimal number. */
  static Object power(Node at, @Nullable Object a, @Nullable Object b) throws ExpressionException {
    if (!(a instanceof Number x && b instanceof Number y)) {
      throw at.failure("** wants two numbers, got " + Words.of(a) + " and " + Words.of(b));
    }
    return finite(at, GoPower.of(x.doubleValue(), y.doubleValue()));
  }

  static Object negate(Node at, @Nullable Object value) throws ExpressionException {
    if (value instanceof Long number) {
      return number == Long.MIN_VALUE ? BigInteger.valueOf(number).negate() : (Object) (-number);
    }
    if (value instanceof Double number) {
      return -number;
    }
    if (value instanceof BigInteger number) {
      return Numbers.integer(number.negate());
    }
    if (value instanceof BigDecimal number) {
      return number.negate();
    }
    if (value instanceof CalendarName name) {
      return -name.longValue();
    }
    throw at.failure("- wants a number, got " + Words.of(value));
  }

  /** The number, or an error where it is none. */
  static Object finite(Node at, double value) throws ExpressionException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw at.failure(
          Double.isNaN(value) ? "the result is not a number" : "the result is too large a number");
    }
    return value;
  }

  /** Adds numbers and nothing else. */
  static Number sum(Node at, Number total, @Nullable Object item) throws ExpressionException {
    if (total instanceof Long x && item instanceof Long y) {
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        return sum;
      }
    }
    if (item instanceof Number number) {
      return (Number) calculate(at, '+', total, number);
    }
    throw at.failure("a sum wants numbers, got " + Words.of(item));
  }

  private static Object calculate(Node at, char operator, Number left, Number right)
      throws ExpressionException {
    Number a = (Number) plainNumber(left);
    Number b = (Number) plainNumber(right);
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return bounded(at, apply(at, operator, exact(a), exact(b)));
    }
    if (a instanceof Double || b instanceof Double) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return finite(at, operator == '+' ? x + y : operator == '-' ? x - y : x * y);
    }
    BigInteger x = big(a);
    BigInteger y = big(b);
    if ((long) x.bitLength() + y.bitLength() > MOST_BITS) {
      throw at.failure("the result is too large a number");
    }
    return Numbers.integer(
        operator == '+' ? x.add(y) : operator == '-' ? x.subtract(y) : x.multiply(y));
  }

  private static BigDecimal apply(Node at, char operator, BigDecimal x, BigDecimal y)
      throws ExpressionException {
    if (operator != '*' && Math.abs((long) x.scale() - y.scale()) > MOST_SCALE) {
      throw at.failure("the result has too many digits");
    }
    try {
      return operator == '+' ? x.add(y) : operator == '-' ? x.subtract(y) : x.multiply(y);
    } catch (ArithmeticException overflow) {
      throw at.failure("the result is too large a number");
    }
  }

  private static BigDecimal bounded(Node at, BigDecimal value) throws ExpressionException {
    if (value.unscaledValue().bitLength() > MOST_BITS) {
      throw at.failure("the result has too many digits");
    }
    return value;
  }

  /** The digits that people see of a double, not those of its binary form. */
  private static BigDecimal exact(Number number) {
    return Numbers.decimal(number);
  }

  static BigInteger big(Number number) {
    return number instanceof BigInteger value ? value : BigInteger.valueOf(number.longValue());
  }

  private static boolean isZero(Number number) {
    if (number instanceof BigDecimal value) {
      return value.signum() == 0;
    }
    return number instanceof BigInteger value ? value.signum() == 0 : number.doubleValue() == 0;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Number number ? plainNumber(number) : value;
  }

  private static Object plainNumber(Number number) {
    return number instanceof Long || number instanceof Double || !(number instanceof CalendarName)
        ? number
        : (Object) number.longValue();
  }

  private static Object whole(@Nullable Object value) {
    return value == null ? "" : value;
  }

  private static ExpressionException refused(
      Node at,
      String what,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object left,
      @Nullable Object right) {
    boolean joins =
        left instanceof String && right instanceof Number
            || left instanceof Number && right instanceof String;
    return at.failure(
        Words.of(first) + " cannot be " + what + " " + Words.of(second),
        joins ? "string(…) makes a text of a number" : null);
  }

  /** The time that much later. */
  static ZonedDateTime shifted(Node at, ZonedDateTime time, Duration by)
      throws ExpressionException {
    try {
      return time.plus(by);
    } catch (DateTimeException | ArithmeticException outOfRange) {
      throw at.failure("the time is out of range");
    }
  }

  /** Calculation with times and durations; null where the types do not fit. */
  private static final class TimeArithmetic {
    private TimeArithmetic() {}

    static @Nullable Object add(Node at, @Nullable Object a, @Nullable Object b)
        throws ExpressionException {
      if (a instanceof ZonedDateTime time && b instanceof Duration duration) {
        return Arithmetic.shifted(at, time, duration);
      }
      if (a instanceof Duration duration && b instanceof ZonedDateTime time) {
        return Arithmetic.shifted(at, time, duration);
      }
      return a instanceof Duration x && b instanceof Duration y ? shifted(at, x, y) : null;
    }

    static @Nullable Object subtract(Node at, @Nullable Object a, @Nullable Object b)
        throws ExpressionException {
      if (a instanceof ZonedDateTime x && b instanceof ZonedDateTime y) {
        return Duration.between(y, x);
      }
      if (b instanceof Duration duration) {
        Duration back = scaled(at, duration, -1L);
        if (a instanceof ZonedDateTime time) {
          return Arithmetic.shifted(at, time, back);
        }
        return a instanceof Duration x ? shifted(at, x, back) : null;
      }
      return null;
    }

    static @Nullable Object multiply(Node at, @Nullable Object a, @Nullable Object b)
        throws ExpressionException {
      if (a instanceof Duration duration && b instanceof Number number) {
        return scaled(at, duration, number);
      }
      return b instanceof Duration duration && a instanceof Number number
          ? scaled(at, duration, number)
          : null;
    }

    private static Duration shifted(Node at, Duration duration, Duration by)
        throws ExpressionException {
      try {
        return negatable(duration.plus(by));
      } catch (ArithmeticException outOfRange) {
        throw at.failure("the duration is out of range");
      }
    }

    private static Duration scaled(Node at, Duration duration, Number by)
        throws ExpressionException {
      try {
        if (by instanceof Long factor) {
          return negatable(duration.multipliedBy(factor));
        }
        BigDecimal nanos =
            BigDecimal.valueOf(duration.getSeconds())
                .movePointRight(9)
                .add(BigDecimal.valueOf(duration.getNano()))
                .multiply(exact(by));
        BigInteger[] parts =
            nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return negatable(Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact()));
      } catch (ArithmeticException outOfRange) {
        throw at.failure("the duration is out of range");
      }
    }

    /** The duration, unless it is the one without a positive counterpart. */
    private static Duration negatable(Duration duration) {
      if (duration.toSeconds() == Long.MIN_VALUE) {
        throw new ArithmeticException("too long");
      }
      return duration;
    }
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class NumberFunction extends Function {
  private static final int MOST_DIGITS = 1000;

  NumberFunction(String name, int least, int most) {
    super(name, least, most);
  }

  @Override
  @Nullable Object call(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    return switch (name) {
      case "abs" -> absolute(at, arguments);
      case "ceil", "floor", "round" -> rounded(at, arguments);
      case "int" -> toInt(at, arguments);
      case "float" -> toFloat(at, arguments);
      case "max", "min" -> extreme(e, at, arguments, name.equals("max"));
      case "mean", "median" -> middle(e, at, arguments);
      case "bitnot" -> ~whole(at, arguments, 0);
      default -> bits(at, whole(at, arguments, 0), whole(at, arguments, 1));
    };
  }

  private Object absolute(Call at, @Nullable Object[] arguments) throws ExpressionException {
    if (!(arguments[0] instanceof Number number)) {
      throw wrong(at, arguments, 0, "a number");
    }
    boolean negative = number instanceof Double value ? value < 0 : Numbers.compare(number, 0L) < 0;
    return negative ? Arithmetic.negate(at, number) : number;
  }

  private Object rounded(Call at, @Nullable Object[] arguments) throws ExpressionException {
    if (arguments[0] instanceof BigDecimal number) {
      RoundingMode mode =
          switch (name) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_UP;
          };
      return number.scale() <= 0 ? number : number.setScale(0, mode);
    }
    if (!(arguments[0] instanceof Number number)) {
      throw wrong(at, arguments, 0, "a number");
    }
    double value = number.doubleValue();
    return Arithmetic.finite(
        at,
        switch (name) {
          case "ceil" -> Math.ceil(value);
          case "floor" -> Math.floor(value);
          default -> half(value);
        });
  }

  /** Half away from zero, as Go's math.Round. */
  private static double half(double value) {
    double size = Math.abs(value);
    double floor = Math.floor(size);
    return Math.copySign(size - floor >= 0.5 ? floor + 1 : floor, value);
  }

  private Object toInt(Call at, @Nullable Object[] arguments) throws ExpressionException {
    Object value = arguments[0];
    if (value instanceof String text) {
      Number number = digits(text);
      if (number == null) {
        throw at.argument(0).failure("int wants a whole number, got " + Words.of(text));
      }
      return number;
    }
    if (value instanceof Duration duration) {
      return GoDuration.count(duration, 1);
    }
    if (value instanceof Double number) {
      return Math.abs(number) < 1e18
          ? (Object) (long) (double) number
          : Numbers.integer(new BigDecimal(number).toBigInteger());
    }
    if (value instanceof BigDecimal number) {
      if (number.precision() - (long) number.scale() > MOST_DIGITS) {
        throw at.argument(0).failure("the number is too large for int");
      }
      return Numbers.integer(number.toBigInteger());
    }
    if (value instanceof CalendarName number) {
      return number.longValue();
    }
    if (value instanceof Number) {
      return value;
    }
    throw wrong(at, arguments, 0, "a number or a text");
  }

  private static @Nullable Number digits(String text) {
    int from = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
    if (from == text.length() || text.length() > MOST_DIGITS) {
      return null;
    }
    for (int i = from; i < text.length(); i++) {
      if (!Lexer.isDigit(text.charAt(i))) {
        return null;
      }
    }
    return Numbers.integer(new BigInteger(text));
  }

  private Object toFloat(Call at, @Nullable Object[] arguments) throws ExpressionException {
    Object value = arguments[0];
    if (value instanceof String text) {
      if (!isDecimal(text)) {
        throw at.argument(0).failure("float wants a number, got " + Words.of(text));
      }
      return Arithmetic.finite(at, Double.parseDouble(text));
    }
    if (value instanceof Double || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof Number number) {
      return Arithmetic.finite(at, number.doubleValue());
    }
    throw wrong(at, arguments, 0, "a number or a text");
  }

  /** Digits with point and exponent, and nothing else that Java would take. */
  private static boolean isDecimal(String text) {
    int digits = 0;
    int at = 0;
    if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    boolean point = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Lexer.isDigit(c)) {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits > 0 && at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
      at++;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      int exponent = at;
      while (at < text.length() && Lexer.isDigit(text.charAt(at))) {
        at++;
      }
      digits = at > exponent ? digits : 0;
    }
    return digits > 0 && at == text.length();
  }

  private @Nullable Object extreme(
      Evaluation e, Call at, @Nullable Object[] arguments, boolean largest)
      throws ExpressionException {
    @Nullable Object best = null;
    for (Object argument : arguments) {
      Object value = argument;
      if (argument instanceof List<?> list) {
        if (list.isEmpty()) {
          continue;
        }
        e.step(at, list.size());
        value = extreme(e, at, list.toArray(), largest);
        if (value == null) {
          throw at.failure(name + " wants numbers, got an empty list in a list");
        }
      }
      if (!(value instanceof Number
          || value instanceof Duration
          || value instanceof ZonedDateTime)) {
        throw at.failure(name + " wants numbers, got " + Words.of(value));
      }
      int order = best == null ? 1 : Comparing.compare(at, value, best);
      if (best == null || (largest ? order > 0 : order < 0)) {
        best = value;
      }
    }
    return best;
  }

  private Object middle(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    List<Double> numbers = new ArrayList<>();
    collect(e, at, arguments, numbers);
    if (numbers.isEmpty()) {
      return 0.0;
    }
    int size = numbers.size();
    if (name.equals("mean")) {
      double total = 0;
      for (double number : numbers) {
        total += number;
      }
      return Arithmetic.finite(at, total / size);
    }
    Collections.sort(numbers);
    double upper = numbers.get(size / 2);
    return size % 2 == 1
        ? (Object) upper
        : Arithmetic.finite(at, (numbers.get(size / 2 - 1) + upper) / 2);
  }

  private void collect(Evaluation e, Call at, @Nullable Object[] values, List<Double> numbers)
      throws ExpressionException {
    e.step(at, values.length);
    for (Object value : values) {
      if (value instanceof List<?> list) {
        collect(e, at, list.toArray(), numbers);
      } else if (value instanceof Number number) {
        numbers.add(number.doubleValue());
      } else {
        throw at.failure(name + " wants numbers, got " + Words.of(value));
      }
    }
  }

  /** Like Go's operators on 64 bits. */
  private Object bits(Call at, long x, long y) throws ExpressionException {
    if (name.startsWith("bitsh") || name.equals("bitushr")) {
      if (y < 0) {
        throw at.argument(1).failure(name + " wants 0 or more bits, got " + y);
      }
      boolean all = y >= Long.SIZE;
      return switch (name) {
        case "bitshl" -> all ? 0L : x << y;
        case "bitshr" -> x >> (all ? Long.SIZE - 1 : y);
        default -> all ? 0L : x >>> y;
      };
    }
    return switch (name) {
      case "bitand" -> x & y;
      case "bitor" -> x | y;
      case "bitxor" -> x ^ y;
      default -> x & ~y;
    };
  }
}

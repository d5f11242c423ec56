package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversions of values that a flow writes. */
public final class Values {
  private static final String[] SIZE_UNITS = {"b", "kb", "kib", "mb", "mib", "gb", "gib"};
  private static final long[] SIZE_FACTORS = {
    1, 1000, 1L << 10, 1_000_000, 1L << 20, 1_000_000_000, 1L << 30
  };
  private static final String[] TIME_UNITS = {"ms", "s", "m", "h", "d"};
  private static final long[] TIME_FACTORS = {1, 1000, 60_000, 3_600_000, 86_400_000};

  private Values() {}

  /**
   * A text, number or boolean as text; a number without exponent.
   *
   * @param what how the value is called in the message
   * @throws ActionException code {@code invalid_value} for anything else
   */
  public static String text(@Nullable Object value, String what) throws ActionException {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Double || value instanceof BigDecimal) {
      return new BigDecimal(value.toString()).toPlainString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new ActionException(
        ActionException.INVALID_VALUE,
        "\"" + what + "\" wants a text, a number, true or false, got " + kind(value));
  }

  /** What a value is, in words, such as {@code a map}. */
  public static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof Iterable) {
      return "a list";
    }
    return value instanceof Number ? "a number" : value instanceof Boolean ? "a boolean" : "a text";
  }

  /**
   * A size in bytes: a whole number, or a text such as {@code 16MiB} (1024 * 1024) or {@code 5MB}
   * (1000 * 1000).
   *
   * @throws ActionException code {@code invalid_value}
   */
  public static long byteSize(@Nullable Object value, String what) throws ActionException {
    String text = value == null ? "null" : value.toString().trim();
    int digits = digits(text, 0);
    String unit = text.substring(digits).trim().toLowerCase(Locale.ROOT);
    if (digits > 0 && digits <= 15) {
      long number = Long.parseLong(text.substring(0, digits));
      for (int i = 0; i < SIZE_UNITS.length; i++) {
        if (unit.equals(SIZE_UNITS[i]) || unit.isEmpty()) {
          return Math.multiplyExact(number, SIZE_FACTORS[unit.isEmpty() ? 0 : i]);
        }
      }
    }
    throw new ActionException(
        ActionException.INVALID_VALUE,
        "\"" + what + "\" wants a number of bytes or a size such as 16MiB, got \"" + text + "\"");
  }

  /**
   * A duration: a number of milliseconds, or a text such as {@code 250ms} or {@code 1h30m}.
   *
   * @throws ActionException code {@code invalid_value}
   */
  public static Duration duration(@Nullable Object value, String what) throws ActionException {
    String text = value == null ? "null" : value.toString().trim();
    long millis = 0;
    int at = 0;
    while (at < text.length()) {
      int end = digits(text, at);
      int unitEnd = end;
      while (unitEnd < text.length() && Character.isLetter(text.charAt(unitEnd))) {
        unitEnd++;
      }
      long factor = timeFactor(text.substring(end, unitEnd), at == 0 && end == text.length());
      if (end == at || end - at > 12 || factor < 0) {
        at = -1;
        break;
      }
      millis += Long.parseLong(text.substring(at, end)) * factor;
      at = unitEnd;
    }
    if (at <= 0) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"" + what + "\" wants a duration such as 30s or 250ms, got \"" + text + "\"");
    }
    return Duration.ofMillis(millis);
  }

  /**
   * A whole number within bounds.
   *
   * @throws ActionException code {@code invalid_value} for anything else
   */
  public static int whole(@Nullable Object value, String what, int least, int most)
      throws ActionException {
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.intValue();
    }
    throw new ActionException(
        ActionException.INVALID_VALUE,
        "\"" + what + "\" wants a whole number from " + least + " to " + most + ", got " + value);
  }

  private static long timeFactor(String unit, boolean alone) {
    for (int i = 0; i < TIME_UNITS.length; i++) {
      if (unit.equals(TIME_UNITS[i])) {
        return TIME_FACTORS[i];
      }
    }
    return unit.isEmpty() && alone ? 1 : -1;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

package io.testmesh.engine.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads and shows durations: {@code 250ms}, {@code 1.5s}, {@code 1h30m}; a bare number is
 * milliseconds.
 */
public final class Durations {
  /** What to say where a duration was expected. */
  public static final String WANTED = "a duration such as 30s or 250ms";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_NANOS = Duration.ofDays(36_500).toNanos();
  private static final int MOST_CHARACTERS = 40;
  private static final String[] UNITS = {"h", "m", "s", "ms"};
  private static final long[] NANOS = {
    3_600_000 * NANOS_PER_MILLI, 60_000 * NANOS_PER_MILLI, 1000 * NANOS_PER_MILLI, NANOS_PER_MILLI
  };

  private Durations() {}

  /**
   * Reads a text or a number of milliseconds.
   *
   * @param value a JSON-like value
   * @return the duration; null when the value is none, is negative, or is longer than 100 years
   */
  public static @Nullable Duration parse(@Nullable Object value) {
    if (value instanceof Number number) {
      return nanos(Numbers.decimal(number), NANOS_PER_MILLI);
    }
    return value instanceof String text && text.length() <= MOST_CHARACTERS ? parse(text) : null;
  }

  private static @Nullable Duration parse(String text) {
    Duration sum = Duration.ZERO;
    int unit = -1;
    int at = 0;
    do {
      int numberEnd = numberEnd(text, at);
      if (numberEnd == at) {
        return null;
      }
      BigDecimal number = new BigDecimal(text.substring(at, numberEnd));
      if (numberEnd == text.length()) {
        return at == 0 ? nanos(number, NANOS_PER_MILLI) : null;
      }
      int unitEnd = unitEnd(text, numberEnd);
      int next = unit(text.substring(numberEnd, unitEnd));
      Duration part = next > unit ? nanos(number, NANOS[next]) : null;
      if (part == null) {
        return null;
      }
      sum = sum.plus(part);
      unit = next;
      at = unitEnd;
    } while (at < text.length());
    return sum;
  }

  private static @Nullable Duration nanos(BigDecimal number, long unit) {
    if (number.signum() < 0 || number.precision() - number.scale() > 18) {
      return null;
    }
    BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.HALF_UP);
    return nanos.compareTo(BigDecimal.valueOf(LONGEST_NANOS)) > 0
        ? null
        : Duration.ofNanos(nanos.longValue());
  }

  private static int numberEnd(String text, int from) {
    int at = digitsEnd(text, from);
    boolean fraction = at > from && at < text.length() && text.charAt(at) == '.';
    int end = fraction ? digitsEnd(text, at + 1) : at;
    return fraction && end == at + 1 ? from : end;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static int unitEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
      at++;
    }
    return at;
  }

  private static int unit(String name) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The duration as a flow would write it, such as {@code 1h30m}; parts below 1 ms are left out.
   */
  public static String render(Duration duration) {
    long left = duration.toNanos();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      long count = left / NANOS[i];
      if (count > 0) {
        text.append(count).append(UNITS[i]);
        left -= count * NANOS[i];
      }
    }
    return text.length() == 0 ? "0ms" : text.toString();
  }
}

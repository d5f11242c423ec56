package io.testmesh.plugin.manifest;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code start_timeout}: a number of seconds, or a text such as {@code 1m30s}. */
final class StartLimit {
  private static final Duration LONGEST = Duration.ofHours(1);

  private StartLimit() {}

  /** The duration, above zero and up to an hour; null when the value is none. */
  static @Nullable Duration of(@Nullable Object value) {
    Duration duration =
        value instanceof Number number
            ? seconds(number)
            : value instanceof String text ? text(text.strip()) : null;
    return duration == null
            || duration.isZero()
            || duration.isNegative()
            || duration.compareTo(LONGEST) > 0
        ? null
        : duration;
  }

  private static @Nullable Duration seconds(Number number) {
    double value = number.doubleValue();
    return value > 0 && value <= LONGEST.toSeconds()
        ? Duration.ofMillis(Math.round(value * 1000))
        : null;
  }

  private static @Nullable Duration text(String text) {
    Duration sum = Duration.ZERO;
    int at = 0;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      Duration part = part(text.substring(number, unit), text.substring(unit, at));
      if (part == null) {
        return null;
      }
      sum = sum.plus(part);
    }
    return sum;
  }

  private static @Nullable Duration part(String number, String unit) {
    if (number.isEmpty() || number.length() > 9 || !isDigit(number.charAt(0))) {
      return null;
    }
    long millis =
        switch (unit) {
          case "ms" -> 1;
          case "s", "" -> 1000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    try {
      BigDecimal exact = new BigDecimal(number).multiply(BigDecimal.valueOf(millis));
      return millis == 0 ? null : Duration.ofMillis(exact.longValue());
    } catch (NumberFormatException twoPoints) {
      return null;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

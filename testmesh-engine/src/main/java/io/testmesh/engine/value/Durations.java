package io.testmesh.engine.value;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads durations: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h30m}, or a number of ms. */
public final class Durations {
  private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();

  private Durations() {}

  /** The duration, or null when the value is none. */
  public static @Nullable Duration find(@Nullable Object value) {
    if (value instanceof Long millis) {
      return millis >= 0 && millis <= LONGEST_MILLIS ? Duration.ofMillis(millis) : null;
    }
    return value instanceof String text ? parse(text) : null;
  }

  private static @Nullable Duration parse(String text) {
    long total = 0;
    long number = -1;
    int order = 5;
    boolean any = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = (number < 0 ? 0 : number) * 10 + (c - '0');
        if (number > LONGEST_MILLIS) {
          return null;
        }
        continue;
      }
      if (number < 0) {
        return null;
      }
      boolean millis = c == 'm' && i + 1 < text.length() && text.charAt(i + 1) == 's';
      int unitOrder = millis ? 1 : c == 's' ? 2 : c == 'm' ? 3 : c == 'h' ? 4 : 9;
      if (unitOrder >= order) {
        return null;
      }
      order = unitOrder;
      total += number * (millis ? 1 : c == 's' ? 1_000 : c == 'm' ? 60_000 : 3_600_000);
      if (total > LONGEST_MILLIS) {
        return null;
      }
      number = -1;
      any = true;
      i += millis ? 1 : 0;
    }
    if (number >= 0) {
      // A bare number is milliseconds; a number behind a unit is a typing error.
      return any ? null : Duration.ofMillis(number);
    }
    return any ? Duration.ofMillis(total) : null;
  }

  /** The duration as a flow would write it, such as {@code 1h30m} or {@code 250ms}. */
  public static String render(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0ms";
    }
    StringBuilder text = new StringBuilder();
    append(text, millis / 3_600_000, "h");
    append(text, millis / 60_000 % 60, "m");
    append(text, millis / 1000 % 60, "s");
    append(text, millis % 1000, "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}

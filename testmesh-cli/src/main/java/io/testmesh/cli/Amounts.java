package io.testmesh.cli;

import java.time.Duration;

/** Reads numbers, durations and sizes of options. */
final class Amounts {
  private static final String[] TIME_UNITS = {"ms", "s", "m", "h", "d"};
  private static final long[] MILLIS = {1, 1000, 60_000, 3_600_000, 86_400_000};
  private static final String[] SIZE_UNITS = {"b", "kb", "mb", "gb", "kib", "mib", "gib"};
  private static final long[] BYTES = {
    1, 1000, 1_000_000, 1_000_000_000, 1 << 10, 1 << 20, 1 << 30
  };

  private Amounts() {}

  /** Reads {@code 250ms}, {@code 1h30m} or a bare number of milliseconds; must not be zero. */
  static Duration duration(String option, String text) throws UsageException {
    long millis = amount(text, TIME_UNITS, MILLIS);
    if (millis < 1) {
      throw new UsageException(
          option + " wants a duration such as 30s or 5m, not \"" + text + "\"");
    }
    return Duration.ofMillis(millis);
  }

  /** Reads {@code 5MB} or a bare number of bytes; must not be zero. */
  static long size(String option, String text) throws UsageException {
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      lower.append(Character.toLowerCase(text.charAt(i)));
    }
    long bytes = amount(lower.toString(), SIZE_UNITS, BYTES);
    if (bytes < 1) {
      throw new UsageException(option + " wants a size such as 5MB, not \"" + text + "\"");
    }
    return bytes;
  }

  /** Reads a whole number of at least some size. */
  static int count(String option, String text, int least) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below says what is wanted.
    }
    throw new UsageException(
        option + " wants a whole number from " + least + ", not \"" + text + "\"");
  }

  /** Adds up numbers with units; a bare number is in the first unit; -1 for anything else. */
  private static long amount(String text, String[] units, long[] factors) {
    long sum = 0;
    int position = 0;
    do {
      int digits = position;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && !isDigit(text.charAt(end))) {
        end++;
      }
      if (digits == position || digits - position > 12) {
        return -1;
      }
      String unit = text.substring(digits, end);
      int index = unit.isEmpty() && position == 0 ? 0 : indexOf(unit, units);
      if (index < 0) {
        return -1;
      }
      sum += Long.parseLong(text.substring(position, digits)) * factors[index];
      position = end;
    } while (position < text.length());
    return sum;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int indexOf(String unit, String[] units) {
    for (int i = 0; i < units.length; i++) {
      if (units[i].equals(unit)) {
        return i;
      }
    }
    return -1;
  }
}

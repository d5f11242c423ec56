package io.testmesh.report;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Instants as reports show them. */
final class InstantText {
  private InstantText() {}

  /** The instant as ISO 8601 in UTC, always with three digits after the second. */
  static String of(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    padded(text, time.getYear(), 4).append('-');
    padded(text, time.getMonthValue(), 2).append('-');
    padded(text, time.getDayOfMonth(), 2).append('T');
    padded(text, time.getHour(), 2).append(':');
    padded(text, time.getMinute(), 2).append(':');
    padded(text, time.getSecond(), 2).append('.');
    return padded(text, time.getNano() / 1_000_000, 3).append('Z').toString();
  }

  private static StringBuilder padded(StringBuilder to, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      to.append('0');
    }
    return to.append(digits);
  }
}

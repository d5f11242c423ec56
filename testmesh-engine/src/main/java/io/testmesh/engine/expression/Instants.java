package io.testmesh.engine.expression;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** ISO 8601 instants: date, time of day and offset, such as {@code 2024-01-01T00:00:00+01:00}. */
final class Instants {
  private static final int SHORTEST = "2024-01-01T00:00Z".length();

  private Instants() {}

  /** A point in time. */
  record Moment(long second, int nano) implements Comparable<Moment> {
    @Override
    public int compareTo(Moment other) {
      int seconds = Long.compare(second, other.second);
      return seconds != 0 ? seconds : Integer.compare(nano, other.nano);
    }
  }

  /** Whether it is worth parsing; cheap. */
  static boolean mayBe(String text) {
    return text.length() >= SHORTEST
        && text.charAt(10) == 'T'
        && text.charAt(4) == '-'
        && text.charAt(7) == '-';
  }

  /** Whether both are instants and the same one. */
  static boolean equal(String left, String right) {
    Moment a = parse(left);
    return a != null && a.equals(parse(right));
  }

  /** The instant that a time or a text is, or null. */
  static @Nullable Moment of(@Nullable Object value) {
    if (value instanceof ZonedDateTime time) {
      return new Moment(time.toEpochSecond(), time.getNano());
    }
    return value instanceof String text ? parse(text) : null;
  }

  /** The instant, or null when the text is none. */
  static @Nullable Moment parse(String text) {
    if (!mayBe(text)) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = text.charAt(13) == ':' ? number(text, 14, 2) : -1;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return null;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return null;
    }
    int second = 0;
    int nano = 0;
    int at = 16;
    if (text.charAt(at) == ':') {
      second = number(text, at + 1, 2);
      at += 3;
      if (second < 0 || second > 59) {
        return null;
      }
      if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
        int digits = digits(text, at + 1);
        if (digits == 0) {
          return null;
        }
        nano = fraction(text, at + 1, digits);
        at += 1 + digits;
      }
    }
    int offset = offset(text, at);
    if (offset == Integer.MIN_VALUE) {
      return null;
    }
    long days = java.time.LocalDate.of(year, month, day).toEpochDay();
    return new Moment(days * 86_400 + hour * 3_600L + minute * 60L + second - offset, nano);
  }

  private static int daysOf(int year, int month) {
    return java.time.Month.of(month).length(java.time.Year.isLeap(year));
  }

  /** Seconds east of UTC, from {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. */
  private static int offset(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
      return 0;
    }
    char sign = left > 0 ? text.charAt(at) : ' ';
    if (sign != '+' && sign != '-' || left != 3 && left != 5 && left != 6) {
      return Integer.MIN_VALUE;
    }
    if (left == 6 && text.charAt(at + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, 2);
    int minutes = left == 3 ? 0 : number(text, text.length() - 2, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '+' ? seconds : -seconds;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  private static int fraction(String text, int from, int digits) {
    int value = 0;
    for (int i = 0; i < 9; i++) {
      value = value * 10 + (i < digits ? text.charAt(from + i) - '0' : 0);
    }
    return value;
  }

  /** The number that the digits say, or -1. */
  private static int number(String text, int from, int length) {
    if (from + length > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}

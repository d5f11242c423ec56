package io.testmesh.engine.expression;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times by Go's layouts, which show the time 2006-01-02 15:04:05 -0700 as it would be written. */
final class GoTime {
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };

  /** The elements of a layout; of two that begin alike the longer one comes first. */
  private static final String[] ELEMENTS = {
    "January", "Jan", "Monday", "Mon", "MST", "2006", "-07:00", "-0700", "-07", "Z07:00", "Z0700",
    "002", "01", "02", "03", "04", "05", "06", "15", "PM", "pm", "_2", "1", "2", "3", "4", "5"
  };

  private GoTime() {}

  /** The time as RFC 3339 text, with as many digits of the second as it needs. */
  static String rfc3339(ZonedDateTime time) {
    StringBuilder text = new StringBuilder();
    text.append(padded(time.getYear(), 4)).append('-').append(padded(time.getMonthValue(), 2));
    text.append('-').append(padded(time.getDayOfMonth(), 2)).append('T');
    text.append(padded(time.getHour(), 2)).append(':').append(padded(time.getMinute(), 2));
    text.append(':').append(padded(time.getSecond(), 2));
    if (time.getNano() != 0) {
      String nanos = padded(time.getNano(), 9);
      int end = nanos.length();
      while (nanos.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(nanos, 0, end);
    }
    return text.append(offset(time.getOffset(), true, true)).toString();
  }

  static String month(int month) {
    return MONTHS[month - 1];
  }

  /** The day of the week, from Sunday, which is 0. */
  static String day(int day) {
    return DAYS[day];
  }

  static int dayOfWeek(ZonedDateTime time) {
    return time.getDayOfWeek().getValue() % 7;
  }

  static String format(ZonedDateTime time, String layout) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      String element = element(layout, at);
      if (element == null) {
        int digits = fraction(layout, at);
        if (digits > 0) {
          text.append(fractionText(time, layout, at, digits));
          at += 1 + digits;
        } else {
          text.append(layout.charAt(at++));
        }
      } else {
        text.append(part(time, element));
        at += element.length();
      }
    }
    return text.toString();
  }

  private static String part(ZonedDateTime time, String element) {
    int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    String day = DAYS[dayOfWeek(time)];
    return switch (element) {
      case "January" -> MONTHS[time.getMonthValue() - 1];
      case "Jan" -> MONTHS[time.getMonthValue() - 1].substring(0, 3);
      case "Monday" -> day;
      case "Mon" -> day.substring(0, 3);
      case "MST" -> zoneName(time);
      case "2006" -> padded(time.getYear(), 4);
      case "06" -> padded(Math.floorMod(time.getYear(), 100), 2);
      case "01" -> padded(time.getMonthValue(), 2);
      case "1" -> padded(time.getMonthValue(), 1);
      case "002" -> padded(time.getDayOfYear(), 3);
      case "02" -> padded(time.getDayOfMonth(), 2);
      case "_2" -> (time.getDayOfMonth() < 10 ? " " : "") + time.getDayOfMonth();
      case "2" -> padded(time.getDayOfMonth(), 1);
      case "15" -> padded(time.getHour(), 2);
      case "03" -> padded(hour, 2);
      case "3" -> padded(hour, 1);
      case "04" -> padded(time.getMinute(), 2);
      case "4" -> padded(time.getMinute(), 1);
      case "05" -> padded(time.getSecond(), 2);
      case "5" -> padded(time.getSecond(), 1);
      case "PM" -> time.getHour() < 12 ? "AM" : "PM";
      case "pm" -> time.getHour() < 12 ? "am" : "pm";
      case "-07" -> offset(time.getOffset(), false, false).substring(0, 3);
      default -> offset(time.getOffset(), element.indexOf(':') > 0, element.charAt(0) == 'Z');
    };
  }

  private static String zoneName(ZonedDateTime time) {
    if (time.getOffset().getTotalSeconds() == 0 && time.getZone() instanceof ZoneOffset) {
      return "UTC";
    }
    return time.getZone() instanceof ZoneOffset
        ? offset(time.getOffset(), false, false)
        : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
  }

  private static String offset(ZoneOffset offset, boolean colon, boolean zulu) {
    int minutes = offset.getTotalSeconds() / 60;
    if (zulu && offset.getTotalSeconds() == 0) {
      return "Z";
    }
    int size = Math.abs(minutes);
    return (minutes < 0 ? "-" : "+")
        + padded(size / 60, 2)
        + (colon ? ":" : "")
        + padded(size % 60, 2);
  }

  private static String fractionText(ZonedDateTime time, String layout, int at, int digits) {
    String nanos = padded(time.getNano(), 9);
    String text = digits > 9 ? nanos : nanos.substring(0, digits);
    if (layout.charAt(at + 1) == '9') {
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == '0') {
        end--;
      }
      return end == 0 ? "" : layout.charAt(at) + text.substring(0, end);
    }
    return layout.charAt(at) + text;
  }

  /** The digits of a fraction such as {@code .000} in the layout, 0 when there is none. */
  private static int fraction(String layout, int at) {
    char point = layout.charAt(at);
    if (point != '.' && point != ',' || at + 1 >= layout.length()) {
      return 0;
    }
    char digit = layout.charAt(at + 1);
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean more = end < layout.length() && Lexer.isDigit(layout.charAt(end));
    return (digit == '0' || digit == '9') && !more ? end - at - 1 : 0;
  }

  private static @Nullable String element(String layout, int at) {
    for (String element : ELEMENTS) {
      if (layout.startsWith(element, at)) {
        boolean word = element.equals("Jan") || element.equals("Mon");
        int end = at + element.length();
        if (!word || end >= layout.length() || !Character.isLowerCase(layout.charAt(end))) {
          return element;
        }
      }
    }
    return null;
  }

  private static String padded(int number, int digits) {
    StringBuilder text = new StringBuilder().append(Math.abs(number));
    while (text.length() < digits) {
      text.insert(0, '0');
    }
    return number < 0 ? "-" + text : text.toString();
  }

  /** The time, or null when the text does not fit the layout. */
  static @Nullable ZonedDateTime parse(String layout, String text, ZoneId zone) {
    Reading reading = new Reading(text);
    int at = 0;
    while (at < layout.length()) {
      String element = element(layout, at);
      int digits = element == null ? fraction(layout, at) : 0;
      if (element != null) {
        if (!reading.read(element)) {
          return null;
        }
        at += element.length();
        boolean followed = at < layout.length() && fraction(layout, at) > 0;
        if (element.endsWith("5") && !element.equals("15") && !followed) {
          reading.readFraction();
        }
      } else if (digits > 0) {
        reading.readFraction();
        at += 1 + digits;
      } else if (!reading.accept(layout.charAt(at++))) {
        return null;
      }
    }
    return reading.time(zone);
  }

  /** What has been read of a text. */
  private static final class Reading {
    private final String text;
    private int at;
    private int year;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private boolean afternoon;
    private boolean morning;
    private @Nullable ZoneOffset offset;

    Reading(String text) {
      this.text = text;
    }

    boolean accept(char c) {
      return at < text.length() && text.charAt(at++) == c;
    }

    boolean read(String element) {
      switch (element) {
        case "January", "Jan":
          month = 1 + name(MONTHS, element.length() == 3);
          return month > 0;
        case "Monday", "Mon":
          return name(DAYS, element.length() == 3) >= 0;
        case "PM", "pm":
          morning = text.regionMatches(true, at, "am", 0, 2);
          afternoon = text.regionMatches(true, at, "pm", 0, 2);
          at += 2;
          return morning || afternoon;
        case "MST":
          return readZoneName();
        case "2006":
          year = number(4, 4);
          return year >= 0;
        case "06":
          year = number(2, 2);
          boolean valid = year >= 0;
          year += year >= 69 ? 1900 : 2000;
          return valid;
        case "01":
          month = number(2, 2);
          return month > 0;
        case "1":
          month = number(1, 2);
          return month > 0;
        case "002":
          dayOfYear = number(3, 3);
          return dayOfYear > 0;
        case "02":
          day = number(2, 2);
          return day > 0;
        case "_2", "2":
          if (at < text.length() && text.charAt(at) == ' ' && element.length() == 2) {
            at++;
          }
          day = number(1, 2);
          return day > 0;
        case "15", "3":
          hour = number(1, 2);
          return hour >= 0;
        case "03":
          hour = number(2, 2);
          return hour >= 0;
        case "04", "4":
          minute = number(element.length(), 2);
          return minute >= 0;
        case "05", "5":
          second = number(element.length(), 2);
          return second >= 0;
        default:
          return readOffset(element);
      }
    }

    private int name(String[] names, boolean brief) {
      for (int i = 0; i < names.length; i++) {
        String name = brief ? names[i].substring(0, 3) : names[i];
        if (text.regionMatches(true, at, name, 0, name.length())) {
          at += name.length();
          return i;
        }
      }
      return -2;
    }

    private int number(int least, int most) {
      int from = at;
      int value = 0;
      while (at < text.length() && at - from < most && Lexer.isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      return at - from < least ? -1 : value;
    }

    void readFraction() {
      if (at + 1 < text.length()
          && (text.charAt(at) == '.' || text.charAt(at) == ',')
          && Lexer.isDigit(text.charAt(at + 1))) {
        at++;
        int digits = 0;
        nano = 0;
        while (at < text.length() && Lexer.isDigit(text.charAt(at))) {
          if (digits++ < 9) {
            nano = nano * 10 + text.charAt(at) - '0';
          }
          at++;
        }
        for (; digits < 9; digits++) {
          nano *= 10;
        }
      }
    }

    /** Abbreviations mean different zones to different people: only UTC counts, as in Go. */
    private boolean readZoneName() {
      int from = at;
      while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
        at++;
      }
      if (text.substring(from, at).equals("UTC")) {
        offset = ZoneOffset.UTC;
      }
      return at - from >= 3 && at - from <= 5;
    }

    private boolean readOffset(String element) {
      if (element.charAt(0) == 'Z' && accept('Z')) {
        offset = ZoneOffset.UTC;
        return true;
      }
      at -= element.charAt(0) == 'Z' ? 1 : 0;
      if (at >= text.length() || text.charAt(at) != '+' && text.charAt(at) != '-') {
        return false;
      }
      int sign = text.charAt(at++) == '-' ? -1 : 1;
      int hours = number(2, 2);
      int minutes = 0;
      if (!element.equals("-07")) {
        if (element.indexOf(':') > 0 && !accept(':')) {
          return false;
        }
        minutes = number(2, 2);
      }
      if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || hours == 18 && minutes > 0) {
        return false;
      }
      offset = ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
      return true;
    }

    @Nullable ZonedDateTime time(ZoneId zone) {
      if (at != text.length()) {
        return null;
      }
      if (afternoon && hour < 12) {
        hour += 12;
      } else if (morning && hour == 12) {
        hour = 0;
      }
      try {
        LocalDate date =
            dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
        return LocalDateTime.of(date, java.time.LocalTime.of(hour, minute, second, nano))
            .atZone(offset == null ? zone : offset);
      } catch (DateTimeException outOfRange) {
        return null;
      }
    }
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.result.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the best of what plugins log and measure; none of it can make a step fail. */
final class LogReader {
  private static final int MOST_ENTRIES = 1000;
  private static final int LONGEST_MESSAGE = 8 * 1024;
  private static final double SECONDS_BELOW = 1e11;

  private LogReader() {}

  static List<ExecuteAnswer.Log> logs(@Nullable Object value, List<String> oddities) {
    List<ExecuteAnswer.Log> logs = new ArrayList<>();
    if (value == null) {
      return logs;
    }
    if (!(value instanceof List<?> items)) {
      oddities.add("the plugin's logs are no list");
      logs.add(new ExecuteAnswer.Log(Level.INFO, message(value), null));
      return logs;
    }
    for (Object item : items) {
      if (logs.size() == MOST_ENTRIES) {
        oddities.add(
            (items.size() - MOST_ENTRIES) + " more log entries of the plugin are left out");
        break;
      }
      logs.add(log(item));
    }
    return logs;
  }

  private static ExecuteAnswer.Log log(@Nullable Object item) {
    if (!(item instanceof Map<?, ?> entry)) {
      return new ExecuteAnswer.Log(Level.INFO, message(item), null);
    }
    Object message = first(entry, "message", "msg", "text");
    Object time = first(entry, "timestamp", "time", "ts");
    return new ExecuteAnswer.Log(
        level(entry.get("level")), message(message == null ? item : message), time(time));
  }

  private static @Nullable Object first(Map<?, ?> entry, String... keys) {
    for (String key : keys) {
      Object value = entry.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String message(@Nullable Object value) {
    return Plain.cut(Plain.line(String.valueOf(value)), LONGEST_MESSAGE);
  }

  private static Level level(@Nullable Object value) {
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "debug", "trace", "verbose" -> Level.DEBUG;
      case "warn", "warning" -> Level.WARN;
      case "error", "err", "fatal", "critical", "panic" -> Level.ERROR;
      default -> Level.INFO;
    };
  }

  /** A time as RFC 3339 has it; one without zone is taken for UTC; seconds or milliseconds. */
  private static @Nullable Instant time(@Nullable Object value) {
    try {
      if (value instanceof Number number) {
        double amount = number.doubleValue();
        double millis = Math.abs(amount) < SECONDS_BELOW ? amount * 1000 : amount;
        return Instant.ofEpochMilli((long) millis);
      }
      if (value instanceof String text) {
        String form = text.strip().replace(' ', 'T');
        int afterDate = form.indexOf('T') + 1;
        boolean zoned =
            form.endsWith("Z")
                || form.indexOf('+', afterDate) > 0
                || afterDate > 0 && form.indexOf('-', afterDate) > 0;
        return zoned
            ? OffsetDateTime.parse(form).toInstant()
            : LocalDateTime.parse(form).toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      // No time that anybody could read.
    }
    return null;
  }

  static Map<String, Number> metrics(@Nullable Object value, List<String> oddities) {
    Map<String, Number> metrics = new LinkedHashMap<>();
    if (value == null) {
      return metrics;
    }
    if (!(value instanceof Map<?, ?> entries)) {
      oddities.add("the plugin's metrics are no map");
      return metrics;
    }
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String name = String.valueOf(entry.getKey());
      boolean negative =
          entry.getValue() instanceof Number number
              && name.startsWith("duration")
              && number.doubleValue() < 0;
      if (entry.getValue() instanceof Number number && !negative) {
        metrics.put(name, number);
      } else {
        oddities.add(
            "the plugin's metric \""
                + Plain.cut(Plain.line(name), 100)
                + "\" is no "
                + (negative ? "duration" : "number"));
      }
    }
    return metrics;
  }
}

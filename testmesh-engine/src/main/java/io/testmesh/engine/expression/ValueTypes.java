package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import io.testmesh.engine.value.ValueText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can give beyond JSON-like values: times ({@link ZonedDateTime}), durations
 * ({@link Duration}), time zones ({@link ZoneId}), bytes ({@code byte[]}) and maps with any keys.
 */
public final class ValueTypes {
  private ValueTypes() {}

  /** The type: nil, bool, int, float, string, list, map, time, duration, timezone or bytes. */
  public static String type(@Nullable Object value) {
    if (value == null) {
      return "nil";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Number) {
      return Numbers.isInteger(value) || value instanceof CalendarName ? "int" : "float";
    }
    if (value instanceof List<?>) {
      return "list";
    }
    if (value instanceof Map<?, ?>) {
      return "map";
    }
    return otherType(value);
  }

  private static String otherType(Object value) {
    if (value instanceof ZonedDateTime) {
      return "time";
    }
    if (value instanceof Duration) {
      return "duration";
    }
    if (value instanceof ZoneId) {
      return "timezone";
    }
    return value instanceof byte[] ? "bytes" : "map";
  }

  /**
   * The value as JSON-like data: times as RFC 3339 text, durations as {@code 1h30m0s}, time zones
   * by name, bytes in base64, keys as text. What is JSON-like already is given back as it is.
   */
  public static @Nullable Object toJson(@Nullable Object value) {
    return convert(value, false);
  }

  /**
   * The value as JSON-like data that keeps the types: inside lists and maps {@code {"$time":
   * text}}, {@code {"$duration": text}}, {@code {"$timezone": name}} and {@code {"$bytes":
   * base64}}, and {@code {"$pairs": [[key, value], …]}} for a map whose keys are not all text. The
   * whole value is not tagged when it is a time, duration, time zone or bytes: its type is told
   * apart by {@link #type}.
   */
  public static @Nullable Object tagged(@Nullable Object value) {
    return value instanceof List<?> || value instanceof Map<?, ?>
        ? convert(value, true)
        : convert(value, false);
  }

  private static @Nullable Object convert(@Nullable Object value, boolean tag) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number) {
      return value instanceof CalendarName name ? (Object) name.longValue() : value;
    }
    if (value instanceof List<?> list) {
      return list(list, tag);
    }
    if (value instanceof AnyKeyMap map && tag && !map.hasTextKeys()) {
      return pairs(map);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, tag);
    }
    String text = text(value);
    return tag ? Map.of("$" + type(value), text) : text;
  }

  private static String text(Object value) {
    if (value instanceof ZonedDateTime time) {
      return GoTime.rfc3339(time);
    }
    if (value instanceof Duration duration) {
      return GoDuration.text(duration);
    }
    if (value instanceof ZoneId zone) {
      return zone.getId().equals("Z") ? "UTC" : zone.getId();
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  private static Object list(List<?> list, boolean tag) {
    List<@Nullable Object> copy = null;
    int index = 0;
    for (Object item : list) {
      Object converted = convert(item, tag);
      if (copy == null && converted != item) {
        copy = new ArrayList<>(list.size());
        copy.addAll(list.subList(0, index));
      }
      if (copy != null) {
        copy.add(converted);
      }
      index++;
    }
    return copy == null ? list : Collections.unmodifiableList(copy);
  }

  private static Object map(Map<?, ?> map, boolean tag) {
    boolean same = !(map instanceof AnyKeyMap);
    if (same) {
      for (Object value : map.values()) {
        if (convert(value, tag) != value) {
          same = false;
          break;
        }
      }
    }
    if (same) {
      return map;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      copy.put(ValueText.text(convert(entry.getKey(), false)), convert(entry.getValue(), tag));
    }
    return Collections.unmodifiableMap(copy);
  }

  private static Object pairs(AnyKeyMap map) {
    List<Object> pairs = new ArrayList<>(map.size());
    for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
      List<@Nullable Object> pair = new ArrayList<>(2);
      pair.add(convert(entry.getKey(), true));
      pair.add(convert(entry.getValue(), true));
      pairs.add(pair);
    }
    return Map.of("$pairs", pairs);
  }
}

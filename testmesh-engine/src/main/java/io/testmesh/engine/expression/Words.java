package io.testmesh.engine.expression;

import io.testmesh.engine.value.ValueText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How messages name values. */
final class Words {
  private static final int MOST_KEYS = 20;
  private static final int LONGEST = 200;

  private Words() {}

  /** The value with its type: {@code the text "17"}, {@code a list of 3 items}. */
  static String of(@Nullable Object value) {
    if (value instanceof ZonedDateTime || value instanceof Duration) {
      return "the " + ValueTypes.type(value) + " " + ValueTypes.toJson(value);
    }
    if (value instanceof ZoneId zone) {
      return "the time zone " + zone.getId();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value instanceof Members) {
      return "a group of names";
    }
    return ValueText.brief(value instanceof CalendarName name ? (Object) name.longValue() : value);
  }

  /** The value as JSON, cut when it is long. */
  static String shown(@Nullable Object value) {
    String text = ValueText.json(ValueTypes.toJson(value));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The keys of a map, for "it has …". */
  static String keys(Map<?, ?> map) {
    if (map.isEmpty()) {
      return "it is empty";
    }
    StringBuilder text = new StringBuilder("it has ");
    int count = 0;
    for (Object key : map.keySet()) {
      if (count == MOST_KEYS) {
        return text.append(" and ").append(map.size() - count).append(" more").toString();
      }
      text.append(count++ == 0 ? "" : ", ").append(key);
    }
    return text.toString();
  }

  /** The keys that are texts. */
  static List<String> names(Map<?, ?> map) {
    List<String> names = new ArrayList<>(map.size());
    for (Object key : map.keySet()) {
      if (key instanceof String name) {
        names.add(name);
      }
    }
    return names;
  }
}

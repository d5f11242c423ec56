package io.testmesh.engine.expression;

import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code string()} gives: as in expr-lang, {@code <nil>}, {@code [1 a]} and {@code map[a:1]},
 * but whole numbers without exponent and times as RFC 3339. Placeholders join values as JSON
 * instead.
 */
final class GoText {
  private GoText() {}

  static String of(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (!(value == null
        || value instanceof CalendarName
        || value instanceof List<?>
        || value instanceof Map<?, ?>)) {
      return ValueText.text(ValueTypes.toJson(value));
    }
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    if (value == null) {
      text.append("<nil>");
    } else if (value instanceof List<?> list) {
      text.append('[');
      int count = 0;
      for (Object item : list) {
        text.append(count++ == 0 ? "" : " ");
        append(text, item);
      }
      text.append(']');
    } else if (value instanceof Map<?, ?> map) {
      text.append("map[");
      int count = 0;
      for (Map.Entry<?, ?> entry : sorted(map)) {
        text.append(count++ == 0 ? "" : " ").append(of(entry.getKey())).append(':');
        append(text, entry.getValue());
      }
      text.append(']');
    } else {
      text.append(value instanceof CalendarName ? value.toString() : of(value));
    }
  }

  private static List<Map.Entry<?, ?>> sorted(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    entries.sort((a, b) -> JsonValues.compareTexts(of(a.getKey()), of(b.getKey())));
    return entries;
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.Numbers;
import io.testmesh.engine.value.ValueText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Go's {@code json.MarshalIndent} writes it: two spaces, keys in order. */
final class PrettyJson {
  private final StringBuilder text = new StringBuilder();
  private final Node at;

  private PrettyJson(Node at) {
    this.at = at;
  }

  static String render(Node at, @Nullable Object value) throws ExpressionException {
    PrettyJson json = new PrettyJson(at);
    json.write(value, 0);
    return json.text.toString();
  }

  private void write(@Nullable Object value, int level) throws ExpressionException {
    if (value instanceof Double number) {
      text.append(number(number));
    } else if (value instanceof Number number && !(value instanceof CalendarName)) {
      text.append(ValueText.number(number));
    } else if (value instanceof List<?> list) {
      writeList(list, level);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, level);
    } else {
      text.append(ValueText.json(ValueTypes.toJson(value)));
    }
  }

  private void writeList(List<?> list, int level) throws ExpressionException {
    int count = 0;
    text.append('[');
    for (Object item : list) {
      line(count++, level + 1);
      write(item, level + 1);
    }
    close(count, level, ']');
  }

  private void writeMap(Map<?, ?> map, int level) throws ExpressionException {
    if (map instanceof AnyKeyMap any && !any.hasTextKeys()) {
      throw at.failure("a map with keys that are no texts has no JSON form");
    }
    List<String> keys = Words.names(map);
    keys.sort(JsonValues::compareTexts);
    int count = 0;
    text.append('{');
    for (String key : keys) {
      line(count++, level + 1);
      text.append(ValueText.json(key)).append(": ");
      write(map.get(key), level + 1);
    }
    close(count, level, '}');
  }

  private void line(int count, int level) {
    text.append(count == 0 ? "\n" : ",\n").append("  ".repeat(level));
  }

  private void close(int count, int level, char bracket) {
    if (count > 0) {
      text.append('\n').append("  ".repeat(level));
    }
    text.append(bracket);
  }

  /** Exponents from 1e21 up and below 1e-6 (ECMA-262, Number::toString, which Go follows here). */
  private static String number(double value) {
    return Math.abs(value) >= 1e21
        ? ValueText.exponential(Numbers.shortest(value))
        : ValueText.number(value);
  }
}

package io.testmesh.plugin.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON-like values: joining them, and as the nodes that the validator of schemas wants. */
final class Json {
  private Json() {}

  /** The defaults with the values over them; maps in maps are joined in the same way. */
  static Map<String, @Nullable Object> merge(
      Map<String, @Nullable Object> defaults, Map<String, @Nullable Object> values) {
    if (defaults.isEmpty()) {
      return values;
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(defaults);
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      Object below = merged.get(entry.getKey());
      Object above = entry.getValue();
      merged.put(
          entry.getKey(),
          below instanceof Map<?, ?> low && above instanceof Map<?, ?> high
              ? merge(texts(low), texts(high))
              : above);
    }
    return Collections.unmodifiableMap(merged);
  }

  @SuppressWarnings("unchecked") // JSON-like maps have texts as keys
  static Map<String, @Nullable Object> texts(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      map.forEach((key, item) -> node.set(String.valueOf(key), node(item)));
      return node;
    }
    if (value instanceof Iterable<?> items) {
      ArrayNode node = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> node.add(node(item)));
      return node;
    }
    if (value instanceof Boolean bool) {
      return JsonNodeFactory.instance.booleanNode(bool);
    }
    return value instanceof Number number
        ? number(number)
        : JsonNodeFactory.instance.textNode(value.toString());
  }

  private static JsonNode number(Number number) {
    if (number instanceof BigDecimal value) {
      return JsonNodeFactory.instance.numberNode(value);
    }
    if (number instanceof BigInteger value) {
      return JsonNodeFactory.instance.numberNode(value);
    }
    return number instanceof Double || number instanceof Float
        ? JsonNodeFactory.instance.numberNode(number.doubleValue())
        : JsonNodeFactory.instance.numberNode(number.longValue());
  }
}

package io.testmesh.plugin.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins JSON-like values. */
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
}

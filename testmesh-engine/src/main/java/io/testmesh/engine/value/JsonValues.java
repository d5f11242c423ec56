package io.testmesh.engine.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON-like values have in common. */
public final class JsonValues {
  private JsonValues() {}

  /** Whether two values are the same: numbers by value, maps without order, lists in order. */
  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == right) {
      return true;
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof Number a) {
      return right instanceof Number b && Numbers.equal(a, b);
    }
    if (left instanceof List<?> a) {
      return right instanceof List<?> b && equalLists(a, b);
    }
    if (left instanceof Map<?, ?> a) {
      return right instanceof Map<?, ?> b && equalMaps(a, b);
    }
    return left.equals(right);
  }

  private static boolean equalLists(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> other = right.iterator();
    for (Object item : left) {
      if (!equal(item, other.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object value = right.get(entry.getKey());
      if (value == null && !right.containsKey(entry.getKey()) || !equal(entry.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  /** Compares texts by code point, as RFC 9535, 2.3.5.2.2 and Go do; UTF-16 units differ. */
  public static int compareTexts(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean supplementary = Character.isSurrogate(a) || Character.isSurrogate(b);
        return supplementary
            ? Integer.compare(left.codePointAt(start(left, i)), right.codePointAt(start(right, i)))
            : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static int start(String text, int index) {
    boolean second =
        index > 0
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return second ? index - 1 : index;
  }

  /** What people call the type: null, boolean, number, text, list or map. */
  public static String type(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof List<?>) {
      return "list";
    }
    return value instanceof Map<?, ?> ? "map" : "value";
  }

  /**
   * An immutable copy that nobody else can change.
   *
   * @throws IllegalArgumentException when a part is not JSON-like; the message names its place
   */
  public static @Nullable Object copy(@Nullable Object value) {
    return copy(value, "");
  }

  /** An immutable copy of a map; see {@link #copy(Object)}. */
  public static Map<String, @Nullable Object> copyMap(Map<?, ?> map) {
    return copyMap(map, "");
  }

  private static @Nullable Object copy(@Nullable Object value, String place) {
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof java.math.BigInteger
        || value instanceof java.math.BigDecimal) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      // A HeaderMap is immutable and its look-up would be lost in a copy.
      return map instanceof io.testmesh.action.HeaderMap ? map : copyMap(map, place);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(copy(item, place + "[" + items.size() + "]"));
      }
      return Collections.unmodifiableList(items);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        throw new IllegalArgumentException(
            (place.isEmpty() ? "the value" : place) + " is not a finite number: " + number);
      }
      return value instanceof Float ? Numbers.parse(value.toString()) : value;
    }
    if (value instanceof Character || value instanceof Enum<?>) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        (place.isEmpty() ? "the value" : place)
            + " is not JSON-like but a "
            + value.getClass().getName());
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, String place) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException(
            (place.isEmpty() ? "the map" : place) + " has a key that is not a text: " + entry.getKey());
      }
      entries.put(key, copy(entry.getValue(), place.isEmpty() ? key : place + "." + key));
    }
    return Collections.unmodifiableMap(entries);
  }
}

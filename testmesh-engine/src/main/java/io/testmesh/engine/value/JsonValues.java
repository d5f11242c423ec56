package io.testmesh.engine.value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON-like values have in common. */
public final class JsonValues {
  private JsonValues() {}

  /** Is told how much a comparison looks at, and may throw to end it. */
  public interface Meter {
    /** So many more values, or stretches of a long text, are looked at. */
    void add(long values);
  }

  /** Whether two values are the same: numbers by value, maps without order, lists in order. */
  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    return equal(left, right, null);
  }

  /**
   * Whether two values are the same, as {@link #equal(Object, Object)} says.
   *
   * @param meter bounds the work; null for no bound
   */
  public static boolean equal(
      @Nullable Object left, @Nullable Object right, @Nullable Meter meter) {
    if (!isContainer(left) || !isContainer(right)) {
      return equalScalars(left, right, meter);
    }
    // Not recursive: values may be nested deeper than the stack is.
    Deque<Object> open = new ArrayDeque<>();
    boolean same = equalSoFar(left, right, open, meter);
    while (same && !open.isEmpty()) {
      Object a = open.pop();
      Object b = open.pop();
      same =
          a instanceof List<?> x
              ? b instanceof List<?> y && equalLists(x, y, open, meter)
              : a instanceof Map<?, ?> m
                  && b instanceof Map<?, ?> n
                  && equalMaps(m, n, open, meter);
    }
    return same;
  }

  private static boolean isContainer(@Nullable Object value) {
    return !isScalar(value) && (value instanceof Map<?, ?> || value instanceof List<?>);
  }

  /**
   * Whether a value is null, a text, a number or a boolean. Asked before anything is asked about
   * maps and lists: to find out that a class does not implement an interface, a Java before 23 has
   * to go through all interfaces of the class.
   */
  public static boolean isScalar(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean;
  }

  /** Compares scalars; what has children is put aside. */
  private static boolean equalSoFar(
      @Nullable Object left, @Nullable Object right, Deque<Object> open, @Nullable Meter meter) {
    if (left != null && right != null && isContainer(left) && isContainer(right)) {
      if (left != right) {
        open.push(right);
        open.push(left);
      }
      return true;
    }
    return equalScalars(left, right, meter);
  }

  private static boolean equalScalars(
      @Nullable Object left, @Nullable Object right, @Nullable Meter meter) {
    if (left == right) {
      return true;
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof Number a) {
      return right instanceof Number b && Numbers.equal(a, b);
    }
    if (meter != null && left instanceof String text) {
      meter.add(text.length() / 64);
    }
    return left.equals(right);
  }

  private static boolean equalLists(
      List<?> left, List<?> right, Deque<Object> open, @Nullable Meter meter) {
    if (left.size() != right.size()) {
      return false;
    }
    if (meter != null) {
      meter.add(left.size());
    }
    Iterator<?> other = right.iterator();
    for (Object item : left) {
      if (!equalSoFar(item, other.next(), open, meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(
      Map<?, ?> left, Map<?, ?> right, Deque<Object> open, @Nullable Meter meter) {
    if (left.size() != right.size()) {
      return false;
    }
    if (meter != null) {
      meter.add(left.size());
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object value = right.get(entry.getKey());
      if (value == null && !right.containsKey(entry.getKey())
          || !equalSoFar(entry.getValue(), value, open, meter)) {
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
    try {
      return copyPart(value);
    } catch (Misfit e) {
      throw new IllegalArgumentException(e.describe("the value"), e);
    }
  }

  /** An immutable copy of a map; see {@link #copy(Object)}. */
  public static Map<String, @Nullable Object> copyMap(Map<?, ?> map) {
    try {
      return copyEntries(map);
    } catch (Misfit e) {
      throw new IllegalArgumentException(e.describe("the map"), e);
    }
  }

  private static @Nullable Object copyPart(@Nullable Object value) throws Misfit {
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof JsonMap
        || value instanceof JsonList
        || value instanceof java.math.BigInteger
        || value instanceof java.math.BigDecimal) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      // A HeaderMap is immutable and its look-up would be lost in a copy.
      return map instanceof io.testmesh.action.HeaderMap ? map : copyEntries(map);
    }
    if (value instanceof List<?> list) {
      return copyItems(list);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        throw new Misfit("is not a finite number: " + number);
      }
      return value instanceof Float ? Numbers.parse(value.toString()) : value;
    }
    if (value instanceof Character || value instanceof Enum<?>) {
      return value.toString();
    }
    throw new Misfit("is not JSON-like but a " + value.getClass().getName());
  }

  private static JsonList copyItems(List<?> list) throws Misfit {
    List<@Nullable Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      try {
        items.add(copyPart(item));
      } catch (Misfit e) {
        throw e.in("[" + items.size() + "]");
      }
    }
    return JsonList.takeOver(items);
  }

  private static Map<String, @Nullable Object> copyEntries(Map<?, ?> map) throws Misfit {
    if (map instanceof JsonMap known) {
      return known;
    }
    if (map.isEmpty()) {
      return Map.of();
    }
    if (map.size() <= JsonMap.FEW) {
      return copyFew(map);
    }
    LinkedHashMap<String, @Nullable Object> entries = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.put(key(entry), copyValue(entry));
    }
    return JsonMap.takeOver(entries);
  }

  private static JsonMap copyFew(Map<?, ?> map) throws Misfit {
    String[] keys = new String[map.size()];
    @Nullable Object[] values = new Object[keys.length];
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (count == keys.length) {
        throw new ConcurrentModificationException("a map was changed while it was copied");
      }
      keys[count] = key(entry);
      values[count] = copyValue(entry);
      count++;
    }
    if (count < keys.length) {
      throw new ConcurrentModificationException("a map was changed while it was copied");
    }
    return JsonMap.takeOver(keys, values);
  }

  private static String key(Map.Entry<?, ?> entry) throws Misfit {
    if (entry.getKey() instanceof String key) {
      return key;
    }
    throw new Misfit("has a key that is not a text: " + entry.getKey());
  }

  private static @Nullable Object copyValue(Map.Entry<?, ?> entry) throws Misfit {
    try {
      return copyPart(entry.getValue());
    } catch (Misfit e) {
      throw e.in(String.valueOf(entry.getKey()));
    }
  }

  /** A part that is not JSON-like; its place is found out on the way back. */
  private static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String place;

    Misfit(String what) {
      this("", what, null);
    }

    private Misfit(String place, String what, @Nullable Throwable cause) {
      super(what, cause);
      this.place = place;
      this.what = what;
    }

    Misfit in(String outer) {
      boolean isJoined = place.isEmpty() || place.startsWith("[");
      return new Misfit(outer + (isJoined ? "" : ".") + place, what, this);
    }

    String describe(String whole) {
      return (place.isEmpty() ? whole : place) + " " + what;
    }
  }
}

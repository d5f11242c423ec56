package io.testmesh.engine.expression;

import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.Numbers;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Equality and order: numbers by value, texts by code point, ISO 8601 instants by time, lists and
 * maps by what is in them.
 */
final class Comparing {
  private Comparing() {}

  static boolean equal(Evaluation e, Node at, @Nullable Object a, @Nullable Object b)
      throws ExpressionException {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof Number x) {
      return b instanceof Number y && Numbers.equal(x, y);
    }
    if (a instanceof String x) {
      if (b instanceof String y) {
        return x.equals(y) || Instants.mayBe(x) && Instants.mayBe(y) && Instants.equal(x, y);
      }
      return b instanceof ZonedDateTime && sameInstant(a, b);
    }
    if (a instanceof Boolean) {
      return a.equals(b);
    }
    if (a instanceof List<?> x) {
      return b instanceof List<?> y && equalLists(e, at, x, y);
    }
    if (a instanceof Map<?, ?> x) {
      return b instanceof Map<?, ?> y && equalMaps(e, at, x, y);
    }
    return equalOthers(a, b);
  }

  private static boolean equalLists(Evaluation e, Node at, List<?> a, List<?> b)
      throws ExpressionException {
    if (a.size() != b.size() || a instanceof Pair != b instanceof Pair) {
      return false;
    }
    e.step(at, a.size());
    Iterator<?> other = b.iterator();
    for (Object item : a) {
      if (!equal(e, at, item, other.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Evaluation e, Node at, Map<?, ?> a, Map<?, ?> b)
      throws ExpressionException {
    if (a.size() != b.size() || a instanceof AnyKeyMap != b instanceof AnyKeyMap) {
      return false;
    }
    e.step(at, a.size());
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object value = b.get(entry.getKey());
      if (value == null && !b.containsKey(entry.getKey())
          || !equal(e, at, entry.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalOthers(Object a, Object b) {
    if (a instanceof ZonedDateTime) {
      return sameInstant(a, b);
    }
    if (a instanceof byte[] x) {
      return b instanceof byte[] y && Arrays.equals(x, y);
    }
    return a.equals(b);
  }

  private static boolean sameInstant(Object a, Object b) {
    Instants.Moment moment = Instants.of(a);
    return moment != null && moment.equals(Instants.of(b));
  }

  /**
   * Below zero, zero or above.
   *
   * @throws ExpressionException when the two have no order
   */
  static int compare(Node at, @Nullable Object a, @Nullable Object b) throws ExpressionException {
    if (a instanceof Number x && b instanceof Number y) {
      return Numbers.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return compareTexts(x, y);
    }
    if (a instanceof ZonedDateTime || b instanceof ZonedDateTime) {
      Instants.Moment x = Instants.of(a);
      Instants.Moment y = Instants.of(b);
      if (x != null && y != null) {
        return x.compareTo(y);
      }
    }
    if (a instanceof Duration x && b instanceof Duration y) {
      return x.compareTo(y);
    }
    throw at.failure(
        Words.of(a) + " and " + Words.of(b) + " have no order",
        a instanceof String && b instanceof Number || a instanceof Number && b instanceof String
            ? "float(…) makes a number of a text"
            : null);
  }

  private static int compareTexts(String a, String b) {
    if (Instants.mayBe(a) && Instants.mayBe(b)) {
      Instants.Moment x = Instants.parse(a);
      Instants.Moment y = Instants.parse(b);
      if (x != null && y != null) {
        return x.compareTo(y);
      }
    }
    return JsonValues.compareTexts(a, b);
  }

  /** The kind of a value, for "never equal": null where that needs no words. */
  static @Nullable String plainKind(@Nullable Object value) {
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Number) {
      return "number";
    }
    return value instanceof Boolean ? "boolean" : value instanceof ZoneId ? "time zone" : null;
  }
}

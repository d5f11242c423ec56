package io.testmesh.engine.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses values so deep that nobody could read them: predicates can nest lists without end. */
final class Depth {
  private static final int DEEPEST = 1000;

  private Depth() {}

  static void check(Node at, @Nullable Object value) throws ExpressionException {
    check(at, value, 0);
  }

  private static void check(Node at, @Nullable Object value, int level) throws ExpressionException {
    if (level > DEEPEST) {
      throw at.failure("the value is nested deeper than " + DEEPEST + " levels");
    }
    if (value instanceof RangeList) {
      return;
    }
    if (value instanceof List<?> list) {
      for (Object item : list) {
        check(at, item, level + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Object item : map.values()) {
        check(at, item, level + 1);
      }
    }
  }
}

package io.testmesh.engine.path;

import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.Numbers;
import org.jspecify.annotations.Nullable;

/** A comparison of two operands (RFC 9535, 2.3.5.2.2). */
record Comparison(Operand left, Operator operator, Operand right) implements Condition {
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  @Override
  public boolean holds(@Nullable Object current, Evaluation evaluation) {
    Object a = left.value(current, evaluation);
    Object b = right.value(current, evaluation);
    return switch (operator) {
      case EQUAL -> equal(a, b, evaluation);
      case NOT_EQUAL -> !equal(a, b, evaluation);
      case LESS -> less(a, b, evaluation);
      case LESS_OR_EQUAL -> less(a, b, evaluation) || equal(a, b, evaluation);
      case GREATER -> less(b, a, evaluation);
      case GREATER_OR_EQUAL -> less(b, a, evaluation) || equal(a, b, evaluation);
    };
  }

  /** Two absent values are equal, as the RFC says. */
  private static boolean equal(@Nullable Object a, @Nullable Object b, Evaluation evaluation) {
    return JsonValues.equal(a, b, evaluation);
  }

  /** Only numbers and texts have an order. */
  private static boolean less(@Nullable Object a, @Nullable Object b, Evaluation evaluation) {
    if (a instanceof Number x && b instanceof Number y) {
      return Numbers.compare(x, y) < 0;
    }
    if (a instanceof String x && b instanceof String y) {
      evaluation.add(Math.min(x.length(), y.length()) / 16);
      return JsonValues.compareTexts(x, y) < 0;
    }
    return false;
  }
}

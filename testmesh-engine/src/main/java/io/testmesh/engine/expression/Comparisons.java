package io.testmesh.engine.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code ==}, {@code !=} and the order of values. */
final class Comparisons {
  private Comparisons() {}

  /** {@code a == b}, {@code a != b}. */
  static final class Equality extends Node {
    final Node left;
    final Node right;
    final boolean negated;

    Equality(int start, int end, Node left, Node right, boolean negated) {
      super(start, end);
      this.left = left;
      this.right = right;
      this.negated = negated;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object a = left.value(e);
      Object b = right.value(e);
      if (a instanceof BigDecimal || b instanceof BigDecimal) {
        Object exact = Literals.Literal.beside(b, left, a);
        b = Literals.Literal.beside(a, right, b);
        a = exact;
      }
      return Comparing.equal(e, this, a, b) != negated;
    }

    @Override
    Node[] children() {
      return new Node[] {left, right};
    }
  }

  /** {@code a < b}, also in a row: {@code a < b <= c}. */
  static final class Ordering extends Node {
    private final Node[] operands;
    private final String[] operators;

    Ordering(int start, int end, Node[] operands, String[] operators) {
      super(start, end);
      this.operands = operands;
      this.operators = operators;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object left = operands[0].value(e);
      for (int i = 1; i < operands.length; i++) {
        Object right = operands[i].value(e);
        boolean holds =
            holds(
                Literals.Literal.beside(right, operands[i - 1], left),
                operators[i - 1],
                Literals.Literal.beside(left, operands[i], right));
        if (!holds) {
          return false;
        }
        left = right;
      }
      return true;
    }

    private boolean holds(@Nullable Object left, String operator, @Nullable Object right)
        throws ExpressionException {
      int order = Comparing.compare(this, left, right);
      boolean orEqual = operator.length() == 2;
      if (order == 0) {
        return orEqual;
      }
      return operator.charAt(0) == '<' == order < 0;
    }

    @Override
    Node[] children() {
      return operands;
    }
  }
}

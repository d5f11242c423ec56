package io.testmesh.engine.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Arithmetic. Long chains are one node, so that their length is not their depth. */
final class Calculation {
  private Calculation() {}

  /**
   * Operands with operators of one precedence; the operator at 0 stands before the operand at 1.
   */
  abstract static class Chained extends Node {
    final Node[] operands;
    final char[] operators;

    Chained(int start, int end, Node[] operands, char[] operators) {
      super(start, end);
      this.operands = operands;
      this.operators = operators;
    }

    @Override
    final Node[] children() {
      return operands;
    }
  }

  /** {@code a + b - c}. */
  static final class Sum extends Chained {
    Sum(int start, int end, Node[] operands, char[] operators) {
      super(start, end, operands, operators);
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object total = operands[0].value(e);
      for (int i = 1; i < operands.length; i++) {
        Object operand = operands[i].value(e);
        if (operators[i - 1] == '-') {
          total = Arithmetic.subtract(this, total, operand);
        } else if (total instanceof String text
            && operand instanceof String more
            && i + 1 < operands.length) {
          return joined(e, text, more, i);
        } else {
          total = Arithmetic.add(e, this, total, operand);
        }
      }
      return total;
    }

    /** Goes on with texts in one buffer, because joining them one by one takes quadratic time. */
    private @Nullable Object joined(Evaluation e, String text, String more, int last)
        throws ExpressionException {
      e.characters(this, (long) text.length() + more.length());
      StringBuilder buffer = new StringBuilder(text).append(more);
      for (int i = last + 1; i < operands.length; i++) {
        Object operand = operands[i].value(e);
        if (operators[i - 1] != '+' || !(operand instanceof String next)) {
          return operators[i - 1] == '-'
              ? Arithmetic.subtract(this, buffer.toString(), operand)
              : Arithmetic.add(e, this, buffer.toString(), operand);
        }
        e.characters(this, next.length());
        buffer.append(next);
      }
      return buffer.toString();
    }
  }

  /** {@code a * b / c % d}. */
  static final class Product extends Chained {
    Product(int start, int end, Node[] operands, char[] operators) {
      super(start, end, operands, operators);
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object total = operands[0].value(e);
      for (int i = 1; i < operands.length; i++) {
        Object operand = operands[i].value(e);
        total =
            switch (operators[i - 1]) {
              case '*' -> Arithmetic.multiply(this, total, operand);
              case '/' -> Arithmetic.divide(this, total, operand);
              default -> Arithmetic.remainder(this, total, operand);
            };
      }
      return total;
    }
  }

  /** {@code a ** b}. */
  static final class Power extends Node {
    private final Node base;
    private final Node exponent;

    Power(int start, int end, Node base, Node exponent) {
      super(start, end);
      this.base = base;
      this.exponent = exponent;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      return Arithmetic.power(this, base.value(e), exponent.value(e));
    }

    @Override
    Node[] children() {
      return new Node[] {base, exponent};
    }
  }

  /** {@code -a} and {@code +a}. */
  static final class Sign extends Node {
    private final Node operand;
    private final boolean minus;

    Sign(int start, int end, Node operand, boolean minus) {
      super(start, end);
      this.operand = operand;
      this.minus = minus;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = operand.value(e);
      if (minus) {
        return Arithmetic.negate(this, value);
      }
      if (value instanceof Number) {
        return value;
      }
      throw failure("+ wants a number, got " + Words.of(value));
    }

    @Override
    @Nullable BigDecimal allDigits() {
      BigDecimal digits = operand.allDigits();
      return digits != null && minus ? digits.negate() : digits;
    }

    @Override
    Node[] children() {
      return new Node[] {operand};
    }

    @Override
    boolean isLiteral() {
      return operand.isLiteral();
    }
  }

  /** {@code 1..3}. */
  static final class Range extends Node {
    private final Node from;
    private final Node to;

    Range(int start, int end, Node from, Node to) {
      super(start, end);
      this.from = from;
      this.to = to;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      long first = Access.wholeNumber(from, from.value(e), "the start of a range");
      long last = Access.wholeNumber(to, to.value(e), "the end of a range");
      if (last < first) {
        return new RangeList(first, 0);
      }
      if (last - first < 0 || last - first >= RangeList.LONGEST) {
        throw failure("a range has at most " + RangeList.LONGEST + " items");
      }
      return new RangeList(first, (int) (last - first + 1));
    }

    @Override
    Node[] children() {
      return new Node[] {from, to};
    }

    @Override
    boolean isLiteral() {
      return from.isLiteral() && to.isLiteral();
    }
  }
}

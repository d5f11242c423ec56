package io.testmesh.engine.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is true or false by its operator; comparisons are in {@link Comparisons}. */
final class Conditions {
  private Conditions() {}

  /** {@code a and b and c}, or the same with {@code or}. */
  static final class Junction extends Node {
    private final Node[] operands;
    private final boolean all;

    Junction(int start, int end, Node[] operands, boolean all) {
      super(start, end);
      this.operands = operands;
      this.all = all;
    }

    boolean isAll() {
      return all;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      int last = operands.length - 1;
      for (int i = 0; i < last; i++) {
        if (operands[i].truth(e) != all) {
          return !all;
        }
      }
      // As in expr-lang the last one is the result; who wants a condition looks at its type.
      return operands[last].value(e);
    }

    @Override
    Node[] children() {
      return operands;
    }

    @Override
    Node deciding(Observations seen) {
      Node last = this;
      for (Node operand : operands) {
        if (Boolean.FALSE.equals(seen.noted(operand))) {
          last = operand.deciding(seen);
        }
      }
      return last;
    }
  }

  /** {@code not a}. */
  static final class Not extends Node {
    private final Node operand;

    Not(int start, int end, Node operand) {
      super(start, end);
      this.operand = operand;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      return !operand.truth(e);
    }

    @Override
    Node[] children() {
      return new Node[] {operand};
    }
  }

  /** {@code a in b}. */
  static final class Membership extends Node {
    private final Node item;
    private final Node whole;
    private final boolean negated;

    Membership(int start, int end, Node item, Node whole, boolean negated) {
      super(start, end);
      this.item = item;
      this.whole = whole;
      this.negated = negated;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object wanted = item.value(e);
      Object all = whole.value(e);
      if (all instanceof List<?> list) {
        return holds(e, this, list, wanted) != negated;
      }
      if (all instanceof Map<?, ?> map) {
        if (!(wanted instanceof String) && !(map instanceof AnyKeyMap && AnyKeyMap.isKey(wanted))) {
          throw item.failure("a key of a map is a text, got " + Words.of(wanted));
        }
        return map.containsKey(wanted) != negated;
      }
      throw failure(
          "in wants a list or a map on its right, got " + Words.of(all),
          all instanceof String ? "contains looks for a text in a text" : null);
    }

    @Override
    Node[] children() {
      return new Node[] {item, whole};
    }
  }

  static boolean holds(Evaluation e, Node at, List<?> list, @Nullable Object wanted)
      throws ExpressionException {
    if (list instanceof RangeList range && wanted instanceof Long number) {
      return range.holds(number);
    }
    e.step(at, list.size());
    for (Object item : list) {
      if (Comparing.equal(e, at, item, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** {@code contains}, {@code startsWith} and {@code endsWith}; lists contain items. */
  static final class TextTest extends Node {
    private final Node left;
    private final String operator;
    private final Node right;
    private final boolean negated;

    TextTest(int start, int end, Node left, String operator, Node right, boolean negated) {
      super(start, end);
      this.left = left;
      this.operator = operator;
      this.right = right;
      this.negated = negated;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object whole = left.value(e);
      Object part = right.value(e);
      if (whole instanceof String text && part instanceof String wanted) {
        e.step(this, 1 + text.length() / 64);
        boolean holds =
            switch (operator) {
              case "contains" -> text.contains(wanted);
              case "startsWith" -> text.startsWith(wanted);
              default -> text.endsWith(wanted);
            };
        return holds != negated;
      }
      if (operator.equals("contains") && whole instanceof List<?> list) {
        return holds(e, this, list, part) != negated;
      }
      throw failure(
          operator
              + (operator.equals("contains") ? " wants two texts, or a list" : " wants two texts")
              + ", got "
              + Words.of(whole)
              + " and "
              + Words.of(part),
          whole instanceof Map<?, ?> ? "in looks for a key in a map" : null);
    }

    @Override
    Node[] children() {
      return new Node[] {left, right};
    }
  }

  /** {@code a matches b}: RE2, anywhere in the text. */
  static final class Matches extends Node {
    private final Node left;
    private final Node right;
    private final @Nullable Regex constant;
    private final boolean negated;
    private volatile @Nullable Regex latest;

    Matches(int start, int end, Node left, Node right, @Nullable Regex constant, boolean negated) {
      super(start, end);
      this.left = left;
      this.right = right;
      this.constant = constant;
      this.negated = negated;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object text = left.value(e);
      Object pattern = right.value(e);
      if (!(text instanceof String subject) || !(pattern instanceof String source)) {
        throw failure(
            "matches wants two texts, got " + Words.of(text) + " and " + Words.of(pattern));
      }
      Regex regex = constant == null ? compiled(source) : constant;
      e.step(this, 1 + (long) subject.length() * regex.cost() / 16);
      return regex.find(subject) != negated;
    }

    private Regex compiled(String source) throws ExpressionException {
      Regex known = latest;
      if (known == null || !known.source().equals(source)) {
        known = Regex.compile(source, right, ExpressionException.FAILED);
        latest = known;
      }
      return known;
    }

    @Override
    Node[] children() {
      return new Node[] {left, right};
    }
  }

  /** {@code a exists}: there and not null. */
  static final class Exists extends Node {
    private final Node operand;

    Exists(int start, int end, Node operand) {
      super(start, end);
      this.operand = operand;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object value = operand.valueOrAbsent(e);
      if (e.noted != null && operand.slot >= 0 && value != Environment.ABSENT) {
        e.noted[operand.slot] = value == null ? Evaluation.NULL : value;
      }
      return value != Environment.ABSENT && value != null;
    }

    @Override
    Node[] children() {
      return new Node[] {operand};
    }
  }

  /** {@code a is number}, {@code a is not null}. */
  static final class TypeTest extends Node {
    private final Node operand;
    private final String type;
    private final boolean negated;

    TypeTest(int start, int end, Node operand, String type, boolean negated) {
      super(start, end);
      this.operand = operand;
      this.type = type;
      this.negated = negated;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object value = operand.value(e);
      boolean holds =
          switch (type) {
            case "number" -> value instanceof Number;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            default -> value == null;
          };
      return holds != negated;
    }

    @Override
    Node[] children() {
      return new Node[] {operand};
    }
  }
}

package io.testmesh.engine.expression;

import org.jspecify.annotations.Nullable;

/** What decides which parts are evaluated, and in which order. */
final class Control {
  private Control() {}

  /** {@code a ? b : c}, {@code if a {b} else {c}}; without b the condition's own value. */
  static final class Conditional extends Node {
    private final Node condition;
    private final @Nullable Node then;
    private final Node otherwise;

    Conditional(int start, int end, Node condition, @Nullable Node then, Node otherwise) {
      super(start, end);
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      if (condition.truth(e)) {
        return then == null ? Boolean.TRUE : then.value(e);
      }
      return otherwise.value(e);
    }

    @Override
    Node[] children() {
      return then == null
          ? new Node[] {condition, otherwise}
          : new Node[] {condition, then, otherwise};
    }
  }

  /** {@code a ?? b}. */
  static final class Coalesce extends Node {
    private final Node left;
    private final Node right;

    Coalesce(int start, int end, Node left, Node right) {
      super(start, end);
      this.left = left;
      this.right = right;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = left.value(e);
      return value == null ? right.value(e) : value;
    }

    @Override
    Node[] children() {
      return new Node[] {left, right};
    }
  }

  /** {@code let x = a; b}. */
  static final class Let extends Node {
    private final int local;
    private final Node initial;
    private final Node body;

    Let(int start, int end, int local, Node initial, Node body) {
      super(start, end);
      this.local = local;
      this.initial = initial;
      this.body = body;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      e.locals[local] = initial.value(e);
      return body.value(e);
    }

    @Override
    Node[] children() {
      return new Node[] {initial, body};
    }

    @Override
    Node deciding(Observations seen) {
      return body.deciding(seen);
    }
  }

  /** {@code a; b}: the value of the last. */
  static final class Sequence extends Node {
    private final Node[] parts;

    Sequence(int start, int end, Node[] parts) {
      super(start, end);
      this.parts = parts;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = null;
      for (Node part : parts) {
        value = part.value(e);
      }
      return value;
    }

    @Override
    Node[] children() {
      return parts;
    }

    @Override
    Node deciding(Observations seen) {
      return parts[parts.length - 1].deciding(seen);
    }
  }

  /** {@code ${NAME:default}}: the text when the name is undefined. */
  static final class Default extends Node {
    private final Node operand;
    private final String text;

    Default(int start, int end, Node operand, String text) {
      super(start, end);
      this.operand = operand;
      this.text = text;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = operand.valueOrAbsent(e);
      return value == Environment.ABSENT ? text : value;
    }

    @Override
    Node[] children() {
      return new Node[] {operand};
    }
  }

  /** {@code ${a}} as an operand: the value, never pasted text. */
  static final class Hole extends Wrapper {
    Hole(int start, int end, Node inner) {
      super(start, end, inner);
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      return inner.value(e);
    }
  }
}

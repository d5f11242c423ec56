package io.testmesh.engine.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression: where it stands and how its value comes about. Immutable once parsed.
 */
abstract class Node {
  static final Node[] NONE = new Node[0];

  /** The place in the source, in UTF-16 units. */
  final int start;

  final int end;

  /** How many nodes lie below each other, this one included; set by the parser. */
  int depth = 1;

  /** Where observations keep the value; negative for what is evaluated many times. */
  int slot = -1;

  Node(int start, int end) {
    this.start = start;
    this.end = end;
  }

  /** Computes the value. Parents ask for {@link #value}, which also notes it. */
  abstract @Nullable Object eval(Evaluation e) throws ExpressionException;

  /** The value, noted where somebody wants to see it. */
  final @Nullable Object value(Evaluation e) throws ExpressionException {
    Object value = eval(e);
    if (e.noted != null && slot >= 0) {
      e.noted[slot] = value == null ? Evaluation.NULL : value;
    }
    return value;
  }

  /** The value, or {@link Environment#ABSENT} where something that is read is not there. */
  @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
    return value(e);
  }

  /** The parts in the order of the source. */
  Node[] children() {
    return NONE;
  }

  /** Whether the part of that number is evaluated once for each item of a list. */
  boolean isPredicate(int child) {
    return false;
  }

  /** Whether the value stands in the source, so that nobody needs to be told. */
  boolean isLiteral() {
    return false;
  }

  /** All digits of a decimal number in the source that a double does not keep, else null. */
  @Nullable BigDecimal allDigits() {
    return null;
  }

  /** Says what the node does when the last thing that it reads is not there. */
  void tolerate(Absence absence) {}

  /** The part that made this one false, or this one. */
  Node deciding(Observations seen) {
    return this;
  }

  final ExpressionException failure(String message, @Nullable String hint) {
    return new ExpressionException(ExpressionException.FAILED, message, hint, start, end, false);
  }

  final ExpressionException failure(String message) {
    return failure(message, null);
  }

  final ExpressionException absence(String message, @Nullable String hint) {
    return new ExpressionException(ExpressionException.FAILED, message, hint, start, end, true);
  }

  /** The value as a boolean. */
  final boolean truth(Evaluation e) throws ExpressionException {
    Object value = value(e);
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw failure(e.text(this) + " is " + Words.of(value) + ", not true or false");
  }
}

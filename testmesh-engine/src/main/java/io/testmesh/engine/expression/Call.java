package io.testmesh.engine.expression;

import org.jspecify.annotations.Nullable;

/** A call of a built-in function. */
final class Call extends Node {
  private final Function function;
  private final Node[] arguments;

  Call(int start, int end, Function function, Node[] arguments) {
    super(start, end);
    this.function = function;
    this.arguments = arguments;
  }

  @Override
  @Nullable Object eval(Evaluation e) throws ExpressionException {
    @Nullable Object[] values = new @Nullable Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].value(e);
    }
    return function.call(e, this, values);
  }

  /** The argument's node, for errors. */
  Node argument(int index) {
    return arguments[index];
  }

  @Override
  Node[] children() {
    return arguments;
  }
}

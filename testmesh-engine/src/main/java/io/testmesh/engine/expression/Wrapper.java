package io.testmesh.engine.expression;

import org.jspecify.annotations.Nullable;

/** A node that passes on what another one is. */
abstract class Wrapper extends Node {
  final Node inner;

  Wrapper(int start, int end, Node inner) {
    super(start, end);
    this.inner = inner;
  }

  @Override
  @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
    return inner.valueOrAbsent(e);
  }

  @Override
  void tolerate(Absence absence) {
    inner.tolerate(absence);
  }

  @Override
  Node[] children() {
    return new Node[] {inner};
  }

  @Override
  Node deciding(Observations seen) {
    return inner.deciding(seen);
  }
}

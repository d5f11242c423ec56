package io.testmesh.engine.expression;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Whole numbers one after the other, made when they are read. */
final class RangeList extends AbstractList<Object> implements RandomAccess {
  /** As many as expr-lang allows. */
  static final long LONGEST = 1_000_000;

  private final long first;
  private final int size;

  RangeList(long first, int size) {
    this.first = first;
    this.size = size;
  }

  @Override
  public Object get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return first + index;
  }

  @Override
  public int size() {
    return size;
  }

  /** Whether the whole number is one of them. */
  boolean holds(long number) {
    return number >= first && number - first < size;
  }
}

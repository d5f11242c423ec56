package io.testmesh.engine.expression;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A key with its value, as {@code toPairs} gives them: a list that equals no written list. */
final class Pair extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object key;
  private final @Nullable Object value;

  Pair(@Nullable Object key, @Nullable Object value) {
    this.key = key;
    this.value = value;
  }

  @Override
  public @Nullable Object get(int index) {
    return switch (index) {
      case 0 -> key;
      case 1 -> value;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int size() {
    return 2;
  }
}

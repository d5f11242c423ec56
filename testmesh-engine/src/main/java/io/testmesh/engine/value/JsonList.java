package io.testmesh.engine.value;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list that is immutable all the way down, so that nobody has to copy it. */
public final class JsonList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final List<? extends @Nullable Object> items;

  private JsonList(List<? extends @Nullable Object> items) {
    this.items = items;
  }

  /**
   * Takes a list over.
   *
   * @param items a list that nobody else changes, with values that are immutable and JSON-like
   */
  public static JsonList takeOver(List<? extends @Nullable Object> items) {
    return new JsonList(items);
  }

  @Override
  public @Nullable Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}

package io.testmesh.engine.path;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selects children of one node (RFC 9535, 2.3). */
sealed interface Selector {
  /**
   * Adds the children that it selects.
   *
   * @param at where the value is; null without locations
   */
  void select(@Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation);

  /** Selects one child at most. */
  sealed interface Single extends Selector {
    /** The child, or {@link JsonPath#ABSENT}. */
    @Nullable Object child(@Nullable Object value);

    /** The name or index for the child's location. */
    Object step(@Nullable Object value);

    @Override
    default void select(
        @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
      Object child = child(value);
      if (child != JsonPath.ABSENT) {
        evaluation.add(1);
        into.add(child, into.hasLocations() ? new Location(at, step(value)) : null);
      }
    }
  }

  /** A member. */
  record Name(String name) implements Single {
    @Override
    public @Nullable Object child(@Nullable Object value) {
      if (value instanceof Map<?, ?> map) {
        Object child = map.get(name);
        return child != null || map.containsKey(name) ? child : JsonPath.ABSENT;
      }
      return JsonPath.ABSENT;
    }

    @Override
    public Object step(@Nullable Object value) {
      return name;
    }
  }

  /** An item, from the end when the index is negative. */
  record Index(long index) implements Single {
    @Override
    public @Nullable Object child(@Nullable Object value) {
      if (value instanceof List<?> list) {
        long from = index < 0 ? index + list.size() : index;
        return from >= 0 && from < list.size() ? list.get((int) from) : JsonPath.ABSENT;
      }
      return JsonPath.ABSENT;
    }

    @Override
    public Object step(@Nullable Object value) {
      return index < 0 && value instanceof List<?> list ? (int) index + list.size() : (int) index;
    }
  }

  /** All children. */
  record Wildcard() implements Selector {
    @Override
    public void select(
        @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
      Children children = new Children(value, at);
      while (children.next()) {
        evaluation.add(1);
        children.addTo(into);
      }
    }
  }

  /** Every so many items of a range; a bound that is null is the end of the list. */
  record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {
    @Override
    public void select(
        @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
      if (!(value instanceof List<?> list) || step == 0) {
        return;
      }
      long size = list.size();
      boolean up = step > 0;
      // RFC 9535, 2.3.4.2.2: a range upwards lies within 0 and size, downwards within -1 and
      // size-1.
      long least = up ? 0 : -1;
      long most = up ? size : size - 1;
      long first = start == null ? (up ? least : most) : bound(start, size, least, most);
      long last = end == null ? (up ? most : least) : bound(end, size, least, most);
      for (long i = first; up ? i < last : i > last; i += step) {
        evaluation.add(1);
        into.add(list.get((int) i), into.hasLocations() ? new Location(at, (int) i) : null);
      }
    }

    private static long bound(long index, long size, long least, long most) {
      return Math.min(Math.max(index < 0 ? index + size : index, least), most);
    }
  }

  /** The children for which a condition holds. */
  record Filter(Condition condition) implements Selector {
    @Override
    public void select(
        @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
      Children children = new Children(value, at);
      while (children.next()) {
        evaluation.add(1);
        if (condition.holds(children.value(), evaluation)) {
          children.addTo(into);
        }
      }
    }
  }
}

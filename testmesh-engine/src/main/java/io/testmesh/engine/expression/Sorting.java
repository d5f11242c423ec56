package io.testmesh.engine.expression;

import io.testmesh.engine.value.JsonValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stable merge sort whose comparison may refuse. */
final class Sorting {
  private final Evaluation evaluation;
  private final Node at;
  private final @Nullable Object[] keys;
  private final boolean plainTexts;
  private final boolean descending;

  private Sorting(Evaluation evaluation, Node at, @Nullable Object[] keys, boolean descending) {
    this.evaluation = evaluation;
    this.at = at;
    this.keys = keys;
    this.descending = descending;
    this.plainTexts = haveOtherTexts(keys);
  }

  /**
   * The items in the order of their keys.
   *
   * @param keys one for each item, or null when the items are their own keys
   */
  static List<@Nullable Object> sorted(
      Evaluation e,
      Node at,
      List<@Nullable Object> items,
      @Nullable Object @Nullable [] keys,
      boolean descending)
      throws ExpressionException {
    @Nullable Object[] values = items.toArray();
    int[] order = new int[values.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Sorting sorting = new Sorting(e, at, keys == null ? values : keys, descending);
    sorting.sort(order, new int[order.length], 0, order.length);
    @Nullable Object[] result = new @Nullable Object[values.length];
    for (int i = 0; i < order.length; i++) {
      result[i] = values[order[i]];
    }
    return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(result));
  }

  private void sort(int[] order, int[] buffer, int from, int to) throws ExpressionException {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(order, buffer, from, middle);
    sort(order, buffer, middle, to);
    evaluation.step(at, to - from);
    System.arraycopy(order, from, buffer, from, to - from);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft = right >= to || left < middle && compare(buffer[left], buffer[right]) <= 0;
      order[i] = takeLeft ? buffer[left++] : buffer[right++];
    }
  }

  private int compare(int left, int right) throws ExpressionException {
    Object a = keys[left];
    Object b = keys[right];
    int order =
        plainTexts && a instanceof String x && b instanceof String y
            ? JsonValues.compareTexts(x, y)
            : Comparing.compare(at, a, b);
    return descending ? -order : order;
  }

  /** Instants compare by time only among themselves, else there would be no order. */
  private static boolean haveOtherTexts(@Nullable Object[] keys) {
    for (Object key : keys) {
      if (key instanceof String text && Instants.parse(text) == null) {
        return true;
      }
    }
    return false;
  }
}

package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A built-in that evaluates a predicate for each item of a list. */
final class PredicateCall extends Node {
  private final String name;
  private final Node source;
  private final @Nullable Node predicate;
  private final @Nullable Node extra;

  /** Where the item, the accumulator and the index are, one after the other. */
  private final int locals;

  /** Where observations keep the number of the item that decided; negative for nowhere. */
  int decider = -1;

  PredicateCall(
      int start,
      int end,
      String name,
      Node source,
      @Nullable Node predicate,
      @Nullable Node extra,
      int locals) {
    super(start, end);
    this.name = name;
    this.source = source;
    this.predicate = predicate;
    this.extra = extra;
    this.locals = locals;
  }

  static final int ITEM = 0;
  static final int ACCUMULATOR = 1;
  static final int INDEX = 2;

  static boolean isKnown(String name) {
    return switch (name) {
      case "all",
          "none",
          "any",
          "one",
          "filter",
          "map",
          "count",
          "sum",
          "find",
          "findIndex",
          "findLast",
          "findLastIndex",
          "groupBy",
          "sortBy",
          "reduce" ->
          true;
      default -> false;
    };
  }

  /** Whether the predicate may be left out. */
  static boolean isPredicateOptional(String name) {
    return name.equals("count") || name.equals("sum");
  }

  /** Whether one more argument may follow the predicate. */
  static boolean hasExtra(String name) {
    return name.equals("sortBy") || name.equals("reduce");
  }

  @Override
  @Nullable Object eval(Evaluation e) throws ExpressionException {
    Object value = source.value(e);
    if (!(value instanceof List<?> list)) {
      throw source.failure(
          name + " wants a list, got " + Words.of(value),
          value instanceof Map<?, ?> ? "values(…) gives the values of a map" : null);
    }
    return switch (name) {
      case "all" -> deciding(e, list, false) < 0;
      case "none" -> deciding(e, list, true) < 0;
      case "any" -> deciding(e, list, true) >= 0;
      case "one" -> one(e, list);
      case "filter" -> filter(e, list);
      case "map" -> map(e, list);
      case "count" -> count(e, list);
      case "sum" -> sum(e, list);
      case "find" -> itemAt(list, deciding(e, list, true));
      case "findIndex" -> indexOrNull(deciding(e, list, true));
      case "findLast" -> itemAt(list, last(e, list));
      case "findLastIndex" -> indexOrNull(last(e, list));
      case "groupBy" -> groupBy(e, list);
      case "sortBy" -> sortBy(e, list);
      default -> reduce(e, list);
    };
  }

  private @Nullable Object at(Evaluation e, @Nullable Object item, int index)
      throws ExpressionException {
    if (predicate == null) {
      return item;
    }
    e.step(this, predicate.depth);
    e.locals[locals + ITEM] = item;
    e.locals[locals + INDEX] = (long) index;
    return predicate.value(e);
  }

  private boolean holds(Evaluation e, @Nullable Object item, int index) throws ExpressionException {
    Object value = at(e, item, index);
    if (value instanceof Boolean result) {
      return result;
    }
    Node place = predicate == null ? this : predicate;
    throw place.failure(
        "the predicate of "
            + name
            + " is not true or false for item "
            + index
            + " but "
            + Words.of(value));
  }

  /** The first item for which the predicate gives the wanted answer, or -1. */
  private int deciding(Evaluation e, List<?> list, boolean wanted) throws ExpressionException {
    int index = 0;
    for (Object item : list) {
      if (holds(e, item, index) == wanted) {
        note(e, index);
        return index;
      }
      index++;
    }
    return -1;
  }

  private int last(Evaluation e, List<?> list) throws ExpressionException {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (holds(e, list.get(i), i)) {
        return i;
      }
    }
    return -1;
  }

  private void note(Evaluation e, int index) {
    if (e.noted != null && decider >= 0) {
      e.noted[decider] = (long) index;
    }
  }

  private static @Nullable Object itemAt(List<?> list, int index) {
    return index < 0 ? null : list.get(index);
  }

  private static @Nullable Object indexOrNull(int index) {
    return index < 0 ? null : (Object) (long) index;
  }

  private boolean one(Evaluation e, List<?> list) throws ExpressionException {
    int found = 0;
    int index = 0;
    for (Object item : list) {
      if (holds(e, item, index)) {
        found++;
        if (found == 2) {
          note(e, index);
        }
      }
      index++;
    }
    return found == 1;
  }

  private List<@Nullable Object> filter(Evaluation e, List<?> list) throws ExpressionException {
    List<@Nullable Object> kept = new ArrayList<>();
    int index = 0;
    for (Object item : list) {
      if (holds(e, item, index++)) {
        e.items(this, 1);
        kept.add(item);
      }
    }
    return Collections.unmodifiableList(kept);
  }

  private List<@Nullable Object> map(Evaluation e, List<?> list) throws ExpressionException {
    e.items(this, list.size());
    List<@Nullable Object> results = new ArrayList<>(list.size());
    int index = 0;
    for (Object item : list) {
      results.add(at(e, item, index++));
    }
    return Collections.unmodifiableList(results);
  }

  private long count(Evaluation e, List<?> list) throws ExpressionException {
    long count = 0;
    int index = 0;
    for (Object item : list) {
      if (holds(e, item, index++)) {
        count++;
      }
    }
    return count;
  }

  private Number sum(Evaluation e, List<?> list) throws ExpressionException {
    e.step(this, list.size());
    Number total = 0L;
    int index = 0;
    for (Object item : list) {
      total = Arithmetic.sum(this, total, at(e, item, index++));
    }
    return total;
  }

  private AnyKeyMap groupBy(Evaluation e, List<?> list) throws ExpressionException {
    AnyKeyMap groups = new AnyKeyMap();
    int index = 0;
    for (Object item : list) {
      Object key = at(e, item, index++);
      if (!AnyKeyMap.isKey(key)) {
        throw failure("groupBy wants plain values to group by, got " + Words.of(key));
      }
      e.items(this, 1);
      @SuppressWarnings("unchecked") // Nothing else is put into this map.
      List<@Nullable Object> group = (List<@Nullable Object>) groups.get(key);
      if (group == null) {
        group = new ArrayList<>();
        groups.put(key, group);
      }
      group.add(item);
    }
    return groups;
  }

  private List<@Nullable Object> sortBy(Evaluation e, List<?> list) throws ExpressionException {
    e.items(this, list.size());
    @Nullable Object[] keys = new @Nullable Object[list.size()];
    int index = 0;
    for (Object item : list) {
      keys[index] = at(e, item, index);
      index++;
    }
    boolean descending = extra != null && ListFunction.descending(extra, extra.value(e));
    return Sorting.sorted(e, this, new ArrayList<>(list), keys, descending);
  }

  private @Nullable Object reduce(Evaluation e, List<?> list) throws ExpressionException {
    Object total = null;
    if (extra != null) {
      total = extra.value(e);
    } else if (list.isEmpty()) {
      throw failure("reduce of an empty list wants an initial value as its third argument");
    } else {
      total = list.get(0);
    }
    for (int i = extra == null ? 1 : 0; i < list.size(); i++) {
      e.locals[locals + ACCUMULATOR] = total;
      total = at(e, list.get(i), i);
    }
    return total;
  }

  /** Why the result is false, in words; null where nothing is to be said. */
  @Nullable String explain(Observations seen, String text) {
    Object index = decider < 0 ? null : seen.slot(decider);
    Object items = seen.noted(source);
    if (!(items instanceof List<?> list) || predicate == null) {
      return null;
    }
    String condition = text.substring(predicate.start, predicate.end);
    String from = text.substring(source.start, source.end);
    if (index instanceof Long number) {
      String item = from + "[" + number + "]";
      String shown = Words.shown(list.get(number.intValue()));
      return switch (name) {
        case "all" -> item + " is the first for which " + condition + " does not hold: " + shown;
        case "none" -> item + " is the first for which " + condition + " holds: " + shown;
        case "one" -> item + " is the second for which " + condition + " holds: " + shown;
        default -> null;
      };
    }
    String none = "there is no item of " + from + " for which " + condition + " holds";
    return (name.equals("any") || name.equals("one"))
        ? none + (list.isEmpty() ? ": it is empty" : ", of " + list.size())
        : null;
  }

  @Override
  Node[] children() {
    List<Node> all = new ArrayList<>(3);
    all.add(source);
    if (predicate != null) {
      all.add(predicate);
    }
    if (extra != null) {
      all.add(extra);
    }
    return all.toArray(NONE);
  }

  @Override
  boolean isPredicate(int child) {
    return predicate != null && child == 1;
  }
}

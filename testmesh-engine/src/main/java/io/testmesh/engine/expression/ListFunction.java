package io.testmesh.engine.expression;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of lists, maps and any values. */
final class ListFunction extends Function {
  ListFunction(String name, int least, int most) {
    super(name, least, most);
  }

  @Override
  @Nullable Object call(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    return switch (name) {
      case "len" -> length(at, arguments);
      case "type" -> type(arguments[0]);
      case "string" -> string(e, at, arguments[0]);
      case "get" -> get(at, arguments);
      case "keys", "values", "toPairs" -> entries(e, at, arguments);
      case "fromPairs" -> fromPairs(e, at, arguments);
      case "concat" -> concat(e, at, arguments);
      default -> ofList(e, at, list(at, arguments, 0), arguments);
    };
  }

  private @Nullable Object ofList(Evaluation e, Call at, List<?> list, @Nullable Object[] arguments)
      throws ExpressionException {
    return switch (name) {
      case "first" -> list.isEmpty() ? null : list.get(0);
      case "last" -> list.isEmpty() ? null : list.get(list.size() - 1);
      case "take" -> take(at, list, arguments);
      case "reverse" -> {
        List<@Nullable Object> copy = copy(e, at, list);
        Collections.reverse(copy);
        yield Collections.unmodifiableList(copy);
      }
      case "uniq" -> uniq(e, at, list);
      case "flatten" -> {
        List<@Nullable Object> flat = new ArrayList<>();
        flatten(e, at, list, flat);
        yield Collections.unmodifiableList(flat);
      }
      default -> {
        boolean descending = arguments.length == 2 && descending(at, arguments[1]);
        yield Sorting.sorted(e, at, copy(e, at, list), null, descending);
      }
    };
  }

  static boolean descending(Node at, @Nullable Object order) throws ExpressionException {
    if ("asc".equals(order)) {
      return false;
    }
    if ("desc".equals(order)) {
      return true;
    }
    throw at.failure("the order is \"asc\" or \"desc\", got " + Words.of(order));
  }

  private static List<@Nullable Object> copy(Evaluation e, Call at, List<?> list)
      throws ExpressionException {
    e.items(at, list.size());
    return new ArrayList<>(list);
  }

  private Object length(Call at, @Nullable Object[] arguments) throws ExpressionException {
    Object value = arguments[0];
    if (value instanceof List<?> list) {
      return (long) list.size();
    }
    if (value instanceof String text) {
      return (long) Texts.length(text);
    }
    if (value instanceof Map<?, ?> map) {
      return (long) map.size();
    }
    if (value instanceof byte[] bytes) {
      return (long) bytes.length;
    }
    throw wrong(at, arguments, 0, "a text, a list or a map");
  }

  private static String type(@Nullable Object value) {
    if (value instanceof List<?> || value instanceof byte[]) {
      return "array";
    }
    if (value instanceof ZonedDateTime) {
      return "time.Time";
    }
    if (value instanceof Duration) {
      return "time.Duration";
    }
    return value instanceof ZoneId ? "time.Location" : ValueTypes.type(value);
  }

  private static String string(Evaluation e, Call at, @Nullable Object value)
      throws ExpressionException {
    String text = GoText.of(value);
    e.characters(at, text.length());
    return text;
  }

  private @Nullable Object get(Call at, @Nullable Object[] arguments) throws ExpressionException {
    Object key = arguments[1];
    if (arguments[0] instanceof Map<?, ?> map) {
      return key instanceof String || map instanceof AnyKeyMap && AnyKeyMap.isKey(key)
          ? map.get(key)
          : null;
    }
    List<?> list = list(at, arguments, 0);
    long wanted = Access.wholeNumber(at.argument(1), key, "the number of an item");
    long position = wanted < 0 ? wanted + list.size() : wanted;
    return position < 0 || position >= list.size() ? null : list.get((int) position);
  }

  private List<?> take(Call at, List<?> list, @Nullable Object[] arguments)
      throws ExpressionException {
    long count = whole(at, arguments, 1);
    if (count < 0) {
      throw at.argument(1).failure("take wants 0 or more, got " + count);
    }
    return Collections.unmodifiableList(list.subList(0, (int) Math.min(count, list.size())));
  }

  private List<?> entries(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    if (!(arguments[0] instanceof Map<?, ?> map)) {
      throw wrong(at, arguments, 0, "a map");
    }
    e.items(at, map.size());
    List<@Nullable Object> result = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      result.add(
          switch (name) {
            case "keys" -> entry.getKey();
            case "values" -> entry.getValue();
            default -> new Pair(entry.getKey(), entry.getValue());
          });
    }
    return Collections.unmodifiableList(result);
  }

  private AnyKeyMap fromPairs(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    List<?> pairs = list(at, arguments, 0);
    e.items(at, pairs.size());
    AnyKeyMap map = new AnyKeyMap();
    for (Object item : pairs) {
      if (!(item instanceof List<?> pair && pair.size() == 2)) {
        throw at.argument(0)
            .failure("fromPairs wants a list of [key, value], got " + Words.of(item) + " in it");
      }
      if (!AnyKeyMap.isKey(pair.get(0))) {
        throw at.argument(0).failure(Words.of(pair.get(0)) + " cannot be a key");
      }
      map.put(pair.get(0), pair.get(1));
    }
    return map;
  }

  private List<@Nullable Object> concat(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      List<?> list = list(at, arguments, i);
      e.items(at, list.size());
      all.addAll(list);
    }
    return Collections.unmodifiableList(all);
  }

  private static List<@Nullable Object> uniq(Evaluation e, Call at, List<?> list)
      throws ExpressionException {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : list) {
      if (!Conditions.holds(e, at, kept, item)) {
        e.items(at, 1);
        kept.add(item);
      }
    }
    return Collections.unmodifiableList(kept);
  }

  private static void flatten(Evaluation e, Call at, List<?> list, List<@Nullable Object> into)
      throws ExpressionException {
    e.items(at, list.size());
    for (Object item : list) {
      if (item instanceof List<?> inner) {
        flatten(e, at, inner, into);
      } else {
        into.add(item);
      }
    }
  }
}

package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.JsonLike;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a key holds, whatever its type. */
final class KeyReader {
  /** How often a key may change its type between two looks. */
  private static final int MOST_LOOKS = 3;

  /** Up to here every whole number is a double of its own. */
  private static final double LARGEST_EXACT = 1L << 53;

  private final Redis redis;
  private final Call call;

  KeyReader(Redis redis, Call call) {
    this.redis = redis;
    this.call = call;
  }

  /**
   * What a key holds.
   *
   * @return {value, exists, type}; value null and type none for a key that is not there
   */
  Map<String, @Nullable Object> read(String key) throws ActionException, InterruptedException {
    int looks = 0;
    while (true) {
      try {
        // A text is what most keys hold: one question is enough for it.
        return looks == 0 ? text(key) : byType(key);
      } catch (ServerError e) {
        looks++;
        if (!e.is("WRONGTYPE") || looks == MOST_LOOKS) {
          throw e;
        }
      }
    }
  }

  private Map<String, @Nullable Object> text(String key)
      throws ActionException, InterruptedException {
    Object text = ask("GET", key);
    return text == null ? absent() : found("string", Replies.value(text));
  }

  private Map<String, @Nullable Object> byType(String key)
      throws ActionException, InterruptedException {
    String type = String.valueOf(Replies.value(ask("TYPE", key)));
    switch (type) {
      case "none":
        return absent();
      case "string":
        return text(key);
      case "hash":
        return filled(type, Replies.map(ask("HGETALL", key)));
      case "list":
        return filled(type, Replies.value(ask("LRANGE", key, "0", "-1")));
      case "set":
        return filled(type, sorted(ask("SMEMBERS", key)));
      case "zset":
        return filled(type, scored(ask("ZRANGE", key, "0", "-1", "WITHSCORES")));
      case "stream":
        return found(type, entries(ask("XRANGE", key, "-", "+")));
      default:
        throw new ActionException(
                ActionException.ACTION_FAILED,
                "the key \"" + key + "\" holds a " + type + ", which is not known here")
            .hint("read it with redis.command");
    }
  }

  private @Nullable Object ask(String command, String... arguments)
      throws ActionException, InterruptedException {
    return redis.call(Command.of(command, arguments), call);
  }

  private static Map<String, @Nullable Object> absent() {
    return values(null, false, "none");
  }

  private static Map<String, @Nullable Object> found(String type, @Nullable Object value) {
    return values(value, true, type);
  }

  /** A collection without members is no key: it went away since its type was asked for. */
  private static Map<String, @Nullable Object> filled(String type, @Nullable Object value) {
    boolean isEmpty =
        value instanceof Map<?, ?> map ? map.isEmpty() : value instanceof List<?> l && l.isEmpty();
    return isEmpty ? absent() : found(type, value);
  }

  private static Map<String, @Nullable Object> values(
      @Nullable Object value, boolean exists, String type) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("value", value);
    values.put("exists", exists);
    values.put("type", type);
    return values;
  }

  /** A set has no order of its own, so it is given in that of its texts. */
  private static List<String> sorted(@Nullable Object answer) {
    List<String> members = new ArrayList<>();
    if (answer instanceof List<?> items) {
      for (Object item : items) {
        members.add(String.valueOf(Replies.value(item)));
      }
    }
    members.sort(null);
    return members;
  }

  private static List<@Nullable Object> scored(@Nullable Object answer) {
    List<@Nullable Object> members = new ArrayList<>();
    for (Map.Entry<@Nullable Object, @Nullable Object> pair : Replies.pairs(answer)) {
      Map<String, @Nullable Object> member = new LinkedHashMap<>();
      member.put("member", Replies.value(pair.getKey()));
      member.put("score", score(pair.getValue()));
      members.add(member);
    }
    return members;
  }

  /** Whole numbers without fraction; older servers give a number as text. */
  private static @Nullable Object score(@Nullable Object score) {
    double number;
    if (score instanceof Double given) {
      number = given;
    } else {
      String text = String.valueOf(Replies.value(score));
      number =
          text.endsWith("inf")
              ? text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
              : Double.parseDouble(text);
    }
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT
        ? (Object) (long) number
        : JsonLike.of(number);
  }

  private static List<@Nullable Object> entries(@Nullable Object answer) {
    List<@Nullable Object> entries = new ArrayList<>();
    for (Map.Entry<@Nullable Object, @Nullable Object> pair : Replies.pairs(answer)) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("id", Replies.value(pair.getKey()));
      entry.put("fields", Replies.map(pair.getValue()));
      entries.add(entry);
    }
    return entries;
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.NearNames;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading members, items and slices. */
final class Access {
  private Access() {}

  /** Something that is read from an owner and may be missing there. */
  abstract static class Link extends Node {
    final Node base;

    /** Whether it follows {@code ?.}. */
    final boolean optional;

    Absence absence = Absence.ERROR;

    Link(int start, int end, Node base, boolean optional) {
      super(start, end);
      this.base = base;
      this.optional = optional;
    }

    @Override
    final void tolerate(Absence absence) {
      this.absence = absence;
    }

    /** Whether it is asked for as something that may be absent, and its owner gave nothing. */
    final boolean isOfNothing(Evaluation e) throws ExpressionException {
      return (optional || absence != Absence.ERROR)
          && base instanceof Names.Name name
          && name.isWithoutValue(e);
    }
  }

  /** {@code base.key}. */
  static final class Member extends Link {
    final String key;

    Member(int start, int end, Node base, String key, boolean optional) {
      super(start, end, base, optional);
      this.key = key;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      if (isOfNothing(e)) {
        return optional ? Evaluation.STOP : null;
      }
      Object owner = base.value(e);
      if (owner instanceof Map<?, ?> map) {
        Object value = map.get(key);
        return value != null || map.containsKey(key)
            ? value
            : absentKey(this, e, e.text(base), map, key, absence);
      }
      if (owner == Evaluation.STOP || owner == null && optional) {
        return Evaluation.STOP;
      }
      Object value = other(owner);
      if (value == Environment.ABSENT) {
        throw noMember(e, owner);
      }
      return value;
    }

    /** The member of what is no map, or absent. */
    private @Nullable Object other(@Nullable Object owner) throws ExpressionException {
      if (owner instanceof Members members) {
        return members.member(key);
      }
      if (key.equals("length") && owner instanceof List<?> list) {
        return (long) list.size();
      }
      return key.equals("length") && owner instanceof String text
          ? (Object) (long) Texts.length(text)
          : Environment.ABSENT;
    }

    private ExpressionException noMember(Evaluation e, @Nullable Object owner) {
      if (owner == null) {
        return absence(
            e.text(base) + " is null, it has no key " + quoted(key),
            "?. reads a key of what may be null");
      }
      if (owner instanceof Members members) {
        return failure(
            e.text(base) + " has no " + quoted(key), NearNames.hintOrNames(key, members.names()));
      }
      return failure(
          e.text(base) + " is " + Words.of(owner) + ", it has no key " + quoted(key),
          owner instanceof List<?>
              ? "items are read by number, [0] is the first"
              : jsonHint(e, base, owner));
    }

    @Override
    @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
      Object owner = base.valueOrAbsent(e);
      if (owner == Environment.ABSENT || owner == null || owner == Evaluation.STOP) {
        return Environment.ABSENT;
      }
      if (owner instanceof Map<?, ?> map) {
        Object value = map.get(key);
        return value != null || map.containsKey(key) ? value : Environment.ABSENT;
      }
      return other(owner);
    }

    @Override
    Node[] children() {
      return new Node[] {base};
    }
  }

  /** How a map or list is read that came as its JSON; null for anything else. */
  private static @Nullable String jsonHint(Evaluation e, Node base, @Nullable Object owner) {
    return isJson(owner) ? "it is JSON as text: fromJSON(" + e.text(base) + ") reads it" : null;
  }

  private static boolean isJson(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return false;
    }
    String json = text.strip();
    return json.startsWith("{") && json.endsWith("}") || json.startsWith("[") && json.endsWith("]");
  }

  /** {@code base[key]}: an item by number, from the end when negative, or the value of a key. */
  static final class Index extends Link {
    final Node key;

    Index(int start, int end, Node base, Node key, boolean optional) {
      super(start, end, base, optional);
      this.key = key;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      if (isOfNothing(e)) {
        return optional ? Evaluation.STOP : null;
      }
      Object owner = base.value(e);
      if (owner == Evaluation.STOP || owner == null && optional) {
        return Evaluation.STOP;
      }
      Object index = key.value(e);
      if (owner instanceof List<?> list) {
        return list.get(position(e, index, list.size()));
      }
      if (owner instanceof Map<?, ?> map) {
        requireKey(map, index);
        Object value = map.get(index);
        return value != null || map.containsKey(index)
            ? value
            : absentKey(this, e, e.text(base), map, index, absence);
      }
      if (owner instanceof byte[] bytes) {
        return (long) (bytes[position(e, index, bytes.length)] & 0xFF);
      }
      if (owner == null) {
        throw absence(
            e.text(base)
                + " is null, it has no "
                + (index instanceof String name ? "key " + quoted(name) : "item " + index),
            "?.[…] reads an item of what may be null");
      }
      throw failure(
          e.text(base) + " is " + Words.of(owner) + ", it has no items",
          isJson(owner)
              ? jsonHint(e, base, owner)
              : owner instanceof String ? "a part of a text is text[0:1]" : null);
    }

    private int position(Evaluation e, @Nullable Object index, int size)
        throws ExpressionException {
      long wanted = wholeNumber(key, index, "the number of an item");
      long position = wanted < 0 ? wanted + size : wanted;
      if (position < 0 || position >= size) {
        throw absence(
            e.text(base)
                + " has no item "
                + index
                + " (it has "
                + (size == 0 ? "none)" : size + ")"),
            null);
      }
      return (int) position;
    }

    private void requireKey(Map<?, ?> map, @Nullable Object index) throws ExpressionException {
      if (!(index instanceof String) && !(map instanceof AnyKeyMap && AnyKeyMap.isKey(index))) {
        throw key.failure("a key of a map is a text, got " + Words.of(index));
      }
    }

    @Override
    @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
      Object owner = base.valueOrAbsent(e);
      if (owner == Environment.ABSENT || owner == null || owner == Evaluation.STOP) {
        return Environment.ABSENT;
      }
      Object index = key.value(e);
      if (owner instanceof List<?> list) {
        long wanted = wholeNumber(key, index, "the number of an item");
        long position = wanted < 0 ? wanted + list.size() : wanted;
        return position < 0 || position >= list.size()
            ? Environment.ABSENT
            : list.get((int) position);
      }
      if (owner instanceof Map<?, ?> map) {
        requireKey(map, index);
        return map.containsKey(index) ? map.get(index) : Environment.ABSENT;
      }
      return Environment.ABSENT;
    }

    @Override
    Node[] children() {
      return new Node[] {base, key};
    }
  }

  /** {@code base[from:to]} of a list, or of a text by characters. */
  static final class Slice extends Node {
    private final Node base;
    private final @Nullable Node from;
    private final @Nullable Node to;

    Slice(int start, int end, Node base, @Nullable Node from, @Nullable Node to) {
      super(start, end);
      this.base = base;
      this.from = from;
      this.to = to;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      Object owner = base.value(e);
      if (owner instanceof List<?> list) {
        int begin = bound(e, from, list.size(), 0);
        int stop = Math.max(begin, bound(e, to, list.size(), list.size()));
        return Collections.unmodifiableList(list.subList(begin, stop));
      }
      if (owner instanceof String text) {
        int length = Texts.length(text);
        int begin = bound(e, from, length, 0);
        int stop = Math.max(begin, bound(e, to, length, length));
        e.characters(this, stop - begin);
        int first = text.offsetByCodePoints(0, begin);
        return text.substring(first, text.offsetByCodePoints(first, stop - begin));
      }
      throw failure(e.text(base) + " is " + Words.of(owner) + "; only lists and texts have slices");
    }

    private static int bound(Evaluation e, @Nullable Node node, int size, int missing)
        throws ExpressionException {
      if (node == null) {
        return missing;
      }
      long wanted = wholeNumber(node, node.value(e), "a bound of a slice");
      return (int) Math.max(0, Math.min(size, wanted < 0 ? wanted + size : wanted));
    }

    @Override
    Node[] children() {
      if (from != null && to != null) {
        return new Node[] {base, from, to};
      }
      return from != null
          ? new Node[] {base, from}
          : to != null ? new Node[] {base, to} : new Node[] {base};
    }
  }

  /** Members one after the other of which one follows {@code ?.}: null ends all of them. */
  static final class Chain extends Wrapper {
    Chain(int start, int end, Node inner) {
      super(start, end, inner);
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = inner.value(e);
      return value == Evaluation.STOP ? null : value;
    }
  }

  /** The value as a number that counts something. */
  static long wholeNumber(Node at, @Nullable Object value, String what) throws ExpressionException {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof BigInteger number) {
      return number.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    throw at.failure(what + " is a whole number, got " + Words.of(value));
  }

  /** Null where the absence of a key is permitted. */
  static @Nullable Object absentKey(
      Node at, Evaluation e, String owner, Map<?, ?> map, @Nullable Object key, Absence absence)
      throws ExpressionException {
    if (absence == Absence.NULL) {
      return null;
    }
    if (!(key instanceof String name)) {
      if (absence == Absence.ERROR) {
        throw at.absence(
            owner + " has no key " + ValueTypes.toJson(key) + " (" + Words.keys(map) + ")", null);
      }
      return null;
    }
    List<String> names = Words.names(map);
    String near = Names.nearlySame(name, names);
    if (absence == Absence.NULL_UNLESS_NEAR && near == null) {
      return null;
    }
    String hint = near == null ? NearNames.hint(name, names) : "did you mean \"" + near + "\"?";
    if (hint == null && name.equals("length")) {
      hint = "len(…) tells how many keys a map has";
    }
    throw at.absence(owner + " has no key " + quoted(name) + " (" + Words.keys(map) + ")", hint);
  }

  private static String quoted(String key) {
    return "\"" + key + "\"";
  }
}

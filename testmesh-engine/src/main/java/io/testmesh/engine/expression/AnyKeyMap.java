package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are any plain values, as {@code groupBy} and {@code fromPairs} make them.
 * Numbers of the same value are the same key.
 */
final class AnyKeyMap extends AbstractMap<@Nullable Object, @Nullable Object> {
  private final Map<Object, Entry<@Nullable Object, @Nullable Object>> entries =
      new LinkedHashMap<>();

  /** Whether the value can be a key: it is no list and no map. */
  static boolean isKey(@Nullable Object value) {
    return !(value instanceof List<?> || value instanceof Map<?, ?> || value instanceof byte[]);
  }

  @Override
  public @Nullable Object put(@Nullable Object key, @Nullable Object value) {
    Entry<@Nullable Object, @Nullable Object> before =
        entries.put(wrapped(key), new SimpleImmutableEntry<>(key, value));
    return before == null ? null : before.getValue();
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    Entry<@Nullable Object, @Nullable Object> entry = entries.get(wrapped(key));
    return entry == null ? null : entry.getValue();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return entries.containsKey(wrapped(key));
  }

  @Override
  public int size() {
    return entries.size();
  }

  /** Whether every key is a text, so that this is a map like any other. */
  boolean hasTextKeys() {
    for (Object key : entries.keySet()) {
      if (!(key instanceof String)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Set<Entry<@Nullable Object, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<@Nullable Object, @Nullable Object>> iterator() {
        return entries.values().iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }

  private static Object wrapped(@Nullable Object key) {
    if (key == null) {
      return Evaluation.NULL;
    }
    return key instanceof Number number ? new NumberKey(number) : key;
  }

  /** Numbers by value. */
  private record NumberKey(Number number) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof NumberKey key && Numbers.equal(number, key.number);
    }

    @Override
    public int hashCode() {
      return Numbers.hash(number);
    }
  }
}

package io.testmesh.engine.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that is immutable all the way down, so that nobody has to copy it. Keeps the order of its
 * keys. Most maps of a result have few keys: those are looked through, which costs less to build,
 * to walk and to keep than a hash table.
 */
public final class JsonMap extends AbstractMap<String, @Nullable Object> {
  /** A map with more keys has a hash table. */
  static final int FEW = 8;

  private static final String[] NO_KEYS = {};
  private static final @Nullable Object[] NO_VALUES = {};

  private final @Nullable Map<String, @Nullable Object> table;
  private final String[] keys;
  private final @Nullable Object[] values;

  private JsonMap(
      @Nullable Map<String, @Nullable Object> table, String[] keys, @Nullable Object[] values) {
    this.table = table;
    this.keys = keys;
    this.values = values;
  }

  /**
   * Takes a map over.
   *
   * @param entries a map that nobody else changes, with values that are immutable and JSON-like
   */
  public static JsonMap takeOver(LinkedHashMap<String, @Nullable Object> entries) {
    return new JsonMap(entries, NO_KEYS, NO_VALUES);
  }

  /**
   * Takes the keys and values of a map over that has few of them.
   *
   * @param keys an array that nobody else changes, without duplicates
   * @param values as many, immutable and JSON-like
   */
  static JsonMap takeOver(String[] keys, @Nullable Object[] values) {
    return new JsonMap(null, keys, values);
  }

  private int indexOf(@Nullable Object key) {
    if (key instanceof String) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i].equals(key)) {
          return i;
        }
      }
    }
    return -1;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (table != null) {
      return table.get(key);
    }
    int index = indexOf(key);
    return index < 0 ? null : values[index];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return table == null ? indexOf(key) >= 0 : table.containsKey(key);
  }

  @Override
  public int size() {
    return table == null ? keys.length : table.size();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    if (table != null) {
      table.forEach(action);
    }
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    if (table == null) {
      return new Entries();
    }
    Map<String, @Nullable Object> readOnly = Collections.unmodifiableMap(table);
    return readOnly.entrySet();
  }

  /** The entries of a map with few keys. */
  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return keys.length;
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new EntryIterator();
    }
  }

  private final class EntryIterator implements Iterator<Map.Entry<String, @Nullable Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < keys.length;
    }

    @Override
    public Map.Entry<String, @Nullable Object> next() {
      if (next == keys.length) {
        throw new NoSuchElementException();
      }
      int index = next++;
      return new SimpleImmutableEntry<>(keys[index], values[index]);
    }
  }
}

package io.testmesh.engine.value;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that is immutable all the way down, so that nobody has to copy it. Keeps the order of its
 * keys.
 */
public final class JsonMap extends AbstractMap<String, @Nullable Object> {
  private final Map<String, @Nullable Object> entries;

  private JsonMap(Map<String, @Nullable Object> entries) {
    this.entries = entries;
  }

  /**
   * Takes a map over.
   *
   * @param entries a map that nobody else changes, with values that are immutable and JSON-like
   */
  public static JsonMap takeOver(LinkedHashMap<String, @Nullable Object> entries) {
    return new JsonMap(entries);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return entries.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return entries.containsKey(key);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    entries.forEach(action);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> readOnly = Collections.unmodifiableMap(entries);
    return readOnly.entrySet();
  }
}

package io.testmesh.action;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are found in any case, as the names of HTTP headers are (RFC 9110, 5.1). Keeps
 * the order and the spelling of its keys; the last of two keys that differ in case alone wins.
 * Immutable.
 *
 * @since 0.1
 */
public final class HeaderMap extends AbstractMap<String, @Nullable Object> {
  private final Map<String, @Nullable Object> entries;
  private final Map<String, String> spellings;

  private HeaderMap(Map<String, @Nullable Object> entries, Map<String, String> spellings) {
    this.entries = Collections.unmodifiableMap(entries);
    this.spellings = spellings;
  }

  /** A copy of the map; the values are JSON-like. */
  public static HeaderMap copyOf(Map<String, ? extends @Nullable Object> map) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    Map<String, String> spellings = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends @Nullable Object> entry : map.entrySet()) {
      String known = spellings.putIfAbsent(lower(entry.getKey()), entry.getKey());
      entries.put(known == null ? entry.getKey() : known, entry.getValue());
    }
    return new HeaderMap(entries, spellings);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    String spelling = key instanceof String text ? spellings.get(lower(text)) : null;
    return spelling == null ? null : entries.get(spelling);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String text && spellings.containsKey(lower(text));
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    entries.forEach(action);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return entries.entrySet();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

package io.testmesh.engine.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map with text keys. */
public final class YamlMap implements YamlNode {
  private final Map<String, Entry> entries;
  private final int start;
  private final int end;

  YamlMap(Map<String, Entry> entries, int start, int end) {
    this.entries = entries;
    this.start = start;
    this.end = end;
  }

  /** The entries in the order of the text. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** The entry of a key, or null. */
  public @Nullable Entry entry(String key) {
    return entries.get(key);
  }

  /** The keys in the order of the text. */
  public Collection<String> keys() {
    return Collections.unmodifiableCollection(entries.keySet());
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public Map<String, @Nullable Object> value() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(entries.size() * 4 / 3 + 1);
    for (Entry entry : entries.values()) {
      values.put(entry.key(), entry.value().value());
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * A key with its value.
   *
   * @param key the key's text
   * @param start the offset of the key's first character
   * @param end the offset after the key
   * @param value the value's node
   */
  public record Entry(String key, int start, int end, YamlNode value) {}
}

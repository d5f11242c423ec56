package io.testmesh.engine.scope;

import io.testmesh.action.HeaderMap;
import io.testmesh.engine.value.JsonValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of values what a record keeps: without secrets, and not longer than a record may be.
 * Belongs to one thread and one record.
 */
public final class Recording {
  /** What a record keeps of one value, in characters. */
  public static final int LONGEST = 256 * 1024;

  private final Masking masking;
  private final int longest;
  private boolean truncated;
  private int room;

  /** A record without values. */
  public Recording(Masking masking) {
    this(masking, LONGEST);
  }

  /** A record that keeps so much of one value, in characters. */
  Recording(Masking masking, int longest) {
    this.masking = masking;
    this.longest = longest;
  }

  /** Whether a value was cut. */
  public boolean isTruncated() {
    return truncated;
  }

  /** The value as it is kept; the same object when nothing has to be hidden or cut. */
  public @Nullable Object keep(@Nullable Object value) {
    room = longest;
    return part(value);
  }

  /** The map as it is kept; each of its values has the room of one. */
  public Map<String, @Nullable Object> keepMap(Map<String, @Nullable Object> map) {
    if (map.isEmpty()) {
      return map;
    }
    Map<String, @Nullable Object> changed = null;
    for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
      Object value = entry.getValue();
      Object kept = keep(value);
      if (kept != value) {
        changed = changed == null ? new LinkedHashMap<>(map) : changed;
        changed.put(entry.getKey(), kept);
      }
    }
    return changed == null ? map : Collections.unmodifiableMap(changed);
  }

  private @Nullable Object part(@Nullable Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (JsonValues.isScalar(value)) {
      room -= 8;
      return value instanceof Number number && masking.isSecret(number) ? Masking.MASK : value;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    room -= 8;
    return value;
  }

  private String text(String text) {
    String masked = masking.mask(text);
    if (masked.length() <= room) {
      room -= masked.length() + 2;
      return masked;
    }
    truncated = true;
    int end = Math.max(0, room);
    if (end > 0 && Character.isHighSurrogate(masked.charAt(end - 1))) {
      end--;
    }
    room = 0;
    return masked.substring(0, end) + "… (cut, " + masked.length() + " characters)";
  }

  private List<?> list(List<?> list) {
    List<@Nullable Object> kept = null;
    int size = list.size();
    for (int index = 0; index < size; index++) {
      if (room <= 0) {
        truncated = true;
        return Collections.unmodifiableList(
            kept == null ? new ArrayList<>(list.subList(0, index)) : kept);
      }
      Object item = list.get(index);
      Object part = part(item);
      if (part != item && kept == null) {
        kept = new ArrayList<>(list.subList(0, index));
      }
      if (kept != null) {
        kept.add(part);
      }
    }
    room -= 2;
    return kept == null ? list : Collections.unmodifiableList(kept);
  }

  private Map<?, ?> map(Map<?, ?> map) {
    Map<String, @Nullable Object> kept = null;
    int index = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (room <= 0) {
        truncated = true;
        return finished(map, kept == null ? first(map, index) : kept);
      }
      String key = entry.getKey() instanceof String text ? text : String.valueOf(entry.getKey());
      String maskedKey = masking.mask(key);
      Object part = part(entry.getValue());
      room -= key.length() + 3;
      if (kept == null && (part != entry.getValue() || !maskedKey.equals(key))) {
        kept = first(map, index);
      }
      if (kept != null) {
        kept.put(maskedKey, part);
      }
      index++;
    }
    return kept == null ? map : finished(map, kept);
  }

  private static Map<String, @Nullable Object> first(Map<?, ?> map, int count) {
    Map<String, @Nullable Object> first = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (first.size() == count) {
        break;
      }
      first.put(String.valueOf(entry.getKey()), entry.getValue());
    }
    return first;
  }

  private static Map<?, ?> finished(Map<?, ?> original, Map<String, @Nullable Object> kept) {
    return original instanceof HeaderMap
        ? HeaderMap.copyOf(kept)
        : Collections.unmodifiableMap(kept);
  }
}

package io.testmesh.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an action gives: a map of JSON-like values in order. Immutable; each method gives a result
 * with one value more.
 *
 * @since 0.1
 */
public final class ActionResult {

  /** A result without values. */
  public static final ActionResult EMPTY = new ActionResult(Map.of());

  private final Map<String, @Nullable Object> values;

  private ActionResult(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** A result with one value. */
  public static ActionResult of(String key, @Nullable Object value) {
    return EMPTY.with(key, value);
  }

  /** A result with the values; the map is copied. */
  public static ActionResult of(Map<String, ? extends @Nullable Object> values) {
    return new ActionResult(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
  }

  /** This result and one value more. */
  public ActionResult with(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(Objects.requireNonNull(key, "key"), value);
    return new ActionResult(Collections.unmodifiableMap(more));
  }

  /** The values, in order; cannot be changed. */
  public Map<String, @Nullable Object> values() {
    return values;
  }
}

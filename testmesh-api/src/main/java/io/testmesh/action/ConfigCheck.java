package io.testmesh.action;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step's configuration as it is known before anything runs, for what types alone cannot say: keys
 * that exclude or need each other, texts of a certain form. Handed to {@link ActionHandler#check};
 * belongs to that call.
 *
 * @since 0.1
 */
public interface ConfigCheck {

  /** Whether the step gives the key, or the key has a default. */
  boolean has(String key);

  /**
   * The value under the declared spelling of its key, which keys inside of it have too. Texts with
   * placeholders are as they were written.
   *
   * @return null when the key is absent
   */
  @Nullable Object value(String key);

  /**
   * All keys that the step gives or that have a default, with their values as {@link #value} gives
   * them, in order.
   */
  Map<String, @Nullable Object> values();

  /** Whether a value is the same in every run: no text in it has a placeholder. */
  boolean isFixed(@Nullable Object value);

  /**
   * Reports that the value of a key does not fit.
   *
   * @param key a key of the configuration, where people are pointed at; if the step does not give
   *     it they are pointed at the configuration
   * @param message what was found and what was expected
   * @param hint what to do about it, or null
   */
  void reject(String key, String message, @Nullable String hint);

  /**
   * Rejects a value inside of the configuration; see {@link #reject(String, String, String)}.
   *
   * @param path the keys and indexes that lead to it, outermost first; empty for the whole
   */
  void reject(List<Object> path, String message, @Nullable String hint);
}

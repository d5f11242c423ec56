package io.testmesh.plugin.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a plugin's last answer to {@code /info}. Immutable.
 *
 * @param actions what it offers
 * @param maxConcurrency how many calls at once it said it takes; 0 when it said nothing
 */
public record KeptInfo(List<Action> actions, int maxConcurrency) {
  /** Copies the list. */
  public KeptInfo {
    actions = List.copyOf(actions);
  }

  /**
   * An action that a plugin offers.
   *
   * @param id its id
   * @param name the name for people; may be empty
   * @param description may be empty
   * @param schema the JSON Schema of its configuration, JSON-like; empty when anything goes
   */
  public record Action(
      String id, String name, String description, Map<String, @Nullable Object> schema) {}
}

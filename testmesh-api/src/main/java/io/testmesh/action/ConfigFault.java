package io.testmesh.action;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with an action's configuration.
 *
 * @param path the keys and indexes that lead to the value, outermost first; empty for the whole
 * @param message what is wrong, for people
 * @param hint the cure, or null
 * @since 0.1
 */
public record ConfigFault(List<Object> path, String message, @Nullable String hint) {
  /** Copies the list. */
  public ConfigFault {
    path = List.copyOf(path);
    Objects.requireNonNull(message, "message");
  }
}

package io.testmesh.result;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An action's call in a few words, for people. Made only where it is shown: for failed steps, and
 * for all steps where the run asks for it.
 *
 * @param target what was called, such as {@code POST http://127.0.0.1:8080/orders}; may be empty
 * @param headline what came back, such as {@code response: 201, application/json, 41 bytes}; null
 *     where nothing did
 * @param text the essential part of what came back, such as a body; may have several lines; null
 *     where there is none
 * @since 0.1
 */
public record ActionSummary(String target, @Nullable String headline, @Nullable String text) {

  /** Nothing to say. */
  public static final ActionSummary NONE = new ActionSummary("", null, null);

  /** Checks that the target is present. */
  public ActionSummary {
    Objects.requireNonNull(target, "target");
  }
}

package io.testmesh.flow;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps inside of a step: the body of a loop, one side of a condition, a branch.
 *
 * @param key the key of the configuration that holds them, in its one spelling
 * @param id the branch's id as it was written; null for one without, and for all that is no branch
 * @param steps the steps, in order
 * @param source where the list of steps stands
 * @since 0.1
 */
public record StepBlock(String key, @Nullable String id, List<Step> steps, SourceTree source) {

  /** Checks that the parts are present and copies the list. */
  public StepBlock {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(source, "source");
    steps = List.copyOf(steps);
  }
}

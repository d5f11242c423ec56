package io.testmesh.result;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A round of a loop or a branch: no step of its own, and not counted as one.
 *
 * @param id the branch's id; null for a round
 * @param index the round's index from 0; -1 for a branch
 * @param status how its steps ended together
 * @param tolerated whether its failure does not fail the step above
 * @param children its steps, in order
 * @since 0.1
 */
public record GroupResult(
    @Nullable String id, int index, Status status, boolean tolerated, List<ResultNode> children)
    implements ResultNode {

  /** Checks that the parts are present and copies the list. */
  public GroupResult {
    Objects.requireNonNull(status, "status");
    children = List.copyOf(children);
  }
}

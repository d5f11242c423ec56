package io.testmesh.result;

import java.util.List;

/**
 * What hangs under a step or a flow: a step, or a group of steps (a round of a loop, a branch).
 *
 * @since 0.1
 */
public sealed interface ResultNode permits StepResult, GroupResult {

  /** How it ended. */
  Status status();

  /** What hangs under it, in order. */
  List<ResultNode> children();
}

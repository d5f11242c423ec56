package io.testmesh.engine.check;

import io.testmesh.flow.Phase;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import java.util.List;

/** The ids of steps that were given none, by phase, parent and position. */
final class StepNames {
  private StepNames() {}

  /** The id of a step of a list. */
  static String id(Step step, String prefix, int index) {
    return step.id().orElseGet(() -> prefix + (index + 1));
  }

  static String prefix(Phase phase) {
    return phase == Phase.STEPS ? "step_" : phase.key() + "_";
  }

  static String errorPrefix(String id) {
    return id + "_error_";
  }

  /** The prefix of the steps of a block. */
  static String prefix(String id, StepBlock block, String branch) {
    return switch (block.key()) {
      case "steps" -> id + "_step_";
      case "branches" -> id + "_" + branch + "_";
      default -> id + "_" + block.key() + "_";
    };
  }

  /** The id of a branch, given or made of its position. */
  static String branch(List<StepBlock> blocks, int index) {
    String id = blocks.get(index).id();
    return id == null ? "branch_" + index : id;
  }
}

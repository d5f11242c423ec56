package io.testmesh.result;

import java.util.List;

/** Finds the steps that made a flow fail. */
final class Culprits {
  private Culprits() {}

  /**
   * Adds the steps that failed, in order: a nested step in place of the one that failed because of
   * it.
   *
   * @param cancelled whether steps that were stopped are wanted in place of failed ones
   */
  static void collect(List<ResultNode> nodes, boolean cancelled, List<StepResult> found) {
    for (ResultNode node : nodes) {
      if (node instanceof GroupResult group) {
        if (!group.tolerated()) {
          collect(group.children(), cancelled, found);
        }
      } else if (node instanceof StepResult step && isWanted(step, cancelled)) {
        int before = found.size();
        collect(step.children(), cancelled, found);
        if (!isExplained(step, found.subList(before, found.size()))) {
          found.add(before, step);
        }
      }
    }
  }

  private static boolean isWanted(StepResult step, boolean cancelled) {
    return switch (step.status()) {
      case FAILED -> !cancelled && !step.isTolerated();
      case ERROR -> !cancelled;
      case CANCELLED -> cancelled;
      case PASSED, SKIPPED -> false;
    };
  }

  private static boolean isExplained(StepResult step, List<StepResult> nested) {
    if (nested.isEmpty() || step.failure().isEmpty()) {
      return !nested.isEmpty();
    }
    Failure own = step.failure().get();
    if (own.step().isPresent() && !own.step().get().equals(step.id())) {
      return true;
    }
    for (StepResult below : nested) {
      if (below.failure().isPresent() && isSame(below.failure().get(), own)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two failures say the same about the same place. */
  static boolean isSame(Failure one, Failure other) {
    return one.code().equals(other.code())
        && one.message().equals(other.message())
        && one.span().equals(other.span());
  }
}

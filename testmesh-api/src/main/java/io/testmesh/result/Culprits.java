package io.testmesh.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the steps that made a flow fail. Used once, by one thread. */
final class Culprits {
  private final boolean cancelled;
  private final List<Culprit> found = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();

  private Culprits(boolean cancelled) {
    this.cancelled = cancelled;
  }

  /**
   * A step that made a flow fail.
   *
   * @param step its record
   * @param rounds the rounds of loops in which it ran, the outermost first
   */
  record Culprit(StepResult step, List<Round> rounds) {
    Culprit {
      rounds = List.copyOf(rounds);
    }
  }

  /**
   * A round of a loop.
   *
   * @param loop the step that is the loop
   * @param index the round's number
   */
  record Round(StepResult loop, int index) {}

  /**
   * The steps that failed, in order: a nested step in place of the one that failed because of it.
   * Where none failed, those that were stopped.
   */
  static List<Culprit> of(List<ResultNode> nodes) {
    Culprits failed = new Culprits(false);
    failed.collect(nodes, null);
    if (!failed.found.isEmpty()) {
      return failed.found;
    }
    Culprits stopped = new Culprits(true);
    stopped.collect(nodes, null);
    return stopped.found;
  }

  private void collect(List<ResultNode> nodes, @Nullable StepResult around) {
    for (ResultNode node : nodes) {
      if (node instanceof GroupResult group) {
        collect(group, around);
      } else if (node instanceof StepResult step && isWanted(step)) {
        int before = found.size();
        collect(step.children(), step);
        if (!isExplained(step, found.subList(before, found.size()))) {
          found.add(before, new Culprit(step, rounds));
        }
      }
    }
  }

  private void collect(GroupResult group, @Nullable StepResult around) {
    if (group.tolerated()) {
      return;
    }
    if (around == null || group.index() < 0) {
      collect(group.children(), around);
      return;
    }
    rounds.add(new Round(around, group.index()));
    collect(group.children(), around);
    rounds.remove(rounds.size() - 1);
  }

  private boolean isWanted(StepResult step) {
    return switch (step.status()) {
      case FAILED -> !cancelled && !step.isTolerated();
      case ERROR -> !cancelled;
      case CANCELLED -> cancelled;
      case PASSED, SKIPPED -> false;
    };
  }

  private static boolean isExplained(StepResult step, List<Culprit> nested) {
    if (nested.isEmpty() || step.failure().isEmpty()) {
      return !nested.isEmpty();
    }
    Failure own = step.failure().get();
    if (own.step().isPresent() && !own.step().get().equals(step.id())) {
      return true;
    }
    for (Culprit below : nested) {
      if (below.step.failure().isPresent() && isSame(below.step.failure().get(), own)) {
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

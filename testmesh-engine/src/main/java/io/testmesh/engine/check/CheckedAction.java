package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step does: it calls a handler, or it is one of the kinds that run other steps. */
public sealed interface CheckedAction {

  /** The steps that stand inside of the step; those of another flow do not. */
  List<CheckedStep> nested();

  /**
   * Whether something in it is asserted, however deep: by a step, or by what the action does, which
   * its name says.
   */
  boolean asserts();

  /** Whether one of the steps asserts something. */
  private static boolean anyAsserts(List<CheckedStep> steps) {
    for (CheckedStep step : steps) {
      if (!step.step().disabled() && step.asserts()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A call of a handler.
   *
   * @param handler the action
   */
  record Call(ActionHandler handler) implements CheckedAction {
    @Override
    public List<CheckedStep> nested() {
      return List.of();
    }

    @Override
    public boolean asserts() {
      ActionDescriptor action = handler.descriptor();
      return action.isPolling() || action.id().contains("assert") || action.id().contains("verify");
    }
  }

  /**
   * One list of steps or the other.
   *
   * @param then runs when the condition holds
   * @param otherwise runs when it does not; null where there are none
   */
  record Condition(List<CheckedStep> then, @Nullable List<CheckedStep> otherwise)
      implements CheckedAction {
    @Override
    public List<CheckedStep> nested() {
      List<CheckedStep> all = new ArrayList<>(then);
      all.addAll(otherwise == null ? List.of() : otherwise);
      return all;
    }

    @Override
    public boolean asserts() {
      return anyAsserts(nested());
    }
  }

  /**
   * Steps for each item.
   *
   * @param itemName the name of the item
   * @param indexName the name of the round's number
   * @param nested the steps of a round
   */
  record ForEach(String itemName, String indexName, List<CheckedStep> nested)
      implements CheckedAction {
    @Override
    public boolean asserts() {
      return anyAsserts(nested);
    }
  }

  /**
   * Branches side by side.
   *
   * @param branches the branches, in order
   * @param named whether they are branches of their own; else each is one step
   */
  record Parallel(List<Branch> branches, boolean named) implements CheckedAction {
    @Override
    public List<CheckedStep> nested() {
      List<CheckedStep> all = new ArrayList<>();
      for (Branch branch : branches) {
        all.addAll(branch.steps);
      }
      return all;
    }

    @Override
    public boolean asserts() {
      return anyAsserts(nested());
    }
  }

  /**
   * A branch.
   *
   * @param id its id, or that of its only step
   * @param steps its steps, in order
   */
  record Branch(String id, List<CheckedStep> steps) {}

  /**
   * Steps until a condition holds.
   *
   * @param nested what is repeated
   */
  record WaitUntil(List<CheckedStep> nested) implements CheckedAction {
    @Override
    public boolean asserts() {
      return anyAsserts(nested);
    }
  }

  /**
   * Another flow.
   *
   * @param flow the flow
   */
  record RunFlow(CheckedFlow flow) implements CheckedAction {
    @Override
    public List<CheckedStep> nested() {
      return List.of();
    }

    @Override
    public boolean asserts() {
      for (List<CheckedStep> steps : flow.phases().values()) {
        if (anyAsserts(steps)) {
          return true;
        }
      }
      return false;
    }
  }
}

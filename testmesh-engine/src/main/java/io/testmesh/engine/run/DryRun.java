package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.scope.Recording;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.GroupResult;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.util.ArrayList;
import java.util.List;

/** Records the steps of a flow as a run would begin them, and runs none. Belongs to one thread. */
final class DryRun {
  private static final String REASON = "dry run";

  private final FlowRun flow;
  private final FixedNames names;

  DryRun(FlowRun flow, FixedNames names) {
    this.flow = flow;
    this.names = names;
  }

  /** The records of all phases. */
  List<ResultNode> steps() {
    List<ResultNode> steps = new ArrayList<>();
    for (Phase phase : List.of(Phase.SETUP, Phase.STEPS, Phase.TEARDOWN)) {
      steps.addAll(records(flow.checked().steps(phase), Nesting.OUTERMOST, false));
    }
    return steps;
  }

  private List<ResultNode> calledSteps(CheckedFlow called, Nesting nesting) {
    called.secrets().forEach(flow.masking()::add);
    List<ResultNode> steps = new ArrayList<>();
    for (Phase phase : List.of(Phase.SETUP, Phase.STEPS, Phase.TEARDOWN)) {
      steps.addAll(records(called.steps(phase), nesting, true));
    }
    return steps;
  }

  /**
   * The records of steps.
   *
   * @param called whether they belong to a flow that another one calls, whose names are not known
   *     before the call
   */
  private List<ResultNode> records(List<CheckedStep> steps, Nesting nesting, boolean called) {
    List<ResultNode> records = new ArrayList<>(steps.size());
    for (CheckedStep step : steps) {
      records.add(record(step, nesting, called));
    }
    return records;
  }

  private StepResult record(CheckedStep step, Nesting nesting, boolean called) {
    StepResult result =
        StepResult.builder(
                step.id(),
                step.phase(),
                step.step().action(),
                new Outcome.Skipped(step.step().disabled() ? "the step is disabled" : REASON))
            .name(flow.masking().maskOptional(step.step().name().orElse(null)))
            .span(step.span())
            .config(
                new Recording(flow.masking())
                    .keepMap(
                        step.config()
                            .renderPartly(
                                flow.scope(),
                                called ? List::isEmpty : names::areFixed,
                                flow.masking())))
            .children(inside(step, nesting.below(step.id(), null), called))
            .build();
    flow.emit(new RunEvent.StepFinished(flow.index(), result, nesting.parent(), nesting.depth()));
    return result;
  }

  /**
   * The steps inside of a step as they are written: a loop's once, both sides of a condition, all
   * of a called flow.
   */
  private List<ResultNode> inside(CheckedStep step, Nesting nesting, boolean called) {
    List<ResultNode> records = new ArrayList<>();
    if (step.action() instanceof CheckedAction.Parallel parallel && parallel.named()) {
      for (CheckedAction.Branch branch : parallel.branches()) {
        records.add(group(branch.id(), branch.steps(), nesting, called));
      }
    } else if (step.action() instanceof CheckedAction.Condition condition) {
      records.add(group("then", condition.then(), nesting, called));
      if (condition.otherwise() != null) {
        records.add(group("else", condition.otherwise(), nesting, called));
      }
    } else if (step.action() instanceof CheckedAction.RunFlow call) {
      records.addAll(calledSteps(call.flow(), nesting));
    } else {
      records.addAll(records(step.action().nested(), nesting, called));
    }
    if (!step.errorSteps().isEmpty()) {
      records.add(group("error_steps", step.errorSteps(), nesting, called));
    }
    return records;
  }

  private GroupResult group(String id, List<CheckedStep> steps, Nesting nesting, boolean called) {
    return new GroupResult(id, -1, Status.SKIPPED, false, records(steps, nesting, called));
  }
}

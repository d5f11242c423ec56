package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.scope.Recording;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
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
      for (CheckedStep step : flow.checked().steps(phase)) {
        steps.add(record(step));
      }
    }
    return steps;
  }

  private StepResult record(CheckedStep step) {
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
                        step.config().renderPartly(flow.scope(), names::areFixed, flow.masking())))
            .build();
    flow.emit(new RunEvent.StepFinished(flow.index(), result, null, 0));
    return result;
  }
}

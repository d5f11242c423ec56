package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.Failure;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that runs steps: those of a phase, of a block, and error steps. Decides what runs,
 * what is skipped and why. Belongs to one thread.
 */
final class StepLoop {
  private final FlowRun flow;
  private final Worker worker;

  StepLoop(FlowRun flow, Worker worker) {
    this.flow = flow;
    this.worker = worker;
  }

  FlowRun flow() {
    return flow;
  }

  /**
   * Runs the steps in order.
   *
   * @param goOn whether the steps after a failure still run
   * @param limit what bounds all of them together
   */
  List<ResultNode> run(
      List<CheckedStep> steps,
      FlowScope scope,
      Limit limit,
      boolean goOn,
      @Nullable String parent,
      int depth) {
    List<ResultNode> results = new ArrayList<>(steps.size());
    String skipReason = null;
    for (CheckedStep step : steps) {
      long now = System.nanoTime();
      if (skipReason == null) {
        skipReason = stopReason(limit, now);
      }
      if (skipReason != null) {
        results.add(skip(step, skipReason, parent, depth));
        continue;
      }
      StepResult result = new StepRun(this, worker, step, scope, parent, depth, now).run(limit);
      results.add(result);
      if (failureOf(result) != null && !goOn) {
        skipReason = "the step \"" + step.id() + "\" " + words(result.status());
      }
    }
    return results;
  }

  private static String words(Status status) {
    return status == Status.CANCELLED ? "was cancelled" : "failed";
  }

  private @Nullable String stopReason(Limit limit, long now) {
    if (Thread.interrupted()) {
      flow.interrupted();
    }
    RunControl control = flow.control();
    if (control.isAborted() || control.isCancelled() && !worker.isShielded()) {
      flow.cancelled();
      return control.reason();
    }
    if (limit.isOver(now)) {
      flow.late(limit);
      return limit.owner().words() + " was over";
    }
    return null;
  }

  /** Runs the error steps of a step that failed. */
  List<ResultNode> runErrorSteps(CheckedStep failed, FlowScope scope, int depth) {
    return run(failed.errorSteps(), scope, flow.currentLimit(), false, failed.id(), depth);
  }

  /** Records a step that does not run. */
  StepResult skip(CheckedStep step, String reason, @Nullable String parent, int depth) {
    StepResult result =
        StepResult.builder(
                step.id(),
                step.phase(),
                step.step().action(),
                new Outcome.Skipped(flow.masking().mask(reason)))
            .name(flow.masking().maskOptional(step.step().name().orElse(null)))
            .span(step.span())
            .started(Instant.now())
            .build();
    flow.emit(new RunEvent.StepFinished(flow.index(), result, parent, depth));
    return result;
  }

  /** Runs a phase; teardown runs on when the run is cancelled, and after each failure. */
  List<ResultNode> runPhase(Phase phase, FlowScope scope, Limit limit) {
    List<CheckedStep> steps = flow.checked().steps(phase);
    boolean teardown = phase == Phase.TEARDOWN;
    boolean goOn = teardown || phase == Phase.STEPS && !flow.checked().flow().settings().failFast();
    worker.setShielded(teardown);
    try {
      return run(steps, scope, limit, goOn, null, 0);
    } finally {
      worker.setShielded(false);
    }
  }

  /** The first failure that is not tolerated, or null. */
  static @Nullable Failure firstFailure(List<ResultNode> results) {
    for (ResultNode node : results) {
      if (node instanceof StepResult step) {
        Failure failure = failureOf(step);
        if (failure != null) {
          return failure;
        }
      }
    }
    return null;
  }

  private static @Nullable Failure failureOf(StepResult step) {
    Optional<Failure> failure = step.failure();
    return step.isTolerated() ? null : failure.orElse(null);
  }
}

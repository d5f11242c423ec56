package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Phase;
import io.testmesh.result.Failure;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that runs steps: those of a phase, of a block, and error steps. Decides what runs,
 * what is skipped and why. Belongs to one thread.
 */
final class StepLoop {
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;

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
  Ran run(List<CheckedStep> steps, FlowScope scope, Limit limit, boolean goOn, Nesting nesting) {
    List<ResultNode> results = new ArrayList<>(steps.size());
    String skipReason = null;
    Limit late = null;
    boolean stopped = false;
    StepResult failed = null;
    for (CheckedStep step : steps) {
      long now = System.nanoTime();
      if (skipReason == null) {
        skipReason = stopReason();
        stopped = skipReason != null;
      }
      if (skipReason == null && limit.isOver(now)) {
        late = limit;
        skipReason = limit.owner().words() + " was over";
      }
      if (skipReason != null) {
        results.add(skip(step, skipReason, nesting));
        continue;
      }
      StepResult result = new StepRun(this, worker, step, scope, nesting, now).run(limit);
      results.add(result);
      if (failed == null && endsList(step, result, nesting)) {
        failed = result;
      }
      if (failed != null && !goOn) {
        skipReason = "the step \"" + step.id() + "\" " + words(result.status());
      }
    }
    return new Ran(results, failed, late, stopped);
  }

  /**
   * What steps of a list did.
   *
   * @param results their records, in order
   * @param failed the first step whose failure ends the list, or null
   * @param late the limit that kept a step from running, or null
   * @param stopped whether a step did not run because the work was stopped
   */
  record Ran(
      List<ResultNode> results,
      @Nullable StepResult failed,
      @Nullable Limit late,
      boolean stopped) {}

  /** A failure that a loop tolerates still ends the round; one that the step tolerates does not. */
  private static boolean endsList(CheckedStep step, StepResult result, Nesting nesting) {
    Failure failure = result.failure().orElse(null);
    return failure != null
        && (!result.isTolerated()
            || nesting.tolerant() && StepRun.reaction(step.step(), failure) != OnError.CONTINUE);
  }

  /** Waits; false when the limit came first, or the work was stopped. */
  boolean pause(Duration time, Limit limit) {
    return pause(time, null, limit);
  }

  /** Waits for an event, and for no longer than that time; null for the time alone. */
  boolean pause(Duration time, @Nullable CompletionStage<?> event, Limit limit) {
    if (time.isZero()) {
      return !limit.isOver();
    }
    Guard guard = flow.control().begin(worker, limit);
    boolean interrupted = false;
    try {
      if (event == null) {
        Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
      } else {
        await(event, time.toNanos());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    StopReason reason = worker.end(guard);
    if (interrupted && reason == null) {
      flow.interrupted();
    }
    return reason == null && !interrupted;
  }

  /** Waits for an event; what comes in quick succession is one event. */
  private static void await(CompletionStage<?> event, long nanos) throws InterruptedException {
    long least = Math.min(nanos, SHORTEST_PAUSE_NANOS);
    TimeUnit.NANOSECONDS.sleep(least);
    CountDownLatch happened = new CountDownLatch(1);
    event.whenComplete((value, error) -> happened.countDown());
    happened.await(nanos - least, TimeUnit.NANOSECONDS);
  }

  private static String words(Status status) {
    return status == Status.CANCELLED ? "was cancelled" : "failed";
  }

  private @Nullable String stopReason() {
    if (Thread.interrupted()) {
      flow.interrupted();
    }
    return flow.control().stopReason(worker);
  }

  /** Records a step that does not run. */
  StepResult skip(CheckedStep step, String reason, Nesting nesting) {
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
    flow.emit(new RunEvent.StepFinished(flow.index(), result, nesting.parent(), nesting.depth()));
    return result;
  }

  /** Runs a phase; teardown runs on when the run is cancelled, and after each failure. */
  List<ResultNode> runPhase(Phase phase, FlowScope scope, Limit limit) {
    List<CheckedStep> steps = flow.checked().steps(phase);
    boolean teardown = phase == Phase.TEARDOWN;
    boolean goOn = teardown || phase == Phase.STEPS && !flow.checked().flow().settings().failFast();
    boolean wasShielded = worker.isShielded();
    worker.setShielded(wasShielded || teardown);
    try {
      Ran ran = run(steps, scope, limit, goOn, flow.nesting());
      if (ran.stopped()) {
        flow.cancelled();
      } else if (ran.late() != null) {
        flow.late(ran.late());
      }
      return ran.results();
    } finally {
      worker.setShielded(wasShielded);
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

package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.RunnerSettings;
import io.testmesh.event.RunEvent;
import io.testmesh.event.RunListener;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Outcome;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.RunSummary;
import io.testmesh.result.Status;
import io.testmesh.result.StepCounts;
import io.testmesh.result.StepResult;
import io.testmesh.spi.FlowRunnerProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * An engine without a language: what a flow does follows from its path. {@code fail…} fails, {@code
 * error…} cannot be run, {@code invalid…} is a problem, {@code none…} selects nothing, {@code
 * wait…} waits until it is cancelled, {@code stuck…} does not even stop then, everything else
 * passes.
 */
public final class FakeEngine implements FlowRunnerProvider {
  private static final Instant START = Instant.ofEpochSecond(1769853600);

  /** For the service loader. */
  public FakeEngine() {}

  @Override
  public FlowRunner create(RunnerSettings settings) {
    return new Runner();
  }

  private static final class Runner implements FlowRunner {
    @Override
    public FlowTools tools() {
      return new FakeTools();
    }

    @Override
    public FlowSet load(Path... paths) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RunResult run(FlowSet flows, RunOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RunHandle start(FlowSet flows, RunOptions options) {
      Run run = new Run(flows, options);
      new Thread(run, "fake-run").start();
      return run;
    }

    @Override
    public void close() {}
  }

  private static final class Run implements RunHandle, Runnable {
    private final FlowSet set;
    private final RunOptions options;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final List<FlowResult> kept = new ArrayList<>();
    private RunSummary summary = RunSummary.NONE;

    Run(FlowSet set, RunOptions options) {
      this.set = set;
      this.options = options;
    }

    @Override
    public void run() {
      List<Flow> flows = set.problems().isEmpty() ? set.flows() : List.of();
      emit(new RunEvent.RunStarted("run-1", START, flows.size(), set.problems()));
      for (int i = 0; i < flows.size(); i++) {
        flow(i, flows.get(i));
      }
      RunResult run =
          RunResult.builder(status())
              .started(START)
              .duration(Duration.ofMillis(12))
              .problems(set.problems())
              .flows(kept)
              .summary(summary)
              .build();
      emit(new RunEvent.RunFinished(run));
      result.complete(run);
    }

    private RunStatus status() {
      if (summary.cancelled() > 0) {
        return RunStatus.CANCELLED;
      }
      if (summary.error() > 0) {
        return RunStatus.ERROR;
      }
      if (!set.problems().isEmpty()) {
        return RunStatus.INVALID;
      }
      if (summary.failed() > 0) {
        return RunStatus.FAILED;
      }
      return summary.passed() == 0 ? RunStatus.EMPTY : RunStatus.PASSED;
    }

    private void flow(int index, Flow flow) {
      String file = flow.source().key().file();
      emit(new RunEvent.FlowStarted(index, flow.name(), file, 1, null, START));
      Outcome outcome = outcome(flow.name());
      StepResult step =
          StepResult.builder("step_1", Phase.STEPS, "log", outcome)
              .span(new SourceSpan(file, 4, 7, 4, 9))
              .started(START)
              .duration(Duration.ofMillis(5))
              .build();
      emit(new RunEvent.StepFinished(index, step, null, 0));
      FlowResult flowResult =
          FlowResult.builder(index, flow.name(), step.status())
              .file(file)
              .line(1)
              .started(START)
              .duration(Duration.ofMillis(7))
              .steps(List.of(step))
              .failure(outcome.failure().orElse(null))
              .counts(new StepCounts(1, 0, 0))
              .build();
      summary = summary.plus(flowResult);
      if (flowResult.status() != Status.PASSED) {
        kept.add(flowResult);
      }
      emit(new RunEvent.FlowFinished(flowResult));
    }

    private Outcome outcome(String name) {
      if (name.startsWith("fail")) {
        return new Outcome.Failed(failure("action_failed", "it broke"), false);
      }
      if (name.startsWith("error")) {
        return new Outcome.Errored(failure("internal_error", "no plugin"));
      }
      if (name.startsWith("wait") || name.startsWith("stuck")) {
        try {
          (name.startsWith("stuck") ? new CountDownLatch(1) : cancelled).await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return new Outcome.Cancelled(failure("cancelled", "the run was cancelled"));
      }
      return new Outcome.Passed();
    }

    private static Failure failure(String code, String message) {
      return Failure.builder(code, message).step("step_1").build();
    }

    private void emit(RunEvent event) {
      for (RunListener listener : options.listeners()) {
        listener.on(event);
      }
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    @Override
    public void abort() {
      cancelled.countDown();
    }

    @Override
    public CompletableFuture<RunResult> result() {
      return result.copy();
    }
  }

  static Problem problem(String file) {
    return Problem.error(
            "unknown_key",
            "unknown key \"assret\" in step 1",
            new SourceSpan(file, 6, 7, 6, 13),
            "did you mean \"assert\"?")
        .withExcerpt(
            List.of(
                "    5 |       config: {}", "    6 |       assret: [x]", "      |       ^^^^^^"));
  }
}

package io.testmesh.engine.run;

import io.testmesh.RunOptions;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.RunSummary;
import io.testmesh.result.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One run: takes the flows in order, as many at once as asked for, and adds their results up. Used
 * once.
 */
final class Run {
  private static final int MOST_KEPT_FAILURES = 1_000;

  private final RunSetting setting;
  private final RunItems items;
  private final List<Problem> problems;
  private final List<String> notes;
  private final Listeners listeners;
  private final FlowThreads threads;
  private final Instant started = Instant.now();
  private final long startNanos = System.nanoTime();
  private final @Nullable FlowResult[] results;
  private RunSummary summary = RunSummary.NONE;
  private int keptFailures;
  private volatile @Nullable String stopped;

  Run(
      RunSetting setting,
      RunItems items,
      List<Problem> problems,
      List<String> notes,
      Listeners listeners) {
    this.setting = setting;
    this.items = items;
    this.problems = problems;
    this.notes = notes;
    this.listeners = listeners;
    this.threads = setting.threads();
    this.results = new FlowResult[items.size()];
  }

  /**
   * Runs everything and waits. Interrupting the calling thread cancels; the flag is set on return.
   *
   * @param invalid whether something that was selected could not run
   */
  RunResult run(boolean invalid) {
    setting.emit(new RunEvent.RunStarted(setting.executionId(), started, items.size(), problems));
    int atOnce = Math.min(items.size(), threads.limit(wantedAtOnce()));
    if (atOnce <= 1) {
      takeFlows();
    } else {
      runSideBySide(atOnce);
    }
    RunResult result = result(invalid);
    List<String> lost = setting.trace().end(result);
    if (!lost.isEmpty()) {
      List<String> said = new ArrayList<>(result.notes());
      said.addAll(lost);
      result = result.toBuilder().notes(said).build();
    }
    setting.emit(new RunEvent.RunFinished(result));
    if (setting.wasInterrupted()) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  private int wantedAtOnce() {
    int wanted = setting.options().parallel();
    return wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
  }

  private void runSideBySide(int atOnce) {
    CountDownLatch running = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      try {
        threads.start(() -> takeFlows(running), atOnce);
      } catch (OutOfMemoryError noThread) {
        // The threads that are there, or else this one, take all flows.
        takeFlows(running);
      }
    }
    while (true) {
      try {
        running.await();
        return;
      } catch (InterruptedException e) {
        setting.interrupted();
      }
    }
  }

  private void takeFlows(CountDownLatch running) {
    try {
      takeFlows();
    } finally {
      running.countDown();
    }
  }

  private void takeFlows() {
    Worker worker = setting.control().worker();
    try {
      for (RunItem item = items.next(); item != null; item = items.next()) {
        String reason = reasonNotToStart();
        add(reason == null ? runOne(item, worker) : notStarted(item, reason));
      }
    } finally {
      setting.control().forget(worker);
    }
  }

  private @Nullable String reasonNotToStart() {
    if (Thread.interrupted()) {
      setting.interrupted();
    }
    if (setting.control().isCancelled()) {
      return setting.control().reason();
    }
    if (setting.limit().isOver()) {
      return "the run's timeout was over";
    }
    return stopped;
  }

  private FlowResult runOne(RunItem item, Worker worker) {
    if (item.problem() != null) {
      return unreadable(item, item.problem());
    }
    try {
      return new FlowRun(setting, item).run(worker);
    } catch (RuntimeException | Error e) {
      return broken(item, e);
    }
  }

  /** An error of the engine itself: this flow could not be run, and the others go on. */
  private FlowResult broken(RunItem item, Throwable e) {
    Failure failure =
        Failure.builder("internal_error", "the engine broke while it ran the flow: " + e)
            .span(item.checked().flow().source().at("name").value())
            .stackTrace(Failures.trace(e))
            .hint("please report it with the stack trace, which is in the report")
            .build();
    FlowResult result = describe(item, Status.ERROR).failure(failure).build();
    setting.emit(new RunEvent.FlowFinished(result));
    return result;
  }

  /** The file of the rows changed under the run. */
  private FlowResult unreadable(RunItem item, String problem) {
    SourceTree source = item.checked().flow().source().at("data_source");
    Failure failure =
        Failure.builder("invalid_value", problem)
            .span(source.key())
            .excerpt(source.excerpt(source.key()))
            .build();
    FlowResult result = describe(item, Status.ERROR).failure(failure).build();
    setting.emit(new RunEvent.FlowFinished(result));
    return result;
  }

  private FlowResult notStarted(RunItem item, String reason) {
    Failure failure =
        Failure.builder("cancelled", "not started: " + reason)
            .span(item.checked().flow().source().at("name").value())
            .build();
    FlowResult result = describe(item, Status.CANCELLED).failure(failure).build();
    setting.emit(new RunEvent.FlowFinished(result));
    return result;
  }

  private FlowResult.Builder describe(RunItem item, Status status) {
    Flow flow = item.checked().flow();
    FlowRun.Label label = FlowRun.Label.of(setting, item);
    return FlowResult.builder(item.index(), label.name(), status)
        .file(flow.source().value().file())
        .line(flow.source().key().line())
        .row(label.row())
        .tags(flow.tags())
        .started(Instant.now())
        .warnings(item.checked().warnings());
  }

  private synchronized void add(FlowResult result) {
    summary = summary.plus(result);
    boolean unwell = result.status() == Status.FAILED || result.status() == Status.ERROR;
    if (unwell && setting.options().failFast() && stopped == null) {
      stopped = "the flow \"" + result.name() + "\" failed, and the run stops at the first failure";
    }
    results[result.index()] = kept(result);
  }

  private @Nullable FlowResult kept(FlowResult result) {
    if (setting.options().keepResults() == RunOptions.KeepResults.ALL) {
      return result;
    }
    if (result.status() == Status.PASSED || result.status() == Status.SKIPPED) {
      return null;
    }
    boolean whole =
        setting.options().keepResults() == RunOptions.KeepResults.FAILED
            && keptFailures < MOST_KEPT_FAILURES;
    keptFailures++;
    return whole
        ? result
        : result.toBuilder().steps(List.<ResultNode>of()).resultsKept(false).build();
  }

  private synchronized RunResult result(boolean invalid) {
    List<FlowResult> kept = new ArrayList<>();
    for (FlowResult result : results) {
      if (result != null) {
        kept.add(result);
      }
    }
    List<String> said = new ArrayList<>(notes);
    said.addAll(listeners.problems());
    return RunResult.builder(status(invalid))
        .started(started)
        .duration(Duration.ofNanos(System.nanoTime() - startNanos))
        .summary(summary)
        .problems(problems)
        .flows(List.copyOf(kept))
        .notes(said)
        .dryRun(setting.options().dryRun())
        .seed(setting.options().seed().orElse(null))
        .build();
  }

  /** The order of the exit codes: what comes first hides the rest. */
  private RunStatus status(boolean invalid) {
    if (setting.control().isCancelled()) {
      return RunStatus.CANCELLED;
    }
    if (summary.error() > 0) {
      return RunStatus.ERROR;
    }
    if (invalid) {
      return RunStatus.INVALID;
    }
    // Flows that a limit kept from starting were asked for and did not pass.
    if (summary.failed() + summary.cancelled() > 0) {
      return RunStatus.FAILED;
    }
    if (setting.options().dryRun() && summary.flows() > 0) {
      return RunStatus.PASSED;
    }
    return summary.passed() == 0 ? RunStatus.EMPTY : RunStatus.PASSED;
  }
}

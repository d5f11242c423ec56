package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.Level;
import io.testmesh.result.LogEntry;
import io.testmesh.result.ObservedValue;
import io.testmesh.result.Outcome;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.RunSummary;
import io.testmesh.result.Status;
import io.testmesh.result.StepCounts;
import io.testmesh.result.StepResult;
import io.testmesh.spi.ReportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results made by hand, and what a format writes about them. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
  static final SourceSpan PLACE = new SourceSpan("orders.yaml", 21, 9, 21, 32);

  private Samples() {}

  /** Feeds a report as a run does; gives what it wrote. */
  static String write(ReportFormat format, RunResult run, FlowResult... flows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportFormat.Report report = format.open(() -> out);
    report.on(new RunEvent.RunStarted("run-1", START, flows.length, run.problems()));
    for (FlowResult flow : flows) {
      report.on(
          new RunEvent.FlowStarted(
              flow.index(), flow.name(), flow.file(), 1, flow.row().orElse(null), START));
      flow.steps().stream()
          .filter(StepResult.class::isInstance)
          .map(StepResult.class::cast)
          .forEach(step -> report.on(new RunEvent.StepFinished(flow.index(), step, null, 0)));
      report.on(new RunEvent.FlowFinished(flow));
    }
    report.on(new RunEvent.RunFinished(run));
    report.finish();
    return out.toString(StandardCharsets.UTF_8);
  }

  static RunResult run(RunStatus status, FlowResult... flows) {
    RunSummary summary = RunSummary.NONE;
    for (FlowResult flow : flows) {
      summary = summary.plus(flow);
    }
    return RunResult.builder(status)
        .started(START)
        .duration(Duration.ofMillis(1200))
        .summary(summary)
        .build();
  }

  static RunResult invalid(Problem... problems) {
    return RunResult.builder(RunStatus.INVALID).started(START).problems(List.of(problems)).build();
  }

  static FlowResult passed(int index, String name, String file) {
    return flow(index, name, file, Status.PASSED).build();
  }

  static FlowResult failed(int index, String name, String file) {
    return flow(index, name, file, Status.FAILED)
        .failure(failure().toBuilder().step("create_order").build())
        .build();
  }

  static FlowResult.Builder flow(int index, String name, String file, Status status) {
    return FlowResult.builder(index, name, status)
        .file(file)
        .line(1)
        .started(START)
        .duration(Duration.ofMillis(212))
        .counts(new StepCounts(1, 0, 0));
  }

  static Failure failure() {
    return Failure.builder("assertion_failed", "it does not hold")
        .span(PLACE)
        .detail("attempts", 1L)
        .build();
  }

  static StepResult step() {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("status", 201L);
    result.put("ratio", 1.0);
    result.put("nothing", null);
    return StepResult.builder(
            "create_order", Phase.STEPS, "http_request", new Outcome.Failed(failure(), false))
        .span(PLACE)
        .started(START)
        .duration(Duration.ofNanos(70_499_999))
        .config(Map.of("method", "POST"))
        .result(result)
        .outputs(Map.of("id", "o-17"))
        .attempts(
            List.of(new AttemptResult(1, Status.FAILED, START, Duration.ofMillis(20), failure())))
        .assertions(
            List.of(
                new AssertionResult(
                    AssertionResult.Kind.ALL,
                    "body.total == 3 * 19.99",
                    null,
                    false,
                    PLACE,
                    List.of(new ObservedValue("body.total", 59.96)),
                    null,
                    null,
                    List.of(),
                    List.of())))
        .logs(List.of(new LogEntry(Level.INFO, "hello", START.plusMillis(7))))
        .children(
            List.of(
                new GroupResult(null, 0, Status.PASSED, false, List.of(skipped())),
                new GroupResult("left", -1, Status.PASSED, false, List.of())))
        .build();
  }

  static StepResult skipped() {
    return StepResult.builder("step_2", Phase.STEPS, "log", new Outcome.Skipped("when is false"))
        .build();
  }
}

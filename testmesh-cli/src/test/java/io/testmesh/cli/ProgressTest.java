package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.event.RunEvent;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.Status;
import io.testmesh.result.StepCounts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  @Timeout(20)
  void a_terminal_shows_how_far_the_run_is_and_the_line_goes_away() {
    try (Progress progress = new Progress(new Printer(out, true, false), false, false)) {
      progress.on(new RunEvent.RunStarted("r", Instant.EPOCH, 3, List.of()));
      progress.on(new RunEvent.FlowStarted(0, "日本語 ".repeat(20), "a.yaml", 1, null, Instant.EPOCH));
      while (!text().contains("0/3 flows")) {
        Thread.onSpinWait();
      }
      progress.on(new RunEvent.FlowFinished(flow(Status.PASSED, 1)));
    }

    assertThat(text())
        .contains(" 0/3 flows  ", "日本語 日本語", "…")
        .containsPattern("\r\u001b\\[Kpassed  f  \\(a.yaml\\)  5 ms\n");
    String afterLine = text().substring(text().indexOf("5 ms\n") + 5);
    assertThat(afterLine.isEmpty() || afterLine.endsWith("\r\u001b[K")).isTrue();
  }

  @Test
  void a_run_that_ends_at_once_draws_nothing() {
    try (Progress progress = new Progress(new Printer(out, true, false), false, false)) {
      progress.on(new RunEvent.RunStarted("r", Instant.EPOCH, 1, List.of()));
      progress.on(new RunEvent.FlowFinished(flow(Status.PASSED, 1)));
    }

    assertThat(text()).endsWith("passed  f  (a.yaml)  5 ms\n");
  }

  @Test
  void flows_that_never_started_have_no_line() {
    try (Progress progress = new Progress(new Printer(out, false, false), false, false)) {
      progress.on(new RunEvent.FlowFinished(flow(Status.CANCELLED, 0)));
      progress.on(new RunEvent.FlowFinished(flow(Status.CANCELLED, 1)));
    }

    assertThat(text()).isEqualTo("cancelled  f  (a.yaml)  5 ms\n");
  }

  @Test
  void warnings_of_the_run_are_shown_once_under_the_flow_and_those_of_the_file_at_the_end() {
    SourceSpan place = new SourceSpan("a.yaml", 3, 1, 3, 4);
    Problem loaded = Problem.warning("nothing_asserted", "checks nothing", place, null);
    Problem found = Problem.warning("invalid_value", "the secret is short", place, null);
    try (Progress progress = new Progress(new Printer(out, false, false), false, false)) {
      progress.on(new RunEvent.RunStarted("r", Instant.EPOCH, 2, List.of(loaded)));
      progress.on(new RunEvent.FlowFinished(flow(Status.PASSED, 1, loaded, found)));
      progress.on(new RunEvent.FlowFinished(flow(Status.PASSED, 1, loaded, found)));
    }

    assertThat(text())
        .isEqualTo(
            """
            passed  f  (a.yaml)  5 ms
            warning: a.yaml:3:1 the secret is short
            passed  f  (a.yaml)  5 ms
            """);
  }

  private static FlowResult flow(Status status, int steps, Problem... warnings) {
    return FlowResult.builder(0, "f", status)
        .file("a.yaml")
        .duration(Duration.ofMillis(5))
        .counts(new StepCounts(steps, 0, 0))
        .warnings(List.of(warnings))
        .build();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}

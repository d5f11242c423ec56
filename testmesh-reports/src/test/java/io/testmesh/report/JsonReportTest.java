package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.event.RunEvent;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.spi.ReportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private final ReportFormat format = new JsonReportFormat();

  @Test
  void a_run_is_written_with_every_field_in_its_order() throws IOException {
    FlowResult flow =
        Samples.flow(0, "create order", "orders.yaml", Status.FAILED)
            .tags(List.of("smoke"))
            .failure(Samples.failure().toBuilder().step("create_order").build())
            .steps(List.of(Samples.step()))
            .build();

    assertThat(Samples.write(format, Samples.run(RunStatus.FAILED, flow), flow))
        .isEqualTo(
            """
            {"testmesh":"unknown","status":"failed","started":"2026-01-31T10:00:00.000Z",\
            "duration_ms":1200,"summary":{"flows":1,"passed":0,"failed":1,"error":0,\
            "cancelled":0,"skipped":0,"steps":1,"steps_skipped":0,"tolerated":0},\
            "problems":[],"flows":[
            {"name":"create order","file":"orders.yaml","line":1,"row":null,"tags":["smoke"],\
            "status":"failed","duration_ms":212,"error":{"code":"assertion_failed",\
            "message":"it does not hold","step":"create_order","file":"orders.yaml","line":21,\
            "column":9},"steps":[{"id":"create_order","name":null,"phase":"steps",\
            "action":"http_request","status":"failed","started":"2026-01-31T10:00:00.000Z",\
            "duration_ms":70,"config":{"method":"POST"},"result":{"status":201,"ratio":1.0,\
            "nothing":null},"outputs":{"id":"o-17"},"attempts":[{"number":1,"status":"failed",\
            "started":"2026-01-31T10:00:00.000Z","duration_ms":20,"error":{\
            "code":"assertion_failed","message":"it does not hold"}}],"assertions":[{\
            "expression":"body.total == 3 * 19.99","message":null,"passed":false,"line":21,\
            "column":9,"values":[{"expression":"body.total","value":59.96}],"kind":"assert"}],\
            "error":{"code":"assertion_failed","message":"it does not hold","file":"orders.yaml",\
            "line":21,"column":9,"hint":null,"details":{"attempts":1}},"logs":[{"level":"info",\
            "message":"hello","time":"2026-01-31T10:00:00.007Z"}],"metrics":{},"steps":[{\
            "index":0,"status":"passed","steps":[{"id":"step_2","name":null,"phase":"steps",\
            "action":"log","status":"skipped","skip_reason":"when is false","started":null,\
            "duration_ms":0,"config":{},"result":{},"outputs":{},"attempts":[],"assertions":[],\
            "error":null,"logs":[],"metrics":{},"steps":[]}]},{"id":"left","status":"passed",\
            "steps":[]}]}]}]}
            """);
  }

  @Test
  void problems_are_written_when_nothing_ran() throws IOException {
    Problem unknown = Problem.error("unknown_key", "odd", Samples.PLACE, "did you mean \"b\"?");
    Problem nowhere = Problem.warning("x", "y", SourceSpan.NONE, null);

    assertThat(Samples.write(format, Samples.invalid(unknown, nowhere)))
        .contains("\"status\":\"invalid\"")
        .contains(
            "\"problems\":[{\"code\":\"unknown_key\",\"message\":\"odd\",\"file\":\"orders.yaml\","
                + "\"line\":21,\"column\":9,\"hint\":\"did you mean \\\"b\\\"?\","
                + "\"severity\":\"error\"},{\"code\":\"x\",\"message\":\"y\",\"file\":null,"
                + "\"line\":null,\"column\":null,\"hint\":null,\"severity\":\"warning\"}]")
        .endsWith("\"flows\":[]}\n");
  }

  @Test
  void flows_are_in_the_order_of_selection_however_they_end_and_however_many() throws IOException {
    List<FlowResult> flows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      flows.add(Samples.passed(i, "flow " + i + " ".repeat(400), "f.yaml"));
    }
    FlowResult[] ended = shuffled(flows);

    String json = Samples.write(format, Samples.run(RunStatus.PASSED, ended), ended);

    int from = 0;
    for (int i = 0; i < 5000; i++) {
      int at = json.indexOf("{\"name\":\"flow " + i + " ", from);
      assertThat(at).as("flow %s", i).isGreaterThanOrEqualTo(from);
      from = at;
    }
  }

  @Test
  void half_a_character_does_not_break_the_report() throws IOException {
    FlowResult flow = Samples.passed(0, "half \uD83C and whole 🎈 \u0000", "f.yaml");

    assertThat(Samples.write(format, Samples.run(RunStatus.PASSED, flow), flow))
        .contains("\"half ? and whole 🎈 \\u0000\"");
  }

  @Test
  void a_place_that_cannot_be_opened_is_said_at_the_end() {
    ReportFormat.Report report =
        format.open(
            () -> {
              throw new IOException("no space left");
            });
    report.on(new RunEvent.RunFinished(Samples.run(RunStatus.PASSED)));

    assertThatThrownBy(report::finish).isInstanceOf(IOException.class).hasMessage("no space left");
  }

  @Test
  void events_are_lines_and_each_is_written_at_once() throws IOException {
    FlowResult flow =
        Samples.flow(0, "f", "orders.yaml", Status.FAILED).steps(List.of(Samples.step())).build();

    List<String> lines =
        Samples.write(new NdjsonReportFormat(), Samples.run(RunStatus.FAILED, flow), flow)
            .lines()
            .toList();

    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"event\":\"run_started\",\"testmesh\":\"unknown\",\"execution_id\":\"run-1\","
                + "\"started\":\"2026-01-31T10:00:00.000Z\",\"flows\":1,\"problems\":[]}");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"event\":\"flow_started\",\"flow\":0,\"name\":\"f\",\"file\":\"orders.yaml\","
                + "\"line\":1,\"row\":null,\"started\":\"2026-01-31T10:00:00.000Z\"}");
    assertThat(lines.get(2))
        .startsWith(
            "{\"event\":\"step_finished\",\"flow\":0,\"parent\":null,\"depth\":0,"
                + "\"id\":\"create_order\",\"name\":null,\"phase\":\"steps\"")
        .doesNotContain("\"steps\":[");
    assertThat(lines.get(3))
        .startsWith("{\"event\":\"flow_finished\",\"flow\":0,\"name\":\"f\"")
        .contains("\"status\":\"failed\"")
        .doesNotContain("\"steps\":[");
    assertThat(lines.get(4)).startsWith("{\"event\":\"run_finished\"").contains("\"summary\":{");
  }

  @Test
  void an_event_can_be_read_while_the_run_goes_on() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportFormat.Report report = new NdjsonReportFormat().open(() -> out);

    report.on(new RunEvent.RunStarted("r", Samples.START, 1, List.of()));

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (out.size() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("{\"event\":\"run_started\"")
        .endsWith("}\n");
    report.finish();
  }

  @Test
  void all_formats_are_found_by_name() {
    List<String> names = new ArrayList<>();
    for (ReportFormat found : ServiceLoader.load(ReportFormat.class)) {
      names.add(found.name());
    }

    assertThat(names).containsExactlyInAnyOrder("json", "ndjson", "junit", "html");
  }

  private static FlowResult[] shuffled(List<FlowResult> flows) {
    List<FlowResult> ended = new ArrayList<>(flows);
    Collections.shuffle(ended, new Random(1));
    return ended.toArray(FlowResult[]::new);
  }

  @Test
  void a_report_without_a_run_says_so() {
    assertThatThrownBy(() -> format.open(ByteArrayOutputStream::new).finish())
        .hasMessage("the run ended without a result");
  }
}

package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.action.FinishedSpan;
import io.testmesh.action.TraceContext;
import io.testmesh.backends.Backends;
import io.testmesh.backends.Flows;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces in a real Tempo, which searches by tags. */
@Timeout(120)
class TempoServerTest {
  private static String server;
  private static String collector;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    String[] addresses = Backends.tempo().address().split(" ");
    server = addresses[0];
    collector = addresses[1];
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "t", Map.of("backend_url", server));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static void send(
      String service, String trace, String span, String parent, String name, Instant start)
      throws Exception {
    TraceContext context = TraceContext.of(trace, span, true, "");
    FinishedSpan sent =
        new FinishedSpan(
            service,
            context,
            parent.isEmpty() ? null : parent,
            null,
            name,
            start,
            start.plusMillis(250),
            null,
            Map.of());
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(collector + "/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(OtlpProtobuf.write(List.of(sent))))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private RunHandle start(String config) {
    return flows.start("otel.assert", config);
  }

  private static StepResult passed(RunHandle handle) {
    RunResult run = handle.result().join();
    run.orThrow();
    return run.flows().get(0).step("s");
  }

  @Test
  void a_trace_that_arrives_in_pieces_is_waited_for() throws Exception {
    String trace = "10af7651916cd43dd8448eb211c80311";
    RunHandle handle =
        start("trace_id: " + trace + ", within: 60s, every: 20ms, assert: [count == 2]");
    send("orders", trace, "b7ad6b7169203331", "", "POST /orders", Instant.now());
    send("stock", trace, "b7ad6b7169203332", "b7ad6b7169203331", "RESERVE", Instant.now());

    StepResult step = passed(handle);

    assertThat(step.result().get("tree"))
        .asString()
        .startsWith("orders POST /orders ")
        .contains("\n  stock RESERVE ")
        .contains(" 250 ms");
  }

  @Test
  void a_service_and_an_operation_are_searched_by_tags() throws Exception {
    String trace = "20af7651916cd43dd8448eb211c80312";
    RunHandle handle =
        start("service: billing, operation: CHARGE, within: 60s, every: 20ms, min_spans: 1");
    send("billing", trace, "b7ad6b7169203331", "", "CHARGE", Instant.now());
    send(
        "billing",
        "30af7651916cd43dd8448eb211c80313",
        "b7ad6b7169203331",
        "",
        "REFUND",
        Instant.now());

    StepResult step = passed(handle);

    assertThat(step.result().get("count")).isEqualTo(1L);
    assertThat(step.result().get("spans").toString()).contains(trace);
  }

  @Test
  void a_service_whose_clock_is_late_or_early_is_found() throws Exception {
    send(
        "late",
        "40af7651916cd43dd8448eb211c80314",
        "b7ad6b7169203331",
        "",
        "X",
        Instant.now().minus(Duration.ofMinutes(20)));
    send(
        "early",
        "50af7651916cd43dd8448eb211c80315",
        "b7ad6b7169203331",
        "",
        "X",
        Instant.now().plus(Duration.ofMinutes(20)));

    passed(start("service: late, within: 20s, every: 20ms, min_spans: 1"));
    passed(start("service: early, within: 20s, every: 20ms, min_spans: 1"));
  }

  @Test
  void an_unknown_trace_is_no_span() {
    StepResult step = flows.step("otel.assert", "trace_id: abc, within: 10s, assert: [count == 0]");

    assertThat(step.status()).as(() -> "" + step.failure()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_run_is_exported_and_found_there() throws Exception {
    Path exported =
        Files.writeString(
            folder.resolve("exported.yaml"),
            """
            flow:
              name: exported
              config: {otel: {endpoint: "%s", service_name: tests}}
              steps:
                - {id: s, name: Say it, action: otel.inject, config: {span_name: checkout}}
            """
                .formatted(collector));
    RunResult run;
    try (FlowRunner runner = FlowRunner.builder().workingFolder(folder).build()) {
      run = runner.run(exported);
      run.orThrow();
      assertThat(run.flows().get(0).warnings()).isEmpty();
    }
    Object trace = run.flows().get(0).step("s").result().get("trace_id");

    StepResult step =
        passed(start("trace_id: '" + trace + "', within: 20s, every: 20ms, min_spans: 4"));

    assertThat(step.result().get("tree"))
        .asString()
        .startsWith("tests exported ")
        .contains("\n  tests Say it ")
        .contains("\n    tests s #1 ")
        .contains("\n  tests checkout ");
  }
}

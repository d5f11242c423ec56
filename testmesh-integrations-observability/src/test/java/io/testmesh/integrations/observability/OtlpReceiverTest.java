package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.backends.Await;
import io.testmesh.backends.Ports;
import io.testmesh.event.RunEvent;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services under test export straight to the runner. */
@Timeout(60)
class OtlpReceiverTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN =
      """
      {"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s","kind":2,
       "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000012500000",
       "attributes":[{"key":"http.status_code","value":{"intValue":"201"}}],"status":{}}
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private FlowRunner runner;
  private int port;

  @BeforeEach
  void open() throws Exception {
    port = Ports.closed();
    runner = FlowRunner.builder().workingFolder(folder).build();
  }

  @AfterEach
  void close() {
    runner.close();
  }

  private Path flow(String name, String otel, String... steps) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        "flow:\n  name: %s\n  config: {otel: %s}\n  steps:\n    - %s\n"
            .formatted(name, otel, String.join("\n    - ", steps)));
  }

  private String receiver() {
    return "{receiver: {port: " + port + "}}";
  }

  private RunResult run(String otel, String... steps) throws Exception {
    return runner.run(flow("f", otel, steps));
  }

  private static String json(String service, String... spans) {
    return """
    {"resourceSpans":[{"resource":{"attributes":[
      {"key":"service.name","value":{"stringValue":"%s"}}]},
      "scopeSpans":[{"spans":[%s]}]}]}
    """
        .formatted(service, String.join(",", spans));
  }

  private int post(String path, String type, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    return answer.statusCode();
  }

  private void post(String json) throws Exception {
    assertThat(post("/v1/traces", "application/json", json.getBytes("UTF-8"))).isEqualTo(200);
  }

  /** Sends a span as soon as the flow listens. */
  private void postWhenItListens(String json) throws Exception {
    Await.until(
        "the receiver listens",
        () -> {
          try {
            post(json);
            return true;
          } catch (ConnectException e) {
            return false;
          }
        });
  }

  private static FlowResult only(RunResult run) {
    assertThat(run.flows()).as(() -> String.valueOf(run.problems())).hasSize(1);
    return run.flows().get(0);
  }

  private static FlowResult passed(RunResult run) {
    run.orThrow();
    return only(run);
  }

  @Test
  void a_step_goes_on_with_the_span_that_it_waits_for_and_not_with_the_next_look()
      throws Exception {
    RunHandle handle =
        runner.start(
            runner.load(
                flow(
                    "f",
                    receiver(),
                    "{id: s, action: otel.assert, config: {backend_url: receiver, trace_id: "
                        + TRACE
                        + ", every: 10m, within: 20m, assert: [count == 2]}, timeout: 20m}")));
    postWhenItListens(
        json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST /orders")));
    // The first piece of the trace does not do, nor does a trace of others.
    post(json("other", SPAN.formatted("f" + TRACE.substring(1), "b7ad6b7169203332", "", "GET")));
    post(json("stock", SPAN.formatted(TRACE, "b7ad6b7169203333", "b7ad6b7169203331", "RESERVE")));

    StepResult step = passed(handle.result().join()).step("s");

    assertThat(step.result().get("tree"))
        .asString()
        .startsWith("orders POST /orders ")
        .contains("\n  stock RESERVE ");
    assertThat(step.attempts().size()).isBetween(1, 4);
    Map<?, ?> child = (Map<?, ?>) ((List<?>) step.result().get("spans")).get(1);
    assertThat(child.get("duration_ms")).hasToString("12.5");
    assertThat(child.get("kind")).isEqualTo("server");
    assertThat(((Map<?, ?>) child.get("attributes")).get("http.status_code")).isEqualTo(201L);
  }

  @Test
  void a_step_that_waits_is_stopped_at_once() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    RunHandle handle =
        runner.start(
            runner.load(
                flow(
                    "f",
                    receiver(),
                    "{id: s, action: otel.assert, config: {backend_url: receiver, trace_id: "
                        + TRACE
                        + ", every: 10m, within: 20m, min_spans: 1}, timeout: 20m}")),
            RunOptions.builder()
                .listener(
                    event -> {
                      if (event instanceof RunEvent.AttemptFinished) {
                        looked.countDown();
                      }
                    })
                .build());
    looked.await();

    handle.cancel();

    assertThat(handle.result().join().status().key()).isEqualTo("cancelled");
  }

  @Test
  void spans_come_as_protobuf_too_and_may_be_packed() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: '${OTEL_RECEIVER}'}}"));
    io.opentelemetry.proto.trace.v1.Span.Builder sent =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(bytes(TRACE))
            .setSpanId(bytes("b7ad6b7169203331"))
            .setName("POST /orders")
            .setKindValue(3)
            .setStartTimeUnixNano(1_000_000_000)
            .setEndTimeUnixNano(1_250_000_000)
            .setStatus(Status.newBuilder().setCodeValue(2).setMessage("no stock"))
            .addAttributes(pair("text", text("a")))
            .addAttributes(pair("whole", AnyValue.newBuilder().setIntValue(7)))
            .addAttributes(pair("part", AnyValue.newBuilder().setDoubleValue(0.5)))
            .addAttributes(pair("flag", AnyValue.newBuilder().setBoolValue(true)));
    ArrayValue items = ArrayValue.newBuilder().addValues(text("x")).build();
    sent.addAttributes(pair("list", AnyValue.newBuilder().setArrayValue(items)));
    Resource resource =
        Resource.newBuilder().addAttributes(pair("service.name", text("orders"))).build();
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(resource)
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(sent)))
            .build();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      request.writeTo(zip);
    }

    assertThat(
            post(
                "/v1/traces",
                "application/x-protobuf",
                packed.toByteArray(),
                "Content-Encoding",
                "gzip"))
        .isEqualTo(200);

    StepResult step =
        passed(
                run(
                    receiver(),
                    "{id: s, action: otel.assert, config: {backend_url: receiver, trace_id: "
                        + TRACE
                        + ", min_spans: 1}}"))
            .step("s");
    Map<?, ?> span = (Map<?, ?>) ((List<?>) step.result().get("spans")).get(0);
    assertThat(span.get("service")).isEqualTo("orders");
    assertThat(span.get("operation")).isEqualTo("POST /orders");
    assertThat(span.get("kind")).isEqualTo("client");
    assertThat(span.get("status")).isEqualTo("error");
    assertThat(span.get("status_message")).isEqualTo("no stock");
    assertThat(span.get("duration_ms")).hasToString("250");
    assertThat(span.get("attributes"))
        .isEqualTo(
            Map.of("text", "a", "whole", 7L, "part", 0.5, "flag", true, "list", List.of("x")));
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue.Builder text(String text) {
    return AnyValue.newBuilder().setStringValue(text);
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  @Test
  void a_search_does_not_find_what_came_before_the_flow() throws Exception {
    String search =
        "{id: s, action: otel.assert, config: {backend_url: receiver, service: orders, operation:"
            + " POST, within: 300ms, every: 50ms, min_spans: 1}}";
    passed(run(receiver(), "{action: log, config: {message: listening}}"));
    post(json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST")));

    Failure failure = only(run(receiver(), search)).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure.message()).startsWith("there are 0 spans, and min_spans is 1");
    RunHandle handle =
        runner.start(runner.load(flow("g", receiver(), search.replace("300ms", "20s"))));
    String other = "1" + TRACE.substring(1);
    while (!handle.result().isDone()) {
      post(json("orders", SPAN.formatted(other, "b7ad6b7169203331", "", "POST")));
    }
    StepResult step = passed(handle.result().join()).step("s");
    assertThat(((Map<?, ?>) ((List<?>) step.result().get("spans")).get(0)).get("trace_id"))
        .isEqualTo(other);
  }

  @Test
  void spans_that_had_to_give_way_are_never_absent_spans() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: listening}}"));
    post(json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST")));
    for (int batch = 0; batch < 20; batch++) {
      StringBuilder spans = new StringBuilder();
      for (int i = 0; i < 5_000; i++) {
        String id = "%016x".formatted(1 + batch * 5_000L + i);
        spans
            .append(i == 0 ? "" : ",")
            .append(SPAN.formatted("f" + TRACE.substring(1), id, "", "x"));
      }
      post(json("noise", spans.toString()));
    }

    Failure failure =
        only(run(
                receiver(),
                "{action: otel.assert, config: {backend_url: receiver, trace_id: "
                    + TRACE
                    + ", within: 100ms, every: 10ms, assert: [count == 0]}}"))
            .failure()
            .orElseThrow();

    assertThat(failure.message()).contains("keeps the last 100000 spans, and some had to give way");
  }

  @Test
  void a_called_flow_finds_what_came_since_its_caller_began() throws Exception {
    Files.writeString(
        folder.resolve("look.yaml"),
        """
        flow:
          name: look
          steps:
            - action: otel.assert
              config: {backend_url: receiver, service: orders, within: 10s, min_spans: 1}
        """);
    RunHandle handle =
        runner.start(
            runner.load(
                flow(
                    "f",
                    receiver(),
                    "{action: otel.assert, config: {backend_url: receiver, trace_id: "
                        + TRACE
                        + ", every: 10m, within: 20m, min_spans: 1}, timeout: 20m}",
                    "{action: run_flow, config: {flow: look.yaml}}")));
    postWhenItListens(json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST")));

    passed(handle.result().join());
  }

  @Test
  void clocks_that_differ_hide_no_span() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: listening}}"));
    // Of 2023, by the clock of its service.
    post(json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST")));

    passed(
        run(
            receiver(),
            "{action: otel.assert, config: {backend_url: receiver, trace_id: "
                + TRACE
                + ", assert: ['spans[0].start startsWith \"2023-11-14\"']}}"));
  }

  @Test
  void what_is_no_otlp_is_refused_with_a_reason() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: listening}}"));

    assertThat(post("/v1/traces", "application/json", "{".getBytes("UTF-8"))).isEqualTo(400);
    assertThat(post("/v1/traces", "application/x-protobuf", new byte[] {1, 2, 3})).isEqualTo(400);
    assertThat(post("/v1/traces", "application/json", "{\"resource_spans\": []}".getBytes("UTF-8")))
        .isEqualTo(400);
    assertThat(post("/v1/traces", "application/json", "[]".getBytes("UTF-8"))).isEqualTo(400);
    assertThat(post("/v1/traces", "application/json", new byte[] {1}, "Content-Encoding", "gzip"))
        .isEqualTo(400);
    assertThat(post("/v1/traces", "text/plain", new byte[0])).isEqualTo(415);
    assertThat(post("/api/v2/spans", "application/json", new byte[0])).isEqualTo(404);
    assertThat(post("/v1/metrics", "application/json", "{}".getBytes("UTF-8"))).isEqualTo(200);
  }

  @Test
  void without_a_receiver_a_step_that_wants_it_is_told_before_the_first_step() throws Exception {
    Failure failure =
        only(runner.run(
                Files.writeString(
                    folder.resolve("n.yaml"),
                    """
                    flow:
                      name: n
                      steps:
                        - action: otel.assert
                          config: {backend_url: receiver, trace_id: abc, min_spans: 1}
                    """)))
            .failure()
            .orElseThrow();

    assertThat(failure.code()).isEqualTo("invalid_value");
    assertThat(failure.message()).contains("\"backend_url: receiver\" wants a receiver");
    assertThat(failure.hint().orElseThrow()).contains("otel: {receiver: {port: 0}}");
  }

  @Test
  void a_runner_has_one_receiver() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: listening}}"));

    Failure failure =
        only(run(
                "{receiver: {port: " + Ports.closed() + "}}",
                "{action: log, config: {message: x}}"))
            .failure()
            .orElseThrow();

    assertThat(failure.message()).contains("listens on port " + port + " already");
    passed(
        run(
            "{receiver: {port: 0}}",
            "{action: assert, config: {assertions: ['OTEL_RECEIVER endsWith \":"
                + port
                + "\"']}}"));
  }

  @Test
  void a_port_that_is_taken_is_told() throws Exception {
    try (FlowRunner other = FlowRunner.builder().workingFolder(folder).build()) {
      passed(other.run(flow("a", receiver(), "{action: log, config: {message: x}}")));

      Failure failure =
          only(run(receiver(), "{action: log, config: {message: x}}")).failure().orElseThrow();

      assertThat(failure.message())
          .contains("the receiver cannot listen on 127.0.0.1:" + port + ": Address already in use");
    }
    passed(run(receiver(), "{action: log, config: {message: x}}"));
  }

  @Test
  void mistakes_in_the_settings_are_found_before_the_run() throws Exception {
    assertThat(problems("{reciever: {port: 0}}"))
        .containsExactly("unknown_key unknown key \"reciever\" in \"otel\"");
    assertThat(problems("{receiver: 4318}"))
        .containsExactly(
            "wrong_type \"receiver\" wants a map with \"port\" alone, got a number: 4318");
    assertThat(problems("{receiver: {port: 70000}}"))
        .containsExactly(
            "invalid_value \"port\" wants a number from 0 to 65535, got a number: 70000");
    assertThat(problems("{endpoint: 4318}"))
        .containsExactly("wrong_type \"endpoint\" wants a text, got a number: 4318");
  }

  private List<String> problems(String otel) throws Exception {
    RunResult run = run(otel, "{action: log, config: {message: x}}");
    assertThat(run.flows()).isEmpty();
    return run.problems().stream()
        .map((Problem problem) -> problem.code() + " " + problem.message())
        .toList();
  }

  @Test
  void the_runner_may_say_it_for_all_flows() throws Exception {
    try (FlowRunner own =
        FlowRunner.builder()
            .workingFolder(folder)
            .otel(Map.of("receiver", Map.of("port", 0L)))
            .build()) {
      passed(
          own.run(
              Files.writeString(
                  folder.resolve("own.yaml"),
                  """
                  flow:
                    name: own
                    env: {address: "${OTEL_RECEIVER}/v1/traces"}
                    steps:
                      - action: assert
                        config: {assertions: ['address matches "^http://127.0.0.1:[0-9]+/v1/traces$"']}
                  """)));
    }
  }

  @Test
  void the_port_is_free_when_the_runner_is_closed() throws Exception {
    passed(run(receiver(), "{action: log, config: {message: x}}"));
    post(json("orders", SPAN.formatted(TRACE, "b7ad6b7169203331", "", "POST")));
    runner.close();

    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("testmesh-otel")))
        .isEmpty();
  }
}

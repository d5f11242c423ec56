package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.testmesh.FlowRunner;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.backends.Ports;
import io.testmesh.backends.StandIn;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs as spans: what a collector is sent. */
@Timeout(60)
class SpanExportTest {
  @TempDir Path folder;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private StandIn collector;
  private FlowRunner runner;

  @BeforeEach
  void open() throws Exception {
    runner = FlowRunner.builder().workingFolder(folder).build();
    collector =
        new StandIn(
            exchange -> {
              bodies.add(exchange.getRequestBody().readAllBytes());
              StandIn.reply(exchange, 200, "{}");
            });
  }

  @AfterEach
  void close() {
    runner.close();
    collector.close();
  }

  private RunResult run(String config, String steps) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("f.yaml"),
            "flow:\n  name: checkout\n  env: {token: s3cret-17}\n  config: %s\n  steps:\n%s"
                .formatted(config, steps.indent(4)));
    return runner.run(file);
  }

  /** All spans that were sent, by name. */
  private Span span(String name) {
    List<Span> found = new ArrayList<>();
    for (Span span : spans()) {
      if (span.operation().equals(name)) {
        found.add(span);
      }
    }
    assertThat(found).as(name + " in " + spans()).hasSize(1);
    return found.get(0);
  }

  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    try {
      for (byte[] body : bodies) {
        spans.addAll(OtlpProtobuf.read(body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return spans;
  }

  /** What was sent, as texts that are in it. */
  private String sent() {
    StringBuilder all = new StringBuilder();
    for (byte[] body : bodies) {
      all.append(new String(body, StandardCharsets.ISO_8859_1)).append('\n');
    }
    return all.toString();
  }

  private String endpoint() {
    return "{otel: {endpoint: '"
        + collector.url()
        + "', service_name: shop-tests}, fail_fast: false}";
  }

  @Test
  void flow_steps_and_attempts_are_one_trace_and_the_run_is_another() throws Exception {
    RunResult run =
        run(
            endpoint(),
            """
            - id: first
              name: Say it
              action: log
              config: {message: x}
            - id: wrong
              action: log
              config: {message: x}
              retry: {max_attempts: 2, delay: 1ms}
              assert: [1 == 2]
            - id: all
              action: parallel
              config:
                branches:
                  - id: one
                    steps:
                      - {id: inner, action: log, config: {message: y}}
            """);

    assertThat(run.flows().get(0).status()).isEqualTo(Status.FAILED);
    Span flow = span("checkout");
    Span step = span("Say it");
    Span wrong = span("wrong");
    assertThat(flow.parentId()).isNull();
    assertThat(flow.service()).isEqualTo("shop-tests");
    assertThat(flow.status()).isEqualTo("error");
    assertThat(flow.statusMessage()).contains("1 == 2");
    assertThat(step.parentId()).isEqualTo(flow.spanId());
    assertThat(step.status()).isEqualTo("ok");
    assertThat(step.attributes())
        .containsEntry("testmesh.action", "log")
        .containsEntry("testmesh.status", "passed");
    assertThat(span("first #1").parentId()).isEqualTo(step.spanId());
    assertThat(span("wrong #1").parentId()).isEqualTo(wrong.spanId());
    assertThat(span("wrong #2").parentId()).isEqualTo(wrong.spanId());
    assertThat(wrong.status()).isEqualTo("error");
    assertThat(wrong.statusMessage()).startsWith("assertion_failed: ");
    assertThat(span("inner").parentId()).isEqualTo(span("all #1").spanId());
    assertThat(spans())
        .filteredOn(span -> !span.operation().equals("run"))
        .allMatch(span -> span.traceId().equals(flow.traceId()))
        .allMatch(span -> span.startNanos() >= flow.startNanos())
        .allMatch(span -> span.endNanos() >= span.startNanos());
    Span whole = span("run");
    assertThat(whole.traceId()).isNotEqualTo(flow.traceId());
    assertThat(whole.parentId()).isNull();
    assertThat(whole.attributes()).containsEntry("testmesh.flows.failed", 1L);
    assertThat(
            ExportTraceServiceRequest.parseFrom(bodies.get(0))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpansList())
        .filteredOn(span -> span.getLinksCount() == 1)
        .extracting(io.opentelemetry.proto.trace.v1.Span::getName)
        .containsExactly("checkout");
    assertThat(collector.requests()).containsOnly("/v1/traces");
  }

  @Test
  void what_otel_inject_starts_is_a_span_with_the_later_steps_in_it() throws Exception {
    RunResult run =
        run(
            "{fail_fast: true}",
            """
            - {id: before, action: log, config: {message: x}}
            - id: trace
              action: otel.inject
              config:
                endpoint: %s/v1/traces
                service_name: checkout-test
                span_name: checkout
                attributes: {order: 17, kind: express}
            - {id: after, action: log, config: {message: x}}
            - id: again
              action: otel.inject
            - {id: last, action: log, config: {message: x}}
            """
                .formatted(collector.url()));

    run.orThrow();
    FlowResult flow = run.flows().get(0);
    Map<String, Object> given = flow.step("trace").result();
    Span started =
        spans().stream()
            .filter(span -> span.service().equals("checkout-test"))
            .findFirst()
            .orElseThrow();
    assertThat(started.operation()).isEqualTo("checkout");
    assertThat(started.spanId()).isEqualTo(given.get("span_id"));
    assertThat(started.traceId()).isEqualTo(given.get("trace_id"));
    assertThat(started.attributes()).containsEntry("order", 17L).containsEntry("kind", "express");
    assertThat(span("after").parentId()).isEqualTo(started.spanId());
    assertThat(spans())
        .filteredOn(span -> span.operation().equals("again"))
        .hasSize(2)
        .allMatch(span -> started.spanId().equals(span.parentId()));
    assertThat(span("last").parentId()).isEqualTo(flow.step("again").result().get("span_id"));
    assertThat(flow.step("again").result().get("trace_id")).isEqualTo(given.get("trace_id"));
  }

  @Test
  void calls_are_children_of_their_attempt() throws Exception {
    runner.close();
    List<String> seen = new CopyOnWriteArrayList<>();
    runner =
        FlowRunner.builder()
            .workingFolder(folder)
            .action(
                new ActionHandler() {
                  @Override
                  public ActionDescriptor descriptor() {
                    return ActionDescriptor.of("call_somebody").describedAs("Calls.");
                  }

                  @Override
                  public ActionResult execute(ActionContext context) {
                    seen.add(context.trace().orElseThrow().spanId());
                    return ActionResult.of("ok", true);
                  }
                })
            .build();

    run(
        endpoint(),
        "- {id: call, action: call_somebody, retry: {max_attempts: 2, delay: 1ms},"
            + " assert: [1 == 2], on_error: continue}\n");

    assertThat(seen).containsExactly(span("call #1").spanId(), span("call #2").spanId());
  }

  @Test
  void secrets_are_in_no_span() throws Exception {
    run(
            "{otel: {endpoint: '" + collector.url() + "'}, secrets: [token]}",
            """
            - id: s
              action: otel.inject
              config: {span_name: "with ${token}", attributes: {token: "${token}"}}
            - id: t
              name: Log in with ${token}
              action: log
              config: {message: "${token}"}
              assert: ['token == "other"']
              on_error: continue
            """)
        .flows();

    assertThat(bodies).isNotEmpty();
    assertThat(sent()).contains("Log in with").doesNotContain("s3cret-17");
  }

  @Test
  void what_becomes_a_secret_later_is_in_no_span_either() throws Exception {
    run(
            "{otel: {endpoint: '" + collector.url() + "'}, secrets: [pin]}",
            """
            - id: s
              action: otel.inject
              config: {span_name: with pin-s3cret-18}
            - id: t
              action: log
              config: {message: pin-s3cret-18}
              output: {pin: message}
            """)
        .orThrow();

    assertThat(sent()).contains("with ***").doesNotContain("pin-s3cret-18");
  }

  @Test
  void a_trace_that_is_not_sampled_is_not_sent() throws Exception {
    run(
            "{fail_fast: true}",
            """
            - {id: s, action: otel.inject, config: {endpoint: "%s", sampled: false}}
            - {id: after, action: log, config: {message: x}}
            """
                .formatted(collector.url()))
        .orThrow();

    assertThat(spans()).extracting(Span::operation).doesNotContain("after", "s");
  }

  @Test
  void a_collector_that_is_down_is_a_warning() throws Exception {
    int port = Ports.closed();

    RunResult run =
        run(
            "{otel: {endpoint: 'http://127.0.0.1:" + port + "'}}",
            "- {id: s, action: log, config: {message: x}}\n");

    run.orThrow();
    assertThat(run.flows().get(0).warnings())
        .extracting(Problem::message)
        .anyMatch(
            text -> text.startsWith("spans are lost: ") && text.contains("127.0.0.1:" + port));
    assertThat(run.notes()).anyMatch(note -> note.contains("127.0.0.1:" + port));
  }

  @Test
  void what_a_collector_refuses_is_told_with_its_words() throws Exception {
    try (StandIn refusing =
        new StandIn(exchange -> StandIn.reply(exchange, 503, "out of disk space"))) {
      RunResult run =
          run(
              "{otel: {endpoint: '" + refusing.url() + "'}}",
              "- {id: s, action: log, config: {message: x}}\n");

      run.orThrow();
      assertThat(run.flows().get(0).warnings())
          .extracting(Problem::message)
          .anyMatch(text -> text.contains("answers 503 out of disk space"));
    }
  }

  @Test
  void an_address_that_is_none_ends_the_flow_before_its_steps() throws Exception {
    RunResult run =
        run("{otel: {endpoint: 'localhost'}}", "- {id: s, action: log, config: {message: x}}\n");

    assertThat(run.flows().get(0).failure().orElseThrow().message())
        .contains("\"endpoint\" wants an http or https address, got \"localhost\"");
  }

  @Test
  void many_steps_are_sent_in_pieces() throws Exception {
    run(
            endpoint(),
            """
            - id: many
              action: for_each
              config:
                range: {start: 1, end: 400}
                steps:
                  - {id: one, action: log, config: {message: x}}
            """)
        .orThrow();

    assertThat(bodies.size()).isGreaterThan(2);
    assertThat(spans()).filteredOn(span -> span.operation().equals("one #1")).hasSize(400);
  }
}

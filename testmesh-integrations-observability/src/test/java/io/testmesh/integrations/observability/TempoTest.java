package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.StandIn;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that real servers of the versions 1.5 and 3.0 gave. */
@Timeout(120)
class TempoTest {
  @TempDir Path folder;

  private static String recorded(String name) throws IOException {
    try (InputStream in = TempoTest.class.getResourceAsStream("/tempo/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Flows to(StandIn server) {
    return new Flows(folder, "t", Map.of("backend_url", server.url()));
  }

  private static StepResult passed(StepResult step) {
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  /** A server of a version with the one trace. */
  private static void answer(HttpExchange exchange, boolean isOld, String search)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/buildinfo")) {
      StandIn.reply(exchange, isOld ? 404 : 200, isOld ? "" : "{\"version\":\"3.0.3\"}");
    } else if (path.endsWith("/search")) {
      StandIn.reply(exchange, 200, search);
    } else {
      StandIn.reply(exchange, 200, recorded(isOld ? "1.5.0-trace-v1" : "3.0.3-trace-v1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5.0-trace-v1", "3.0.3-trace-v1", "3.0.3-trace-v2"})
  void spans_of_all_versions_have_the_same_form(String trace) throws Exception {
    String body = recorded(trace);
    try (StandIn server = new StandIn(exchange -> StandIn.reply(exchange, 200, body));
        Flows flows = to(server)) {
      StepResult step =
          passed(flows.step("otel.assert", "trace_id: abc123, min_spans: 2, assert: [count == 2]"));

      Map<?, ?> root = (Map<?, ?>) ((List<?>) step.result().get("spans")).get(0);
      Map<?, ?> child = (Map<?, ?>) ((List<?>) step.result().get("spans")).get(1);
      assertThat(root.get("trace_id")).asString().matches("[0-9a-f]{32}");
      assertThat(root.get("span_id")).asString().matches("[0-9a-f]{16}");
      assertThat(root.get("parent_id")).isNull();
      assertThat(root.get("service")).isEqualTo("checkout");
      assertThat(root.get("operation")).isEqualTo("POST /orders");
      assertThat(root.get("kind")).isEqualTo("server");
      assertThat(root.get("status")).isEqualTo("unset");
      assertThat(new java.math.BigDecimal(root.get("duration_ms").toString()))
          .isEqualByComparingTo("100");
      assertThat(((Map<?, ?>) root.get("attributes")).get("http.status_code")).isEqualTo(201L);
      assertThat(child.get("parent_id")).isEqualTo(root.get("span_id"));
      assertThat(child.get("status")).isEqualTo("error");
      assertThat(((List<?>) child.get("events")).get(0)).asString().contains("name=exception");
      assertThat(step.result().get("tree"))
          .asString()
          .contains("checkout POST /orders ")
          .contains("\n  checkout INSERT orders ")
          .endsWith("50 ms  error: duplicate key");
    }
  }

  @Test
  void a_new_server_is_asked_in_traceql_and_an_old_one_by_tags() throws Exception {
    String found = recorded("3.0.3-search-traceql");
    try (StandIn server = new StandIn(exchange -> answer(exchange, false, found));
        Flows flows = to(server)) {
      passed(
          flows.step(
              "otel.assert", "service: checkout, operation: POST /orders, assert: [count == 1]"));
      assertThat(server.requests().get(1))
          .startsWith("/api/search?q=%7B%20resource.service.name%20%3D%20%22checkout%22");
    }
    String old = recorded("1.5.0-search-tags");
    try (StandIn server = new StandIn(exchange -> answer(exchange, true, old));
        Flows flows = to(server)) {
      passed(flows.step("otel.assert", "service: checkout, assert: [count == 2]"));
      assertThat(server.requests().get(1))
          .startsWith("/api/search?tags=service.name%3D%22checkout");
    }
  }

  @Test
  void traces_that_are_not_meant_are_no_hits() throws Exception {
    String any = recorded("1.5.0-search-q-ignored");
    try (StandIn server = new StandIn(exchange -> answer(exchange, true, any));
        Flows flows = to(server)) {
      StepResult step =
          flows.step(
              "otel.assert", "service: basket, within: 4s, every: 500ms, assert: [count > 0]");

      assertThat(step.failure().orElseThrow().code()).isEqualTo("assertion_failed");
      assertThat(step.result()).containsEntry("spans", List.of()).containsEntry("tree", "");
    }
  }

  @Test
  void a_trace_that_is_not_there_yet_is_waited_for() throws Exception {
    String body = recorded("3.0.3-trace-v1");
    AtomicInteger asked = new AtomicInteger();
    try (StandIn server =
            new StandIn(
                exchange -> {
                  boolean isThere = asked.incrementAndGet() > 3;
                  StandIn.reply(exchange, isThere ? 200 : 404, isThere ? body : "trace not found");
                });
        Flows flows = to(server)) {
      StepResult step =
          passed(
              flows.step("otel.assert", "trace_id: abc, min_spans: 1, within: 60s, every: 10ms"));
      assertThat(step.attempts()).hasSize(4);
    }
  }

  @Test
  void a_server_that_is_no_tempo_is_told_and_has_no_absent_traces() throws Exception {
    try (StandIn server =
            new StandIn(exchange -> StandIn.reply(exchange, 404, "404 page not found"));
        Flows flows = to(server)) {
      Failure failure =
          flows.failure(
              "otel.assert", "trace_id: abc, assert: [count == 0], within: 1s, every: 200ms");

      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure.message())
          .endsWith(" answers 404, and does not say who it is as Tempo does (GET /api/echo: 404)");
      assertThat(failure.hint()).contains("does \"backend_url\" name Tempo itself?");
    }
  }

  @Test
  void a_tempo_that_says_only_404_is_known_by_its_echo() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  boolean isEcho = exchange.getRequestURI().getPath().equals("/api/echo");
                  StandIn.reply(exchange, isEcho ? 200 : 404, isEcho ? "echo\n" : "");
                });
        Flows flows = to(server)) {
      passed(flows.step("otel.assert", "trace_id: abc, assert: [count == 0]"));
    }
  }

  @Test
  void too_few_spans_fail_and_the_trace_is_shown() throws Exception {
    String body = recorded("3.0.3-trace-v1");
    try (StandIn server = new StandIn(exchange -> StandIn.reply(exchange, 200, body));
        Flows flows = to(server)) {
      StepResult step =
          flows.step("otel.assert", "trace_id: abc, min_spans: 3, within: 4s, every: 500ms");

      assertThat(step.failure().orElseThrow().message())
          .isEqualTo("there are 2 spans, and min_spans is 3");
      assertThat(step.result().get("tree")).asString().contains("INSERT orders");
    }
  }

  @Test
  void a_server_that_is_down_is_no_absent_trace() throws Exception {
    int port = Ports.closed();
    try (Flows down = new Flows(folder, "t", Map.of("backend_url", "http://127.0.0.1:" + port))) {
      Failure failure =
          down.failure("otel.assert", "trace_id: abc, within: 4s, assert: [count == 0]");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message()).startsWith("cannot connect to Tempo at 127.0.0.1:" + port);
    }
  }

  @Test
  void mistakes_are_found_before_anything_runs() {
    try (Flows flows = new Flows(folder, "t", Map.of())) {
      String url = "backend_url: 'http://h', ";
      assertThat(flows.problems("otel.assert", url + "trace_id: abc"))
          .singleElement()
          .asString()
          .startsWith("nothing_asserted");
      assertThat(flows.problems("otel.assert", url + "min_spans: 1"))
          .singleElement()
          .asString()
          .contains("one of \"trace_id\" and \"service\" is needed");
      assertThat(flows.problems("otel.assert", url + "trace_id: xyz, min_spans: 1"))
          .singleElement()
          .asString()
          .contains("\"trace_id\" wants up to 32 hexadecimal digits");
      assertThat(flows.problems("otel.assert", "trace_id: abc, min_spans: 1"))
          .singleElement()
          .asString()
          .contains("\"backend_url\" is missing");
    }
  }

  @Test
  void a_flow_has_one_trace_and_each_inject_a_span_of_it() {
    try (Flows flows = new Flows(folder, "t", Map.of())) {
      FlowResult flow =
          flows.run(
              "{id: one, action: otel.inject}",
              "{id: two, action: otel.inject, config: {sampled: false}}");

      String first = String.valueOf(flow.step("one").result().get("traceparent"));
      String second = String.valueOf(flow.step("two").result().get("traceparent"));
      assertThat(first).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
      assertThat(second).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
      assertThat(second.substring(0, 36)).isEqualTo(first.substring(0, 36));
      assertThat(flow.step("two").result().get("span_id"))
          .isNotEqualTo(flow.step("one").result().get("span_id"));
    }
  }
}

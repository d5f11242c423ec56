package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.StandIn;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that a real Loki 3.7 gave, and what no real server can be made to do. */
@Timeout(120)
class LokiTest {
  @TempDir Path folder;

  private static String recorded(String name) throws IOException {
    try (InputStream in = LokiTest.class.getResourceAsStream("/loki/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Flows to(StandIn server) {
    return new Flows(folder, "l", Map.of("url", server.url() + "/"));
  }

  private static StepResult passed(StepResult step) {
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  @Test
  void lines_come_in_their_order_with_exact_times_and_labels() throws Exception {
    String streams = recorded("loki-query_range-streams");
    try (StandIn server = new StandIn(exchange -> StandIn.reply(exchange, 200, streams));
        Flows flows = to(server)) {
      StepResult forward =
          passed(
              flows.step(
                  "loki.query",
                  "query: '{app=\"checkout\"}', direction: forward, tenant: team-a, limit: 7"));
      StepResult backward = passed(flows.step("loki.query", "query: '{app=\"checkout\"}'"));

      assertThat((List<?>) forward.result().get("lines")).first().isEqualTo("order 1 accepted");
      assertThat((List<?>) backward.result().get("lines")).last().isEqualTo("order 1 accepted");
      Map<?, ?> entry = (Map<?, ?>) ((List<?>) forward.result().get("entries")).get(0);
      assertThat(entry.get("timestamp")).asString().matches("2026-.*\\.\\d{9}Z");
      assertThat(((Map<?, ?>) entry.get("labels")).get("app")).isEqualTo("checkout");
      assertThat(forward.result().get("count")).isEqualTo(3L);
      assertThat(server.requests().get(0))
          .startsWith("/loki/api/v1/query_range?query=")
          .contains("limit=7&direction=forward");
    }
  }

  @Test
  void a_query_for_numbers_has_series_and_the_value_at_the_end() throws Exception {
    String matrix = recorded("loki-query_range-count_over_time-matrix");
    String vector = recorded("loki-query-count_over_time-vector");
    try (StandIn server =
            new StandIn(
                exchange ->
                    StandIn.reply(
                        exchange,
                        200,
                        exchange.getRequestURI().getPath().endsWith("query_range")
                            ? matrix
                            : vector));
        Flows flows = to(server)) {
      StepResult step =
          passed(flows.step("loki.query", "query: 'sum(count_over_time({a=\"b\"}[5m]))'"));

      assertThat(step.result().get("value")).isEqualTo(1L);
      Map<?, ?> series = (Map<?, ?>) ((List<?>) step.result().get("series")).get(0);
      assertThat((List<?>) series.get("values")).hasSize(3);
    }
  }

  @Test
  void nothing_found_is_an_empty_list() throws Exception {
    String empty = recorded("loki-query_range-empty");
    try (StandIn server = new StandIn(exchange -> StandIn.reply(exchange, 200, empty));
        Flows flows = to(server)) {
      assertThat(passed(flows.step("loki.query", "query: '{a=\"b\"}'")).result())
          .containsEntry("lines", List.of())
          .containsEntry("count", 0L);
    }
  }

  @Test
  void a_busy_server_is_asked_again_when_it_says_so() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    String empty = recorded("loki-query_range-empty");
    try (StandIn server =
            new StandIn(
                exchange -> {
                  int n = asked.incrementAndGet();
                  if (n <= 2) {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                  }
                  StandIn.reply(exchange, n == 1 ? 429 : n == 2 ? 503 : 200, n < 3 ? "" : empty);
                });
        Flows flows = to(server)) {
      passed(flows.step("loki.query", "query: '{a=\"b\"}'"));
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void a_busy_server_is_not_waited_for_beyond_the_time_of_the_step() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange.getResponseHeaders().add("Retry-After", "3600");
                  StandIn.reply(exchange, 429, "too many requests");
                });
        Flows flows = to(server)) {
      Failure failure = flows.failure("loki.query", "query: '{a=\"b\"}'");

      assertThat(failure.message()).contains("answers 429: too many requests");
    }
  }

  @Test
  void a_syntax_error_in_plain_text_is_marked() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange ->
                    StandIn.reply(
                        exchange,
                        400,
                        "parse error at line 1, col 7: syntax error: unexpected $end"));
        Flows flows = to(server)) {
      Failure failure = flows.failure("loki.query", "query: '{a=\"b\"'");

      assertThat(failure.message())
          .endsWith(
              "refuses the query: parse error at line 1, col 7: syntax error: unexpected $end");
      assertThat(failure.excerpt().get(1)).contains("query: '{a=\"b\"'");
      assertThat(failure.excerpt().get(2).indexOf('^'))
          .isEqualTo(failure.excerpt().get(1).indexOf("{a=") + 6);
    }
  }

  @Test
  void a_refusal_and_a_strange_answer_are_told_apart() throws Exception {
    AtomicInteger status = new AtomicInteger(401);
    try (StandIn server =
            new StandIn(exchange -> StandIn.reply(exchange, status.get(), "<html>no</html>"));
        Flows flows = to(server)) {
      assertThat(flows.failure("loki.query", "query: '{a=\"b\"}'").code())
          .isEqualTo("authentication_failed");
      status.set(200);
      assertThat(flows.failure("loki.query", "query: '{a=\"b\"}'").message())
          .endsWith("is no JSON: <html>no</html>");
      status.set(500);
      assertThat(flows.failure("loki.query", "query: '{a=\"b\"}'").message())
          .contains("answers 500: <html>no</html>");
    }
  }

  @Test
  void a_server_that_is_down_or_breaks_off_is_no_empty_answer() throws Exception {
    int port = Ports.closed();
    try (Flows down = new Flows(folder, "l", Map.of("url", "http://127.0.0.1:" + port))) {
      Failure failure = down.failure("loki.assert", "query: q, within: 4s, assert: [count == 0]");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .isEqualTo("cannot connect to Loki at 127.0.0.1:" + port + ": connection refused");
    }
    try (StandIn half =
            new StandIn(
                exchange -> {
                  exchange.sendResponseHeaders(200, 5000);
                  exchange.getResponseBody().write("{\"status\":".getBytes());
                  exchange.getResponseBody().flush();
                  throw new IOException("on purpose");
                });
        Flows flows = to(half)) {
      Failure failure = flows.failure("loki.query", "query: '{a=\"b\"}'");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message()).startsWith("the connection to Loki at ").contains("was lost");
    }
  }

  @Test
  void a_server_that_does_not_answer_holds_no_step() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (StandIn silent =
            new StandIn(
                exchange -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        Flows flows = to(silent)) {
      long start = System.nanoTime();
      StepResult step =
          flows
              .run(
                  flows
                      .written("s", "loki.query", "query: '{a=\"b\"}'")
                      .replace("{id: s,", "{id: s, timeout: 300ms,"))
              .step("s");

      assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      end.countDown();
    }
  }

  @Test
  void credentials_headers_and_tenants_are_sent() throws Exception {
    String empty = recorded("loki-query_range-empty");
    AtomicInteger right = new AtomicInteger();
    try (StandIn server =
            new StandIn(
                exchange -> {
                  boolean isRight =
                      "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                          && "team-a".equals(exchange.getRequestHeaders().getFirst("X-Scope-OrgID"))
                          && "1".equals(exchange.getRequestHeaders().getFirst("X-Own"));
                  right.addAndGet(isRight ? 1 : 0);
                  StandIn.reply(exchange, 200, empty);
                });
        Flows flows = to(server)) {
      passed(
          flows.step(
              "loki.query",
              "query: q, tenant: team-a, headers: {X-Own: 1},"
                  + " auth: {type: basic, username: u, password: p}"));
      assertThat(right).hasValue(1);
    }
  }

  @Test
  void a_header_is_sent_as_it_is_or_told_to_be_none() throws Exception {
    String empty = recorded("loki-query_range-empty");
    List<String> seen = new CopyOnWriteArrayList<>();
    try (StandIn server =
            new StandIn(
                exchange -> {
                  String own = exchange.getRequestHeaders().getFirst("X-Own");
                  seen.add(
                      new String(
                          own.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                  StandIn.reply(exchange, 200, empty);
                });
        Flows flows = to(server)) {
      passed(flows.step("loki.query", "query: q, headers: {X-Own: 'größe'}"));
      assertThat(seen).containsExactly("größe");
      for (String wrong :
          List.of(
              "auth: {type: bearer, token: '{{\"s3cret-17\\n\"}}'}",
              "headers: {X-Own: '{{\"s3cret-17\\n\"}}'}",
              "tenant: '{{\"s3cret-17\\n\"}}'")) {
        Failure failure = flows.failure("loki.query", "query: q, " + wrong);
        assertThat(failure.code()).as(wrong).isEqualTo("invalid_value");
        assertThat(failure.message())
            .as(wrong)
            .contains("has a line break or control character at character")
            .doesNotContain("s3cret-17");
      }
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void a_token_is_fetched_once_and_again_when_it_was_refused() throws Exception {
    String empty = recorded("loki-query_range-empty");
    AtomicInteger tokens = new AtomicInteger();
    try (StandIn server =
            new StandIn(
                exchange -> {
                  String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                  if (exchange.getRequestURI().getPath().equals("/token")) {
                    String form =
                        new String(
                            exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    boolean isRight =
                        "Basic YysxOnMlMjZl".equals(authorization)
                            && form.equals("grant_type=client_credentials&scope=read+write");
                    StandIn.reply(
                        exchange,
                        isRight ? 200 : 401,
                        "{\"access_token\":\"tok-" + tokens.incrementAndGet() + "\"}");
                  } else if ("Bearer tok-1".equals(authorization) && tokens.get() > 0) {
                    boolean isOld = exchange.getRequestURI().toString().contains("old");
                    StandIn.reply(exchange, isOld ? 401 : 200, isOld ? "" : empty);
                  } else {
                    StandIn.reply(
                        exchange, "Bearer tok-2".equals(authorization) ? 200 : 401, empty);
                  }
                });
        Flows flows = to(server)) {
      String auth =
          ", auth: {type: oauth2, token_url: '"
              + server.url()
              + "/token', client_id: c 1, client_secret: 's&e', scope: read write}";
      passed(flows.step("loki.query", "query: q" + auth));
      passed(flows.step("loki.query", "query: r" + auth));
      assertThat(tokens).hasValue(1);
      assertThat(flows.failure("loki.query", "query: old" + auth).code())
          .isEqualTo("authentication_failed");
      passed(flows.step("loki.query", "query: q" + auth));
      assertThat(tokens).hasValue(2);
    }
  }

  @Test
  void a_token_server_that_is_down_or_says_no_is_told_as_such() throws Exception {
    int port = Ports.closed();
    String auth = ", auth: {type: oauth2, client_id: c, client_secret: s3cret-17, token_url: ";
    try (StandIn server =
            new StandIn(
                exchange ->
                    StandIn.reply(
                        exchange,
                        400,
                        "{\"error\":\"invalid_client\",\"error_description\":\"?\"}"));
        Flows flows = to(server)) {
      assertThat(
              flows.failure("loki.query", "query: q" + auth + "'http://127.0.0.1:" + port + "'}"))
          .extracting(Failure::message)
          .isEqualTo(
              "cannot connect to the token server at 127.0.0.1:" + port + ": connection refused");
      Failure refused =
          flows.failure("loki.query", "query: q" + auth + "'" + server.url() + "/t'}");
      assertThat(refused.code()).isEqualTo("authentication_failed");
      assertThat(refused.message())
          .isEqualTo("no token from " + server.url() + "/t: it answered 400, invalid_client (?)");
    }
  }
}

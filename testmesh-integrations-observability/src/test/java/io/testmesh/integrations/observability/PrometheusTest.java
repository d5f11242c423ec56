package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.PrometheusServer;
import io.testmesh.backends.StandIn;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrometheusTest {
  private static final AtomicLong ORDERS = new AtomicLong(10);

  private static StandIn exporter;
  private static PrometheusServer server;

  @TempDir static Path shared;
  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    exporter =
        new StandIn(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
              StandIn.reply(
                  exchange,
                  200,
                  "# TYPE orders_total counter\norders_total{shop=\"north\"} "
                      + ORDERS.get()
                      + "\n# TYPE odd gauge\nodd{kind=\"nan\"} NaN\nodd{kind=\"inf\"} +Inf\n");
            });
    server =
        PrometheusServer.scraping(
            Integer.parseInt(exporter.url().substring(exporter.url().lastIndexOf(':') + 1)));
    try (Flows waiting = new Flows(shared, "p", Map.of("url", server.url()))) {
      Await.until(
          "it has scraped",
          () ->
              Long.valueOf(10)
                  .equals(
                      waiting
                          .step("prometheus.query", "query: orders_total")
                          .result()
                          .get("value")));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    exporter.close();
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "p", Map.of("url", server.url()));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private StepResult passed(String action, String config) {
    StepResult step = flows.step(action, config);
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  @Test
  void scalars_strings_and_vectors_have_a_value() {
    assertThat(passed("prometheus.query", "query: scalar(vector(41)) + 1").result())
        .containsEntry("type", "scalar")
        .containsEntry("value", 42L);
    assertThat(passed("prometheus.query", "query: '\"a text\"'").result())
        .containsEntry("type", "string")
        .containsEntry("value", "a text");
    StepResult vector = passed("prometheus.query", "query: 'orders_total{shop=\"north\"}'");
    assertThat(vector.result()).containsEntry("type", "vector");
    assertThat(((Map<?, ?>) vector.result().get("metric")).get("shop")).isEqualTo("north");
    assertThat(passed("prometheus.query", "query: nothing_of_that_name").result())
        .containsEntry("value", null)
        .containsEntry("series", List.of());
  }

  @Test
  void what_is_no_number_is_a_text() {
    assertThat(passed("prometheus.query", "query: 'odd{kind=\"nan\"}'").result())
        .containsEntry("value", "NaN");
    assertThat(passed("prometheus.query", "query: 'odd{kind=\"inf\"}'").result())
        .containsEntry("value", "+Inf");
  }

  @Test
  void a_range_gives_the_values_of_a_time() {
    StepResult range =
        passed("prometheus.query", "query: vector(3), range: {start: -4s, end: now, step: 2s}");

    assertThat(range.result()).containsEntry("type", "matrix").containsEntry("value", 3L);
    Map<?, ?> series = (Map<?, ?>) ((List<?>) range.result().get("series")).get(0);
    assertThat((List<?>) series.get("values")).hasSize(3);
    assertThat(((Map<?, ?>) ((List<?>) series.get("values")).get(0)).get("time"))
        .asString()
        .endsWith("Z");
  }

  @Test
  void an_assertion_waits_for_the_sample() {
    Thread orders = new Thread(() -> ORDERS.addAndGet(2));
    orders.start();
    StepResult step =
        passed(
            "prometheus.assert",
            "query: orders_total, within: 60s, every: 50ms, assert: [value >= 12]");

    assertThat(step.result()).containsEntry("value", 12L);
  }

  @Test
  void an_assertion_that_never_holds_shows_the_last_value() {
    Failure failure =
        flows.failure(
            "prometheus.assert",
            "query: vector(417), within: 4s, every: 500ms, assert: [value > 1000]");

    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure.message()).contains("417");
  }

  @Test
  void a_syntax_error_is_marked() {
    Failure failure = flows.failure("prometheus.query", "query: 'sum(rate(oops[5m])'");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message()).contains("refuses the query: ").contains("parse error");
    String line = failure.excerpt().get(1);
    assertThat(failure.excerpt().get(2).indexOf('^'))
        .as(failure.message() + line)
        .isBetween(line.indexOf("sum("), line.indexOf("'}}"));
  }

  @Test
  void nothing_to_check_is_an_error_before_the_run() {
    assertThat(flows.problems("prometheus.assert", "url: 'http://h:1', query: up"))
        .singleElement()
        .asString()
        .startsWith("nothing_asserted");
    assertThat(flows.problems("prometheus.query", "url: 'http://h', query: up, time: yesterday"))
        .containsExactly("invalid_value \"time\" is no point in time: \"yesterday\"");
    assertThat(
            flows.problems(
                "prometheus.query",
                "url: 'http://h', query: up, range: {start: -5m, end: soon, step: 1s}"))
        .containsExactly("invalid_value \"end\" is no point in time: \"soon\"");
    assertThat(flows.problems("prometheus.query", "query: up"))
        .singleElement()
        .asString()
        .contains("\"url\" is missing");
    assertThat(
            flows.problems(
                "prometheus.query",
                "url: 'http://h', query: up, time: now, range: {start: -1m, step: 1s}"))
        .singleElement()
        .asString()
        .contains("\"time\" and \"range\" exclude each other");
  }
}

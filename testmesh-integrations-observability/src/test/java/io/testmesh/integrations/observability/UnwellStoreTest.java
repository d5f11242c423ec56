package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.StandIn;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores that ask to come again later, and stores that break off. */
@Timeout(60)
class UnwellStoreTest {
  private static final String PROMETHEUS =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}";
  private static final String LOKI =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}";

  @TempDir Path folder;

  private static String answer(String action) {
    return action.startsWith("otel")
        ? "{\"batches\":[]}"
        : action.startsWith("loki") ? LOKI : PROMETHEUS;
  }

  private Flows to(StandIn server, String action) {
    String key = action.startsWith("otel") ? "backend_url" : "url";
    return new Flows(folder, "c", Map.of(key, server.url()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          otel.assert       | trace_id: abc, within: 10s, assert: [count == 0]  | 429
          otel.assert       | trace_id: abc, within: 10s, assert: [count == 0]  | 503
          loki.query        | query: q                                          | 503
          prometheus.query  | query: q                                          | 429
          prometheus.query  | query: q                                          | 503
          """)
  void a_store_that_is_busy_is_asked_again_after_the_time_that_it_says(
      String action, String config, int status) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (StandIn server =
            new StandIn(
                exchange -> {
                  boolean isBusy = asked.incrementAndGet() <= 2;
                  if (isBusy) {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                  }
                  StandIn.reply(exchange, isBusy ? status : 200, isBusy ? "" : answer(action));
                });
        Flows flows = to(server, action)) {
      StepResult step = flows.step(action, config);

      assertThat(step.status()).as(() -> "" + step.failure()).isEqualTo(Status.PASSED);
      assertThat(asked).hasValue(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          otel.assert       | trace_id: abc, within: 300ms, assert: [count == 0]
          prometheus.query  | query: q
          """)
  void a_store_is_not_waited_for_beyond_the_time_of_the_step(String action, String config)
      throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange.getResponseHeaders().add("Retry-After", "3600");
                  StandIn.reply(exchange, 503, "starting");
                });
        Flows flows = to(server, action)) {
      Failure failure = flows.failure(action, config);

      assertThat(failure.message()).contains("503").contains("starting");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          otel.assert       | trace_id: abc, within: 300ms, assert: [count == 0]
          loki.assert       | query: q, within: 300ms, assert: [count == 0]
          prometheus.assert | query: q, within: 300ms, assert: [value == nil]
          """)
  void half_an_answer_is_no_answer(String action, String config) throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange.sendResponseHeaders(200, 1000);
                  exchange.getResponseBody().write('{');
                  throw new IOException("breaks off");
                });
        Flows flows = to(server, action)) {
      Failure failure = flows.failure(action, config);

      assertThat(failure.code()).isIn("connection_failed", "timeout");
    }
  }
}

package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.backends.Backends;
import io.testmesh.backends.Flows;
import io.testmesh.event.RunEvent;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Log lines in a real server. */
@Timeout(120)
class LokiServerTest {
  private static String server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = Backends.loki().address();
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "l", Map.of("url", server));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static void push(String app, String nanos, String line) throws Exception {
    String body =
        """
        {"streams": [{"stream": {"app": "%s"}, "values": [["%s", "%s"]]}]}
        """
            .formatted(app, nanos, line);
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(server + "/loki/api/v1/push"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private static String now(int nanos) {
    return Instant.now().getEpochSecond() - 1 + "%09d".formatted(nanos);
  }

  @Test
  void nanoseconds_and_labels_are_kept() throws Exception {
    String time = now(123_456_789);
    push("exact", time, "order 17 placed");

    StepResult step = flows.step("loki.query", "query: '{app=\"exact\"}', start: -5m");

    assertThat(step.status()).as(() -> "" + step.failure()).isEqualTo(Status.PASSED);
    assertThat(step.result().get("lines")).isEqualTo(List.of("order 17 placed"));
    Map<?, ?> entry = (Map<?, ?>) ((List<?>) step.result().get("entries")).get(0);
    assertThat(entry.toString()).contains("123456789");
    assertThat(((Map<?, ?>) entry.get("labels")).get("app")).isEqualTo("exact");
  }

  @Test
  void a_line_is_waited_for() throws Exception {
    RunHandle handle =
        flows.start(
            "loki.assert",
            "query: '{app=\"late\"} |= \"placed\"', start: -5m, within: 60s,"
                + " every: 20ms, assert: [count == 1]");
    push("late", now(0), "order 18 placed");

    handle.result().join().orThrow();
  }

  @Test
  void a_step_that_looks_again_and_again_is_stopped_at_once() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    String step =
        flows.written(
            "s",
            "loki.assert",
            "query: '{app=\"never\"}', start: -5m, within: 20m, every: 10m, assert: [count == 1]");
    RunHandle handle =
        flows
            .runner()
            .start(
                flows.runner().load(flows.flow(step)),
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
  void numbers_of_lines_are_a_value() throws Exception {
    push("many", now(1), "one");
    push("many", now(2), "two");

    StepResult step = flows.step("loki.query", "query: 'sum(count_over_time({app=\"many\"}[5m]))'");

    assertThat(step.result().get("value")).hasToString("2");
  }

  @Test
  void a_syntax_error_is_marked() {
    Failure failure = flows.failure("loki.query", "query: '{app=}', start: -5m");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message()).contains("parse error");
    assertThat(failure.excerpt().get(2).indexOf('^'))
        .isEqualTo(failure.excerpt().get(1).indexOf("{app=}") + 5);
  }
}

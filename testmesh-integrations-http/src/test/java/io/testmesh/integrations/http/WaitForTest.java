package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionException;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitForTest {
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
  }

  private Map<String, Object> wait(Object... keysAndValues)
      throws ActionException, InterruptedException {
    return run.run(new WaitForAction(), config(keysAndValues));
  }

  private static Map<String, Object> config(Object... keysAndValues) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("interval", "20ms");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return config;
  }

  private ActionException failure(Object... keysAndValues) {
    try {
      wait(keysAndValues);
    } catch (ActionException e) {
      return e;
    } catch (InterruptedException e) {
      throw new AssertionError("was stopped", e);
    }
    throw new AssertionError("did not fail");
  }

  private static TestServer readyAt(int call) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    return TestServer.of(
        (request, out, socket) -> {
          boolean ready = calls.incrementAndGet() >= call;
          String body = "{\"state\":\"ready\",\"n\":2}";
          reply(out, ready ? "200 OK" : "503 Not Yet", "Content-Type: application/json\r\n", body);
          return true;
        });
  }

  @Test
  void it_looks_until_the_status_is_right() throws Exception {
    try (TestServer server = readyAt(3)) {
      Map<String, Object> result = wait("type", "http", "url", server.url("/health"));

      assertThat(result).containsEntry("success", true).containsEntry("attempts", 3L);
      assertThat(result.get("last_result"))
          .isEqualTo(Map.of("status_code", 200L, "body", Map.of("state", "ready", "n", 2L)));
    }
  }

  @Test
  void too_late_is_a_timeout_that_says_what_was_seen_last() throws Exception {
    try (TestServer server = readyAt(1_000_000)) {
      ActionException failure =
          failure("type", "http", "url", server.url("/health"), "timeout", "150ms");

      assertThat(failure.code()).isEqualTo("timeout");
      assertThat(failure)
          .hasMessage(
              "GET "
                  + server.url("/health")
                  + " was not there within 150 ms: it answered 503, and 200 is wanted");
      assertThat(failure.result().values()).containsEntry("success", false);
    }
  }

  @Test
  void the_attempts_can_be_limited() throws Exception {
    try (TestServer server = readyAt(1_000_000)) {
      ActionException failure = failure("type", "http", "url", server.url("/"), "max_attempts", 2L);

      assertThat(failure.code()).isEqualTo("timeout");
      assertThat(failure).hasMessageContaining("was not there in 2 attempts: it answered 503");
    }
  }

  @Test
  void the_body_has_to_contain_a_text() throws Exception {
    try (TestServer server = readyAt(1)) {
      String url = server.url("/");
      assertThat(wait("type", "http", "url", url, "body_contains", "\"ready\""))
          .containsEntry("attempts", 1L);
      assertThat(failure("type", "http", "url", url, "body_contains", "up", "max_attempts", 2L))
          .hasMessageContaining("its body has no \"up\" in it");
    }
  }

  @Test
  void a_path_and_a_value_are_looked_for_in_the_body(@TempDir Path folder) throws Exception {
    try (TestServer server = readyAt(1);
        FlowRunner runner = FlowRunner.builder().workingFolder(folder).build()) {
      Path file =
          Files.writeString(
              folder.resolve("wait.yaml"),
              """
              flow:
                name: wait
                config: {fail_fast: false}
                steps:
                  - {id: path, action: wait_for, config: {type: http, url: URL, json_path: $.state}}
                  - {id: name, action: wait_for, config: {type: http, url: URL, json_path: n, json_value: 2}}
                  - id: other
                    action: wait_for
                    config: {type: http, url: URL, json_path: $.n, json_value: 3, max_attempts: 2, interval: 20ms}
                  - id: absent
                    action: wait_for
                    config: {type: http, url: URL, json_path: $.x, max_attempts: 2, interval: 20ms}
              """
                  .replace("URL", server.url("/")));
      FlowResult flow = runner.run(runner.load(file), RunOptions.builder().build()).flows().get(0);

      assertThat(flow.step("path").status()).isEqualTo(Status.PASSED);
      assertThat(flow.step("name").status()).isEqualTo(Status.PASSED);
      assertThat(flow.step("other").failure().orElseThrow().message())
          .endsWith("$.n is 2, and 3 is wanted");
      assertThat(flow.step("absent").failure().orElseThrow().message())
          .contains("the path matches nothing");
    }
  }

  @Test
  void a_server_that_refuses_is_not_there_yet() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(failure("type", "tcp", "host", "127.0.0.1", "port", (long) port, "timeout", "80ms"))
        .hasMessage(
            "127.0.0.1:"
                + port
                + " was not there within 80 ms: connection to 127.0.0.1:"
                + port
                + " refused");
    assertThat(failure("type", "http", "url", "http://127.0.0.1:" + port, "timeout", "80ms").code())
        .isEqualTo("timeout");
  }

  @Test
  void a_port_that_takes_connections_is_there() throws Exception {
    try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, Object> result =
          wait("type", "tcp", "host", "127.0.0.1", "port", (long) open.getLocalPort());

      assertThat(result).containsEntry("success", true);
      assertThat(result.get("last_result"))
          .isEqualTo(Map.of("address", "127.0.0.1:" + open.getLocalPort(), "connected", true));
    }
  }

  @Test
  void keys_of_the_other_type_and_missing_ones_fail_at_once() {
    assertThat(failure("type", "tcp", "host", "a", "port", 1L, "url", "http://a/"))
        .hasMessage("\"url\" is not for type tcp");
    assertThat(failure("type", "tcp", "host", "a")).hasMessage("type tcp needs \"port\"");
    assertThat(failure("type", "http")).hasMessage("type http needs \"url\"");
    assertThat(failure("type", "http", "url", "nowhere").code()).isEqualTo("invalid_value");
    assertThat(failure("type", "http", "url", "http://a/", "json_value", 1L))
        .hasMessage("\"json_value\" needs \"json_path\": where the value stands");
  }

  @Test
  void it_stops_when_the_step_is_stopped() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              asked.countDown();
              // Until the client gives up.
              return socket.getInputStream().read() >= 0;
            })) {
      TestCancellation cancellation = new TestCancellation();
      Thread stopping =
          new Thread(
              () -> {
                try {
                  asked.await();
                } catch (InterruptedException e) {
                  return;
                }
                cancellation.cancel();
              });
      stopping.start();

      assertThatThrownBy(
              () ->
                  run.run(
                      new WaitForAction(),
                      config("type", "http", "url", server.url("/")),
                      cancellation))
          .isInstanceOf(InterruptedException.class);
      TestCancellation.await(stopping);
      assertThat(cancellation.isCancelled()).isTrue();
      assertThat(cancellation.open()).isZero();
    }
  }
}

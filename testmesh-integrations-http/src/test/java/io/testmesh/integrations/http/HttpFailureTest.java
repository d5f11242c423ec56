package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static io.testmesh.integrations.http.TestServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpFailureTest {
  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
  }

  private static void cut(Socket socket) throws Exception {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void ok(OutputStream out) throws Exception {
    reply(out, "200 OK", "Content-Type: application/json\r\n", "{\"ok\":true}");
  }

  @Test
  void a_closed_port_refuses() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    ActionException failure = run.httpFailure("url", "http://127.0.0.1:" + port + "/orders");
    assertThat(failure.code()).isEqualTo("connection_failed");
    assertThat(failure).hasMessage("connection to 127.0.0.1:" + port + " refused");
    assertThat(failure.details())
        .containsEntry("host", "127.0.0.1")
        .containsEntry("port", (long) port);
    assertThat(run.httpFailure("url", "http://x.test/", "proxy", "http://127.0.0.1:" + port))
        .hasMessage("connection to the proxy http://127.0.0.1:" + port + " refused");
  }

  @Test
  void what_cannot_be_sent_is_pointed_at() {
    assertThat(run.httpFailure("url", "localhost:80/x").place()).containsExactly("url");
    assertThat(run.httpFailure("url", "http://x.test/", "method", "A B").place())
        .containsExactly("method");
    assertThat(run.httpFailure("url", "http://x.test/", "headers", Map.of("X", "a\nb")).place())
        .containsExactly("headers", "X");
    assertThat(run.httpFailure("url", "http://x.test/", "method", "PUT", "file", "no").place())
        .containsExactly("file");
  }

  @Test
  void an_unknown_host_is_named() {
    ActionException failure = run.httpFailure("url", "http://no-such-host.invalid/x");
    assertThat(failure.code()).isEqualTo("connection_failed");
    assertThat(failure)
        .hasMessage("the host \"no-such-host.invalid\" is not known: its name leads to no address");
  }

  @Test
  void a_cut_connection_is_not_tried_again() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              cut(socket);
              return false;
            })) {
      ActionException failure =
          run.httpFailure("method", "POST", "url", server.url("/"), "body", "a");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure)
          .hasMessage(
              "connection to 127.0.0.1:" + server.port() + " was cut before a response came");
      assertThat(server.seen).hasSize(1);
    }
  }

  @Test
  void a_kept_connection_that_is_cut_after_the_request_is_not_tried_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              if (calls.incrementAndGet() < 3) {
                ok(out);
                return true;
              }
              return false;
            })) {
      run.http("url", server.url("/"));
      run.http("url", server.url("/"));
      assertThat(run.httpFailure("url", server.url("/")))
          .hasMessage(
              "127.0.0.1:" + server.port() + " closed the connection before a response came");
      assertThat(server.seen).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_kept_connection_that_the_server_closed_is_replaced() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              ok(out);
              return false;
            })) {
      for (int i = 1; i <= 3; i++) {
        assertThat(run.http("method", "POST", "url", server.url("/")))
            .containsEntry("status", 200L);
        // The test server closes right after the answer; wait until this side knows.
        await(() -> server.openConnections() == 0);
      }
      assertThat(server.seen).hasSize(3);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void an_old_server_that_closes_without_saying_so_is_known_by_its_version() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              write(out, "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
              return true;
            })) {
      run.http("url", server.url("/"));
      run.http("url", server.url("/"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 5_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void a_body_that_ends_too_early_shows_what_came() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              write(
                  out,
                  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nabc");
              return false;
            })) {
      ActionException failure = run.httpFailure("url", server.url("/"));
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure)
          .hasMessage(
              "127.0.0.1:" + server.port() + " closed the connection after 3 bytes of the body");
      assertThat(failure.result().values())
          .containsEntry("status", 200L)
          .containsEntry("body", "abc");
    }
  }

  @Test
  void chunks_that_end_too_early_fail() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
              return false;
            })) {
      assertThat(run.httpFailure("url", server.url("/")))
          .hasMessage(
              "127.0.0.1:" + server.port() + " closed the connection after 3 bytes of the body");
    }
  }

  @Test
  void a_file_is_not_there_when_its_body_was_cut(@TempDir Path folder) throws Exception {
    run.folder = folder;
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
              return false;
            })) {
      assertThat(run.httpFailure("url", server.url("/"), "to_file", "out.bin").code())
          .isEqualTo("connection_failed");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void something_that_is_no_http_is_called_so() throws Exception {
    try (TestServer server = TestServer.saying("SSH-2.0-OpenSSH_9.2", "")) {
      ActionException failure = run.httpFailure("url", server.url("/"));
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure)
          .hasMessage(
              "127.0.0.1:"
                  + server.port()
                  + " does not speak HTTP as expected: Unexpected status line:"
                  + " SSH-2.0-OpenSSH_9.2");
    }
  }

  @Test
  void a_broken_packed_body_is_explained() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 200 OK",
            "Content-Encoding: gzip",
            "Content-Length: 12",
            "",
            "not gzip at all")) {
      ActionException failure = run.httpFailure("url", server.url("/"));
      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure)
          .hasMessageStartingWith("the body is not gzip, although its Content-Encoding says so");
      assertThat(failure.result().values()).containsEntry("status", 200L);
    }
  }

  @Test
  void the_timeout_of_the_action_stops_a_slow_answer() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              if (request.target().equals("/body")) {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
              }
              done.await();
              return false;
            })) {
      ActionException head = run.httpFailure("url", server.url("/head"), "timeout", "100ms");
      assertThat(head.code()).isEqualTo("timeout");
      assertThat(head)
          .hasMessage(
              "GET "
                  + server.url("/head")
                  + " took longer than 100 ms, the \"timeout\" of the"
                  + " action; it was stopped before a response came");
      ActionException body = run.httpFailure("url", server.url("/body"), "timeout", 100L);
      assertThat(body.code()).isEqualTo("timeout");
      assertThat(body).hasMessageEndingWith("it was stopped after 3 bytes of the body");
      assertThat(body.result().values()).containsEntry("status", 200L);
    } finally {
      done.countDown();
    }
  }

  @Test
  void a_step_that_is_stopped_lets_go_of_the_connection() throws Exception {
    for (String path : new String[] {"/head", "/body"}) {
      CountDownLatch arrived = new CountDownLatch(1);
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      try (TestServer server =
          TestServer.of(
              (request, out, socket) -> {
                if (request.target().equals("/body")) {
                  write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                }
                arrived.countDown();
                closed.complete(socket.getInputStream().read() < 0);
                return false;
              })) {
        TestCancellation cancellation = new TestCancellation();
        Thread stopper =
            new Thread(
                () -> {
                  try {
                    arrived.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  cancellation.cancel();
                });
        stopper.start();
        Exception failure = null;
        try {
          run.run(action, Map.of("url", server.url(path)), cancellation);
        } catch (InterruptedException e) {
          failure = e;
        }
        TestCancellation.await(stopper);
        assertThat(failure).isInstanceOf(InterruptedException.class);
        assertThat(cancellation.open()).isZero();
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(HttpClients.of(run.runner).connections()).isZero();
      }
    }
  }

  @Test
  void a_step_that_is_already_stopped_sends_nothing() throws Exception {
    try (TestServer server = TestServer.saying("HTTP/1.1 204 Fine", "", "")) {
      TestCancellation cancellation = new TestCancellation();
      cancellation.cancel();
      Thread.interrupted();
      Exception failure = null;
      try {
        run.run(action, Map.of("url", server.url("/")), cancellation);
      } catch (InterruptedException e) {
        failure = e;
      }
      assertThat(failure).isInstanceOf(InterruptedException.class);
      assertThat(server.seen).isEmpty();
    }
  }

  @Test
  void closing_the_runner_closes_the_connections() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              ok(out);
              return true;
            })) {
      run.http("url", server.url("/"));
      assertThat(server.openConnections()).isEqualTo(1);
      run.close();
      await(() -> server.openConnections() == 0);
      // A daemon of the library, shared in the JVM, that ends by itself after a minute.
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("Ok"))
          .allMatch(Thread::isDaemon)
          .extracting(Thread::getName)
          .allMatch(
              name ->
                  name.matches(
                      "OkHttp (TaskRunner|ConnectionPool connection closer)|Okio Watchdog"));
    }
  }
}

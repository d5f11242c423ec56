package io.testmesh.plugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.FakeContext;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls over sockets. */
@Timeout(30)
final class PluginClientTest {
  private ServerSocket server;
  private PluginClient client;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    client = PluginClient.of("rogue", server.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis));
  }

  private CallFailure failure(PluginRequest request, long millis) {
    return catchThrowableOfType(
        CallFailure.class, () -> client.call(request, in(millis), PluginClient.NEVER));
  }

  @Test
  @Row({"C15", "C23"})
  void where_nobody_listens_nothing_is_sent_and_nobody_talks_to_itself() throws Exception {
    server.close();

    for (int i = 0; i < 3_000; i++) {
      assertThat(failure(PluginRequest.health(), 1_000).kind())
          .isEqualTo(CallFailure.Kind.NOT_CONNECTED);
    }
    // The port can still be had.
    new ServerSocket(server.getLocalPort(), 5, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  @Row("D4")
  void one_that_does_not_answer_costs_the_time_that_it_may() {
    long begin = System.nanoTime();

    CallFailure failure = failure(PluginRequest.health(), 300);

    assertThat(failure.kind()).isEqualTo(CallFailure.Kind.OUT_OF_TIME);
    assertThat(failure).hasMessage("it did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(290), Duration.ofMillis(1_500));
  }

  @Test
  @Row("D33")
  void a_request_that_is_not_read_ends_when_it_is_cancelled() throws Exception {
    byte[] large = new byte[8_000_000];
    FakeContext call = new FakeContext(Map.of());
    Thread cancelling =
        new Thread(
            () -> {
              Waiting.until(Duration.ofMillis(300), () -> false);
              call.cancel();
            });
    cancelling.start();

    assertThat(
            catchThrowableOfType(
                InterruptedException.class,
                () -> client.call(PluginRequest.execute(large, Map.of()), in(20_000), call)))
        .isNotNull();
    Waiting.forEnd(cancelling);
  }

  @Test
  @Row({"D4", "D36"})
  void a_request_that_is_not_read_ends_with_its_time() {
    long begin = System.nanoTime();

    CallFailure failure = failure(PluginRequest.execute(new byte[8_000_000], Map.of()), 500);

    assertThat(failure.kind()).isEqualTo(CallFailure.Kind.OUT_OF_TIME);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  @Row("D3")
  void an_answer_before_the_whole_request_was_read_is_taken() throws Exception {
    CompletableFuture<Void> answering =
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[1000]);
                socket
                    .getOutputStream()
                    .write(
                        "HTTP/1.1 413 Large\r\nContent-Length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                Waiting.until(Duration.ofMillis(200), () -> false);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    PluginReply reply =
        client.call(
            PluginRequest.execute(new byte[8_000_000], Map.of()), in(5_000), PluginClient.NEVER);

    assertThat(reply.status()).isEqualTo(413);
    answering.get();
  }

  @Test
  @Row("D32")
  void a_call_that_others_wait_for_lasts_until_the_plugin_is_done_with_it() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> answering =
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[1000]);
                socket
                    .getOutputStream()
                    .write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.ISO_8859_1));
                Waiting.until(Duration.ofMillis(10), () -> false);
                done.set(true);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    client.call(
        PluginRequest.execute(new byte[2], Map.of()), in(5_000), PluginClient.NEVER, () -> true);

    assertThat(done).isTrue();
    answering.get();
  }

  @Test
  @Row({"I1", "I2"})
  void no_proxy_is_asked() throws Exception {
    java.net.ProxySelector usual = java.net.ProxySelector.getDefault();
    java.net.ProxySelector.setDefault(
        new java.net.ProxySelector() {
          @Override
          public java.util.List<java.net.Proxy> select(URI uri) {
            throw new AssertionError("a proxy is asked for " + uri);
          }

          @Override
          public void connectFailed(URI uri, java.net.SocketAddress address, IOException e) {}
        });
    try {
      assertThat(failure(PluginRequest.health(), 100).kind())
          .isEqualTo(CallFailure.Kind.OUT_OF_TIME);
    } finally {
      java.net.ProxySelector.setDefault(usual);
    }
  }
}

package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.testmesh.FlowRunner;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the jars that this project gets, and none of those that the client could do more with. */
@Timeout(120)
class SessionTest {
  @Test
  void a_server_that_is_down_is_told() throws IOException {
    int port = freePort();
    Failure failure = run(port).flows().get(0).failure().orElseThrow();

    assertEquals("connection_failed", failure.code());
    assertTrue(failure.message().contains("127.0.0.1:" + port), failure.message());
  }

  @Test
  void a_server_is_used() throws Exception {
    int port = freePort();
    Process server = server(port);
    try {
      run(port).orThrow();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static RunResult run(int port) {
    try (FlowRunner runner = FlowRunner.builder().variable("port", port).build()) {
      return runner.run(Path.of(System.getProperty("flows", "src/test/flows")));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Process server(int port) throws InterruptedException {
    Process server = null;
    try {
      server =
          new ProcessBuilder("redis-server", "--port", "" + port, "--save", "")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      assertNotEquals("all", System.getenv("TESTMESH_REQUIRE"), "redis-server is not on the PATH");
      assumeTrue(false, "redis-server is not on the PATH");
    }
    while (!listens(port)) {
      assertTrue(server.isAlive(), "redis-server ended");
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return server;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}

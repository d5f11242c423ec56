package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.testmesh.FlowRunner;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the jars that this project gets. */
@Timeout(120)
class EventTest {
  @Test
  void a_broker_that_is_down_is_told() throws IOException {
    int port = freePort();
    Failure failure = run("src/test/failing", port).flows().get(0).failure().orElseThrow();

    assertEquals("connection_failed", failure.code());
    assertTrue(failure.message().contains("127.0.0.1:" + port), failure.message());
  }

  @Test
  void flows_do_what_they_say() throws IOException {
    run(System.getProperty("flows", "src/test/flows"), freePort()).orThrow();
  }

  private static RunResult run(String flows, int port) {
    try (FlowRunner runner = FlowRunner.builder().variable("port", port).build()) {
      return runner.run(Path.of(flows));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}

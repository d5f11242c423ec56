package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.testmesh.FlowRunner;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the jars that this project gets. */
@Timeout(120)
class StorageTest {
  @Test
  void a_server_that_is_down_is_told() throws IOException {
    Failure failure =
        run("src/test/failing", nobody()).flows().get(0).failure().orElseThrow();

    assertEquals("connection_failed", failure.code());
  }

  @Test
  void flows_do_what_they_say() throws IOException {
    String flows = System.getProperty("flows");
    boolean isThere = flows == null;
    String server = isThere ? Files.readString(Path.of("server.txt")) : nobody();
    run(isThere ? "src/test/flows" : flows, server).orThrow();
  }

  private static RunResult run(String flows, String server) {
    try (FlowRunner runner = FlowRunner.builder().variable("server", server).build()) {
      return runner.run(Path.of(flows));
    }
  }

  /** Where no server is. */
  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }
}

package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.testmesh.FlowRunner;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the jars that this project gets, and a driver that it brings itself. */
@Timeout(120)
class OrderTest {
  @Test
  void a_server_that_is_down_is_told() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Flow flow =
        Flow.builder("down")
            .step(
                Step.of("postgresql.query")
                    .config("host", "127.0.0.1")
                    .config("port", (long) port)
                    .config("query", "SELECT 1"))
            .build();
    try (FlowRunner runner = FlowRunner.builder().build()) {
      Failure failure = runner.run(flow).flows().get(0).failure().orElseThrow();

      assertEquals("connection_failed", failure.code());
      assertTrue(failure.message().contains("127.0.0.1:" + port), failure.message());
    }
  }

  @Test
  void a_database_is_used() {
    try (FlowRunner runner = FlowRunner.builder().build()) {
      RunResult result = runner.run(Path.of(System.getProperty("flows", "src/test/flows")));
      result.orThrow();
    }
  }
}

package org.example;

import io.testmesh.FlowRunner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the jars that this project gets, and without any store. */
@Timeout(120)
class TraceTest {
  @Test
  void flows_do_what_they_say() {
    String flows = System.getProperty("flows", "src/test/flows");
    try (FlowRunner runner =
        FlowRunner.builder().otel(Map.of("receiver", Map.of("port", 0L))).build()) {
      runner.run(Path.of(flows)).orThrow();
    }
  }
}

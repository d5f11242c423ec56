package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.backends.Backends;
import io.testmesh.backends.ExampleService;
import io.testmesh.backends.LokiServer;
import io.testmesh.backends.Ports;
import io.testmesh.backends.PrometheusServer;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every example runs as it is, and passes; documents show no others. */
final class ExamplesTest {
  @Test
  void every_example_passes_without_a_warning() throws Exception {
    Path examples = Project.open().root().resolve("examples");
    String brokers = Backends.kafka().address();
    String postgres = Backends.postgres().address();
    int port = Ports.closed();
    int receiver = Ports.closed();
    try (LokiServer loki = LokiServer.start();
        ExampleService service =
            ExampleService.start(
                examples.resolve("observed-order/OrderService.java"),
                port,
                postgres,
                brokers,
                loki.url(),
                "http://127.0.0.1:" + receiver);
        PrometheusServer prometheus = PrometheusServer.scraping(port);
        FlowRunner runner =
            FlowRunner.builder()
                .environment(
                    Map.of(
                        Backends.Kind.KAFKA.variable(),
                        brokers,
                        Backends.Kind.POSTGRES.variable(),
                        postgres,
                        Backends.Kind.REDIS.variable(),
                        Backends.redis().address(),
                        "LOKI_URL",
                        loki.url(),
                        "PROMETHEUS_URL",
                        prometheus.url(),
                        "ORDER_SERVICE",
                        "http://127.0.0.1:" + port,
                        "OTLP_PORT",
                        Integer.toString(receiver)))
                .build()) {
      assertThat(service).isNotNull();
      RunResult result = runner.run(runner.load(examples), RunOptions.builder().build());

      assertThat(result.problems()).isEmpty();
      // Others run these, and a folder passes them over.
      assertThat(result.notes())
          .satisfiesExactly(
              note -> assertThat(note).contains("control/login.yaml not selected: needs input"),
              note -> assertThat(note).contains("fares/ride.yaml not selected: needs input"));
      // A flow with data rows gives several results.
      assertThat(result.flows().stream().map(FlowResult::file).distinct())
          .hasSize(Project.files(examples, ".yaml").size() - 2);
      assertThat(result.flows())
          .allSatisfy(flow -> assertThat(flow.status()).as(flow.name()).isEqualTo(Status.PASSED))
          .extracting(FlowResult::name)
          .contains("order three books", "read a user", "an order is stored, announced and cached");
    }
  }
}

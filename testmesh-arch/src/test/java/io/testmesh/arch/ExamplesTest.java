package io.testmesh.arch;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.backends.Backends;
import io.testmesh.backends.ExampleService;
import io.testmesh.backends.Ports;
import io.testmesh.backends.PrometheusServer;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.net.URI;
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
    String loki = Backends.loki().address();
    URI neo4j = URI.create(Backends.neo4j().address());
    URI minio = URI.create(Backends.minio().address());
    try (ExampleService service =
            ExampleService.start(
                examples.resolve("observed-order/OrderService.java"),
                port,
                postgres,
                brokers,
                loki,
                "http://127.0.0.1:" + receiver);
        PrometheusServer prometheus = PrometheusServer.scraping(port)) {
      Map<String, String> servers =
          Map.ofEntries(
              entry(Backends.Kind.KAFKA.variable(), brokers),
              entry(Backends.Kind.POSTGRES.variable(), postgres),
              entry(Backends.Kind.REDIS.variable(), Backends.redis().address()),
              entry("LOKI_URL", loki),
              entry("PROMETHEUS_URL", prometheus.url()),
              entry("ORDER_SERVICE", service.url()),
              entry("OTLP_PORT", Integer.toString(receiver)),
              entry("NEO4J_URL", "bolt://" + address(neo4j)),
              entry("NEO4J_PASSWORD", user(neo4j)[1]),
              entry("S3_ENDPOINT", "http://" + address(minio)),
              entry("S3_ACCESS_KEY", user(minio)[0]),
              entry("S3_SECRET_KEY", user(minio)[1]));
      runAll(examples, servers);
    }
  }

  private static String address(URI server) {
    return server.getHost() + ":" + server.getPort();
  }

  private static String[] user(URI server) {
    return server.getUserInfo().split(":", 2);
  }

  private static void runAll(Path examples, Map<String, String> servers) throws Exception {
    try (FlowRunner runner = FlowRunner.builder().environment(servers).build()) {
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

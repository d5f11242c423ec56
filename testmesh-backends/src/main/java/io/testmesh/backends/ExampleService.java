package io.testmesh.backends;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The service of examples/observed-order, which is one file of source; killed when it is closed.
 */
public final class ExampleService implements AutoCloseable {
  private final String url;
  private final ServerProcess process;

  private ExampleService(String url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /**
   * A service that answers.
   *
   * @param source the file
   * @param port where it listens
   * @param postgres its database, with user and password
   * @param brokers its broker
   * @param loki where its log lines go
   * @param collector where its spans go
   */
  public static ExampleService start(
      Path source, int port, String postgres, String brokers, String loki, String collector)
      throws IOException, InterruptedException {
    URI database = URI.create(postgres);
    String[] user = database.getUserInfo().split(":", 2);
    Map<String, String> environment =
        Map.of(
            "PORT",
            Integer.toString(port),
            "DB_URL",
            "jdbc:postgresql://"
                + database.getAuthority().replaceAll(".*@", "")
                + database.getPath(),
            "DB_USER",
            user[0],
            "DB_PASSWORD",
            user[1],
            "BROKERS",
            brokers,
            "LOKI_URL",
            loki,
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            collector);
    List<String> command =
        List.of(
            ServerProcess.java(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            KafkaServer.classPath(),
            source.toAbsolutePath().toString());
    String url = "http://" + ServerProcess.HOST + port;
    return new ExampleService(
        url,
        ServerProcess.start(
            "order-service",
            ServerProcess.folder("order-service"),
            command,
            environment,
            url + "/health"));
  }

  /** Where it listens. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.close();
  }
}

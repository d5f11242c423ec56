package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Grafana Tempo 1.5, built with Go; killed when it is closed. */
public final class TempoServer implements AutoCloseable {
  private final String url;
  private final String collector;
  private final ServerProcess process;

  private TempoServer(String url, String collector, ServerProcess process) {
    this.url = url;
    this.collector = collector;
    this.process = process;
  }

  /** What is started; ends the test when it is not there. */
  static Path program() {
    return Programs.built("tempo");
  }

  /** A server that answers. */
  public static TempoServer start() throws IOException, InterruptedException {
    Path program = program();
    Path folder = ServerProcess.folder("tempo");
    Path config = Programs.resource("tempo.yaml", folder);
    int[] ports = Ports.free(3);
    Map<String, String> environment =
        Map.of(
            "DATA_DIR",
            folder.toString(),
            "HTTP_PORT",
            Integer.toString(ports[0]),
            "GRPC_PORT",
            Integer.toString(ports[1]),
            "OTLP_PORT",
            Integer.toString(ports[2]));
    List<String> command =
        List.of(program.toString(), "-config.file=" + config, "-config.expand-env=true");
    String url = "http://" + ServerProcess.HOST + ports[0];
    ServerProcess process =
        ServerProcess.start("tempo", folder, command, environment, url + "/ready");
    return new TempoServer(url, "http://" + ServerProcess.HOST + ports[2], process);
  }

  /** Where it is asked. */
  public String url() {
    return url;
  }

  /** Where it takes spans: OTLP over HTTP. */
  public String collector() {
    return collector;
  }

  @Override
  public void close() {
    process.close();
  }
}

package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Grafana Loki, built with Go; killed when it is closed. */
public final class LokiServer implements AutoCloseable {
  private final String url;
  private final ServerProcess process;

  private LokiServer(String url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** What is started; ends the test when it is not there. */
  static Path program() {
    return Programs.built("loki");
  }

  /** A server that answers. */
  public static LokiServer start() throws IOException, InterruptedException {
    return startAt(Ports.free(1)[0]);
  }

  /** A server that answers at a port. */
  static LokiServer startAt(int port) throws IOException, InterruptedException {
    Path program = program();
    Path folder = ServerProcess.folder("loki");
    Path config = Programs.resource("loki.yaml", folder);
    Map<String, String> environment =
        Map.of(
            "DATA_DIR",
            folder.toString(),
            "HTTP_PORT",
            Integer.toString(port),
            "GRPC_PORT",
            Integer.toString(Ports.beside(port, 1)[1]));
    List<String> command =
        List.of(program.toString(), "-config.file=" + config, "-config.expand-env=true");
    String url = "http://" + ServerProcess.HOST + port;
    ServerProcess process =
        ServerProcess.start("loki", folder, command, environment, url + "/ready");
    return new LokiServer(url, process);
  }

  /** Where it is asked. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.close();
  }
}

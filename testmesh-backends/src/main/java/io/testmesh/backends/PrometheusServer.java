package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The {@code prometheus} of the PATH as a server that scrapes one address every 200 ms; killed when
 * it is closed.
 */
public final class PrometheusServer implements AutoCloseable {
  private final String url;
  private final ServerProcess process;

  private PrometheusServer(String url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /**
   * A server that answers.
   *
   * @param target the port of this machine that it scrapes
   */
  public static PrometheusServer scraping(int target) throws IOException, InterruptedException {
    return startAt(Ports.free(1)[0], target);
  }

  /** A server that answers at a port. */
  static PrometheusServer startAt(int port, int target) throws IOException, InterruptedException {
    Path program = Programs.require("prometheus", "apt-get install prometheus");
    Path folder = ServerProcess.folder("prometheus");
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs:\n"
                + "- job_name: test\n  static_configs:\n  - targets: ['"
                + ServerProcess.HOST
                + target
                + "']\n");
    String address = ServerProcess.HOST + port;
    List<String> command =
        List.of(
            program.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=" + address,
            "--log.level=warn");
    String url = "http://" + address;
    return new PrometheusServer(
        url, ServerProcess.start("prometheus", folder, command, Map.of(), url + "/-/ready"));
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

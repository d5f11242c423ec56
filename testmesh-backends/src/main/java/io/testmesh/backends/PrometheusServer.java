package io.testmesh.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The {@code prometheus} of the PATH as a server that scrapes one address every 200 ms; killed when
 * it is closed.
 */
public final class PrometheusServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1:";

  /** Kills the server when nobody holds the other end of standard input any more. */
  private static final String WHILE_HELD =
      "exec 3<&0; prometheus \"$@\" 3<&- & server=$!;"
          + " (cat <&3 >/dev/null; kill -9 $server) & exec 3<&-; wait $server";

  private final Path folder;
  private final int port;
  private final Process process;

  private PrometheusServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * A server that answers.
   *
   * @param target the port of this machine that it scrapes
   */
  public static PrometheusServer scraping(int target) throws IOException, InterruptedException {
    Programs.require("prometheus", "apt-get install prometheus");
    Path folder = Files.createTempDirectory("prometheus");
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs:\n"
                + "- job_name: test\n  static_configs:\n  - targets: ['"
                + HOST
                + target
                + "']\n");
    int port = Ports.free(1)[0];
    List<String> command =
        List.of(
            "sh",
            "-c",
            WHILE_HELD,
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=" + HOST + port,
            "--log.level=warn");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(folder, port, process);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("Prometheus does not start: " + log);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + "/-/ready").toURL().openConnection();
      connection.setReadTimeout(2000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it listens. */
  public String url() {
    return "http://" + HOST + port;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    Ending.await(process);
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

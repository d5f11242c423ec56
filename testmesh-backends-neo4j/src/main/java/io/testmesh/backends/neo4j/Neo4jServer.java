package io.testmesh.backends.neo4j;

import io.testmesh.backends.Ports;
import io.testmesh.backends.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Neo4j with a password in a JVM of its own; killed when it is closed. */
public final class Neo4jServer implements AutoCloseable {
  /** The user. */
  public static final String USER = "neo4j";

  /** That user's password. */
  public static final String PASSWORD = "graph-s3cret-17";

  private final String url;
  private final ServerProcess process;

  private Neo4jServer(String url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** A server that answers. */
  public static Neo4jServer start() throws IOException, InterruptedException {
    Path folder = ServerProcess.folder("neo4j");
    int bolt = Ports.closed();
    int http = Ports.closed();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(),
            Neo4jMain.class.getName(),
            folder.toString(),
            Integer.toString(bolt),
            Integer.toString(http),
            PASSWORD);
    return new Neo4jServer(
        "bolt://" + ServerProcess.HOST + bolt,
        ServerProcess.start("neo4j", folder, command, Map.of(), folder.resolve("ready")));
  }

  /** The jars of the server, as the build of this module resolved them. */
  private static String classPath() throws IOException {
    try (InputStream jars = Neo4jServer.class.getResourceAsStream("server.classpath")) {
      if (jars == null) {
        throw new IOException("testmesh-backends-neo4j was not built by Maven");
      }
      URI own = Neo4jServer.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(own)
          + System.getProperty("path.separator")
          + new String(jars.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
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

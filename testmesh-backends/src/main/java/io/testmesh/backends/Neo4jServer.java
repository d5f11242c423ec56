package io.testmesh.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Neo4j with a password in a JVM of its own; killed when it is closed. What it runs is in
 * testmesh-backends-neo4j.
 */
public final class Neo4jServer implements AutoCloseable {
  /** The user. */
  public static final String USER = "neo4j";

  /** That user's password. */
  public static final String PASSWORD = "graph-s3cret-17";

  private static final String MAIN = "io.testmesh.backends.neo4j.Neo4jMain";
  private static final String CLASS_PATH = "io/testmesh/backends/neo4j/server.classpath";

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
            ServerProcess.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(),
            MAIN,
            folder.toString(),
            Integer.toString(bolt),
            Integer.toString(http),
            PASSWORD);
    return new Neo4jServer(
        "bolt://" + ServerProcess.HOST + bolt,
        ServerProcess.start(
            new ServerProcess.Launch("neo4j", folder, command, Map.of(), "9"),
            () -> Files.exists(folder.resolve("ready"))));
  }

  /** The jars of the server, as the build of its module resolved them, behind that module. */
  private static String classPath() throws IOException {
    ClassLoader loader = Neo4jServer.class.getClassLoader();
    String file = MAIN.replace('.', '/') + ".class";
    URL main = loader.getResource(file);
    try (InputStream jars = loader.getResourceAsStream(CLASS_PATH)) {
      if (jars == null || main == null) {
        throw new IOException("testmesh-backends-neo4j is not on the class path");
      }
      return Path.of(place(main.toString(), file))
          + System.getProperty("path.separator")
          + new String(jars.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** The folder or jar that a file of the class path is in. */
  private static URI place(String url, String file) {
    String root = url.substring(0, url.length() - file.length());
    boolean isJar = root.startsWith("jar:");
    return URI.create(isJar ? root.substring(4, root.length() - 2) : root);
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

package io.testmesh.backends.neo4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/**
 * The server in a JVM of its own. Arguments: its folder, the port of Bolt, the port of HTTP, the
 * password of the user neo4j.
 */
public final class Neo4jMain {
  private static final String HOST = "127.0.0.1";

  private Neo4jMain() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SocketAddress bolt = new SocketAddress(HOST, Integer.parseInt(arguments[1]));
    SocketAddress http = new SocketAddress(HOST, Integer.parseInt(arguments[2]));
    Neo4j server =
        Neo4jBuilders.newInProcessBuilder(Path.of(arguments[0]))
            .withConfig(BoltConnector.listen_address, bolt)
            .withConfig(BoltConnector.advertised_address, bolt)
            .withConfig(HttpConnector.enabled, true)
            .withConfig(HttpConnector.listen_address, http)
            .withConfig(GraphDatabaseSettings.auth_enabled, true)
            .withConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
            .withConfig(
                GraphDatabaseInternalSettings.netty_server_shutdown_timeout, Duration.ofMillis(100))
            .build();
    server
        .databaseManagementService()
        .database("system")
        .executeTransactionally(
            "ALTER USER neo4j SET PASSWORD '" + arguments[3] + "' CHANGE NOT REQUIRED");
    // Whoever waits for it looks for the file.
    Files.createFile(Path.of(arguments[0], "ready"));
    Thread.currentThread().join();
  }
}

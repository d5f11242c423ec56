package io.testmesh.integrations.sql;

import io.testmesh.backends.Flows;
import io.testmesh.backends.PostgresServer;
import java.nio.file.Path;
import java.util.Map;

/** Flows whose connection {@code p} is a server. */
final class SqlFlows {
  private SqlFlows() {}

  static Flows to(Path folder, PostgresServer server) {
    return to(folder, server, server.port());
  }

  static Flows to(Path folder, PostgresServer server, int port) {
    return new Flows(
        folder,
        "p",
        Map.of(
            "connectionString", server.url().replace(":" + server.port() + "/", ":" + port + "/")));
  }
}

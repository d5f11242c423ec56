package io.testmesh.integrations.sql;

import io.testmesh.backends.Flows;
import io.testmesh.backends.PostgresDatabase;
import io.testmesh.backends.PostgresServer;
import java.nio.file.Path;
import java.util.Map;

/** Flows whose connection {@code p} is a server. */
final class SqlFlows {
  private SqlFlows() {}

  static Flows to(Path folder, PostgresDatabase database) {
    return to(folder, database.url());
  }

  static Flows to(Path folder, PostgresServer server) {
    return to(folder, server.url());
  }

  static Flows to(Path folder, PostgresServer server, int port) {
    return to(folder, server.url().replace(":" + server.port() + "/", ":" + port + "/"));
  }

  private static Flows to(Path folder, String url) {
    return new Flows(folder, "p", Map.of("connectionString", url));
  }
}

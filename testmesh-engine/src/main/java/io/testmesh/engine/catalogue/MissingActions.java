package io.testmesh.engine.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains actions that the language knows and this class path does not. */
public final class MissingActions {
  private static final List<Family> FAMILIES =
      List.of(
          new Family("http", "http_request", "wait_for", "mock_server_"),
          new Family("kafka", "kafka.", "kafka_"),
          new Family("sql", "postgresql.", "database_query", "db_poll"),
          new Family("redis", "redis.", "redis_"),
          new Family("neo4j", "neo4j."),
          new Family("minio", "minio."),
          new Family("observability", "otel.", "loki.", "prometheus."));

  private static final List<String> OUT_OF_SCOPE =
      List.of("grpc", "websocket", "browser", "docker", "contract", "mcp", "mongo", "mysql");

  private MissingActions() {}

  /**
   * Why the action is not there, if it is one that the ecosystem knows; null for any other name.
   */
  public static @Nullable String explain(String action) {
    for (Family family : FAMILIES) {
      for (String prefix : family.prefixes) {
        if (action.startsWith(prefix)) {
          return action
              + " is in testmesh-integrations-"
              + family.artifact
              + ", which is not on the class path";
        }
      }
    }
    for (String prefix : OUT_OF_SCOPE) {
      if (action.equals(prefix)
          || action.startsWith(prefix + "_")
          || action.startsWith(prefix + ".")) {
        return "not part of TestMesh for the JVM";
      }
    }
    return null;
  }

  private record Family(String artifact, List<String> prefixes) {
    Family(String artifact, String... prefixes) {
      this(artifact, List.of(prefixes));
    }
  }
}

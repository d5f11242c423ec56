package io.testmesh.integrations.redis;

import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import java.nio.file.Path;
import java.util.Map;

/** Flows whose connection {@code r} is a server. */
final class RedisFlows {
  private RedisFlows() {}

  static Flows to(Path folder, int port) {
    return new Flows(folder, "r", Map.of("host", RedisServer.HOST, "port", (long) port));
  }
}

package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.backends.RedisServer;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * 1,000 {@code redis.get} steps against a loop over one bare connection of the client, in turns.
 */
public final class RedisSteps {
  private static final int READS = 1000;
  private static final int ROUNDS = 800;
  private static final String KEY = "session:17";

  private RedisSteps() {}

  /** Measures and prints; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    try (RedisServer server = RedisServer.start();
        Connection connection = new Connection(RedisServer.HOST, server.port());
        FlowRunner runner = FlowRunner.builder().build()) {
      connection.executeCommand(
          new CommandArguments(Command.SET).add(KEY).add("{\"user\": 17, \"role\": \"admin\"}"));
      FlowSet flows = reads(server.port());
      InTurns.compare(
          "redis.get",
          READS,
          ROUNDS,
          () -> loop(connection),
          () -> Runs.run(runner, flows, Runs.options(1)));
    }
  }

  private static int loop(Connection connection) {
    int bytes = 0;
    for (int i = 0; i < READS; i++) {
      CommandArguments command = new CommandArguments(Command.GET).key(KEY);
      bytes += ((byte[]) connection.executeCommand(command)).length;
    }
    return bytes;
  }

  private static FlowSet reads(int port) {
    Flow.Builder flow = Flow.builder("reads");
    for (int i = 0; i < READS; i++) {
      flow.step(
          Step.of("redis.get")
              .config("host", RedisServer.HOST)
              .config("port", (long) port)
              .config("key", KEY));
    }
    return FlowSet.of(flow.build());
  }
}

package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code redis.command}: what may be sent, and what comes back. */
@Timeout(120)
class RedisCommandTest {
  private static RedisServer server;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() {
    server.ask("FLUSHALL");
    flows = RedisFlows.to(folder, server.port());
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private Object command(String command, String args) {
    StepResult step = flows.step("redis.command", "command: " + command + ", args: " + args);
    assertThat(step.failure()).isEmpty();
    return step.result().get("result");
  }

  @Test
  void arguments_are_sent_as_texts() {
    assertThat(command("hset", "[h, count, 3, price, 2.50, ok, true, tags, [a, b], more, {x: 1}]"))
        .isEqualTo(5L);

    assertThat(command("HGETALL", "[h]"))
        .isEqualTo(
            Map.of(
                "count",
                "3",
                "price",
                "2.5",
                "ok",
                "true",
                "tags",
                "[\"a\",\"b\"]",
                "more",
                "{\"x\":1}"));
  }

  @Test
  void answers_are_texts_numbers_lists_maps_and_null() {
    assertThat(command("PING", "[]")).isEqualTo("PONG");
    assertThat(command("RPUSH", "[l, a, b]")).isEqualTo(2L);
    assertThat(command("LRANGE", "[l, 0, -1]")).isEqualTo(List.of("a", "b"));
    assertThat(command("LRANGE", "[none, 0, -1]")).isEqualTo(List.of());
    assertThat(command("LPOP", "[none]")).isNull();
    assertThat(command("ZADD", "[z, 1.5, a]")).isEqualTo(1L);
    assertThat(command("ZSCORE", "[z, a]")).isEqualTo(1.5);
    assertThat(command("'config  get'", "[databases]")).isEqualTo(Map.of("databases", "16"));
    assertThat(command("EVAL", "['return {1, redis.error_reply(\"MY own\")}', 0]"))
        .isEqualTo(List.of(1L, "MY own"));
  }

  @Test
  void null_is_no_argument() {
    assertThat(flows.failure("redis.command", "command: SET, args: [k, null]").message())
        .isEqualTo("\"args[1]\" is null, for which Redis has no value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select | [3] | SELECT changes the database of a connection; say \"db\" in place of it",
        "AUTH | [x] | AUTH logs a connection in; say \"username\" and \"password\" in place of it",
        "Subscribe | [c] | SUBSCRIBE cannot be sent by a step",
        "MULTI | [] | MULTI cannot be sent by a step",
        "client | [reply, 'off'] | CLIENT REPLY cannot be sent by a step",
        "CLIENT TRACKING | ['on'] | CLIENT TRACKING cannot be sent by a step",
        "' ' | [] | \"command\" is empty; it wants the name of a command, such as HGETALL"
      })
  void what_would_change_a_shared_connection_is_refused(String command, String args, String why) {
    String name = command.isBlank() ? "' '" : command;
    String config = "command: " + name + ", args: " + args;
    assertThat(flows.problems("redis.command", config)).containsExactly("invalid_value " + why);
    assertThat(
            flows
                .failure("redis.command", "command: \"{{'" + command + "'}}\", args: " + args)
                .message())
        .isEqualTo(why);
  }

  @Test
  void a_command_that_nobody_knows_is_told() {
    assertThat(flows.failure("redis.command", "command: HGETAL, args: [h]").message())
        .startsWith("Redis at 127.0.0.1:" + server.port() + " refuses HGETAL: unknown command");
  }
}

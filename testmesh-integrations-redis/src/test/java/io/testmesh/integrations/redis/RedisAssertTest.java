package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code redis.assert}, which looks until it holds. */
@Timeout(120)
class RedisAssertTest {
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

  private static long looks() {
    String stats = String.valueOf(server.ask("INFO", "commandstats"));
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_get:calls="))
        .mapToLong(line -> Long.parseLong(line.substring(18, line.indexOf(','))))
        .sum();
  }

  @Test
  void it_looks_until_a_value_arrives() throws Exception {
    long before = looks();
    CompletableFuture<StepResult> running =
        CompletableFuture.supplyAsync(
            () ->
                flows.step(
                    "redis.assert",
                    "key: job, within: 60s, every: 20ms, assert: ['value == \"done\"']"));
    Await.until("it looked a few times", () -> looks() >= before + 3);
    server.ask("SET", "job", "done");

    StepResult step = running.get();
    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSizeGreaterThan(2);
    assertThat(step.result()).containsEntry("value", "done").containsEntry("ttl_ms", null);
  }

  @Test
  void the_failure_has_the_last_value_and_the_attempts() {
    server.ask("SET", "job", "stuck");
    StepResult step =
        flows.step(
            "redis.assert", "key: job, within: 200ms, every: 20ms, assert: ['value == \"done\"']");

    Failure failure = step.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure.message()).contains("stuck");
    assertThat((Long) failure.details().get("attempts")).isGreaterThan(1L);
    assertThat(step.result()).containsEntry("value", "stuck");
  }

  @Test
  void a_key_can_be_said_to_be_there_or_not() {
    server.ask("RPUSH", "here", "x");

    assertThat(flows.step("redis.assert", "key: here, exists: true").status())
        .isEqualTo(Status.PASSED);
    assertThat(flows.step("redis.assert", "key: gone, exists: false").status())
        .isEqualTo(Status.PASSED);
    Failure there = flows.failure("redis.assert", "key: here, exists: false");
    assertThat(there.code()).isEqualTo("assertion_failed");
    assertThat(there.message())
        .isEqualTo("the key \"here\" is there, a list, and \"exists\" is false");
    assertThat(flows.failure("redis.assert", "key: gone, exists: true").message())
        .isEqualTo("the key \"gone\" is not there, and \"exists\" is true");
  }

  @Test
  void the_time_to_live_can_be_asserted() {
    server.ask("SET", "k", "v", "EX", "90");

    assertThat(
            flows
                .step("redis.assert", "key: k, assert: [ttl_ms > 30000, ttl_ms <= 90000]")
                .status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void without_anything_to_check_it_does_not_run() {
    assertThat(flows.problems("redis.assert", "key: k"))
        .singleElement()
        .asString()
        .startsWith("nothing_asserted ");
  }

  @Test
  void a_server_that_is_down_is_no_absent_key() throws Exception {
    int port = Ports.closed();
    try (Flows down = RedisFlows.to(folder, port)) {
      StepResult step =
          down.step("redis.assert", "key: k, exists: false, within: 200ms, every: 20ms");

      assertThat(step.status()).isEqualTo(Status.FAILED);
      assertThat(step.failure().orElseThrow().code()).isEqualTo("connection_failed");
      assertThat(step.result()).isEmpty();
    }
  }
}

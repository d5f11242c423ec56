package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.backends.Await;
import io.testmesh.backends.FaultyProxy;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong: the message says it, nothing hangs, nothing is left. */
@Timeout(180)
class RedisFaultTest {
  @TempDir Path folder;
  private RedisServer server;
  private Flows flows;

  @BeforeEach
  void open() throws Exception {
    server =
        RedisServer.start(
            ("--user al on >al-s3cret ~* &* +@all --user weak on >weak-s3cret ~a:* +get")
                .split(" "));
    flows = RedisFlows.to(folder, server.port());
  }

  @AfterEach
  void close() {
    flows.close();
    server.close();
  }

  private long blocked() {
    String clients = String.valueOf(server.ask("INFO", "clients"));
    return clients
        .lines()
        .filter(line -> line.startsWith("blocked_clients:"))
        .mapToLong(line -> Long.parseLong(line.substring(16).trim()))
        .sum();
  }

  private String at() {
    return "127.0.0.1:" + server.port();
  }

  @Test
  void a_closed_port_is_told_at_once_with_host_and_port() throws Exception {
    int port = Ports.closed();
    try (Flows down = RedisFlows.to(folder, port)) {
      StepResult step = down.step("redis.get", "key: k");

      Failure failure = step.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .isEqualTo("cannot connect to Redis at 127.0.0.1:" + port + ": connection refused");
      assertThat(failure.hint()).contains("is Redis running, and do host and port fit?");
      assertThat(step.result()).isEmpty();
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up_after_the_connection_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      StepResult step =
          flows.step(
              "redis.get", "key: k, port: " + silent.getLocalPort() + ", connectionTimeout: 300");

      assertThat(step.failure().orElseThrow().message())
          .isEqualTo(
              "cannot connect to Redis at 127.0.0.1:"
                  + silent.getLocalPort()
                  + ": no answer in time");
      assertThat(step.failure().orElseThrow().code()).isEqualTo("connection_failed");
      assertThat(step.duration()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void something_else_on_the_port_is_no_answer_of_redis() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(
              () -> {
                try (var socket = other.accept()) {
                  socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      Failure failure = flows.failure("redis.get", "key: k, port: " + other.getLocalPort());

      answering.join();
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .startsWith("cannot connect to Redis at 127.0.0.1:" + other.getLocalPort() + ": ");
    }
  }

  @Test
  void wrong_credentials_are_told_as_such_and_no_password_is_shown() {
    String refused = "Redis at " + at() + " refuses the credentials: ";
    for (String config :
        List.of("username: al, password: wr0ng-s3cret", "username: bo, password: wr0ng-s3cret")) {
      StepResult step = flows.step("redis.get", "key: k, " + config);

      assertThat(step.failure().orElseThrow().code()).isEqualTo("authentication_failed");
      assertThat(step.failure().orElseThrow().message()).startsWith(refused);
      assertThat(step.toString() + step.config() + step.failure() + step.logs())
          .doesNotContain("wr0ng-s3cret");
    }
    assertThat(
            flows
                .run(
                    "{id: s, action: redis.get, config: {key: k, url: 'redis://al:wr0ng-s3cret@"
                        + at()
                        + "'}}")
                .step("s")
                .toString())
        .doesNotContain("wr0ng-s3cret");
    assertThat(flows.step("redis.get", "key: k, username: al, password: al-s3cret").status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void a_server_that_wants_a_password_gets_one_or_says_so() throws Exception {
    try (RedisServer closed = RedisServer.start("--requirepass", "open-s3cret");
        Flows to = RedisFlows.to(folder, closed.port())) {
      Failure failure = to.failure("redis.get", "key: k");

      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).contains("NOAUTH");
      assertThat(to.failure("redis.get", "key: k, password: wr0ng-s3cret").code())
          .isEqualTo("authentication_failed");
      assertThat(to.step("redis.get", "key: k, password: open-s3cret").status())
          .isEqualTo(Status.PASSED);
    }
  }

  @Test
  void a_user_without_the_right_is_no_wrong_password() {
    Failure failure = flows.failure("redis.get", "key: b, username: weak, password: weak-s3cret");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message())
        .isEqualTo(
            "Redis at "
                + at()
                + " refuses GET: NOPERM this user has no permissions to access one of the keys used"
                + " as arguments");
    assertThat(failure.hint()).contains("the rules of the user (ACL GETUSER) do not allow it");
  }

  @Test
  void a_database_that_is_not_there_is_an_error_of_its_own() {
    Failure failure = flows.failure("redis.get", "key: k, db: 16");

    assertThat(failure.code()).isEqualTo("database_not_found");
    assertThat(failure.message())
        .isEqualTo("Redis at " + at() + " has no such database: DB index is out of range");
    flows.step("redis.set", "key: k, value: five, db: 5");
    assertThat(flows.step("redis.get", "key: k").result()).containsEntry("exists", false);
    assertThat(flows.step("redis.get", "key: k, db: 5").result()).containsEntry("value", "five");
  }

  @Test
  void a_server_that_goes_away_in_the_middle_and_comes_back_is_used_again() throws Exception {
    CompletableFuture<FlowResult> running =
        CompletableFuture.supplyAsync(
            () ->
                flows.run(
                    "{id: lost, action: redis.command, config: {connection: r, command: BLPOP, args: [q, 0]}}",
                    "{id: s, action: redis.command, config: {connection: r, command: BLPOP, args: [q, 0]},"
                        + " retry: {max_attempts: 100, delay: 300ms, backoff: constant, retry_on:"
                        + " [connection_error]}}"));
    Await.until("a step waits", () -> blocked() == 1);
    server.kill();
    server.restart();
    Await.until("the next step waits", () -> blocked() == 1);
    server.ask("RPUSH", "q", "back");

    FlowResult flow = running.get();
    Failure lost = flow.step("lost").failure().orElseThrow();
    assertThat(lost.code()).isEqualTo("connection_failed");
    assertThat(lost.message()).startsWith("the connection to Redis at " + at() + " was lost: ");
    assertThat(flow.step("s").status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("s").result()).containsEntry("result", List.of("q", "back"));
  }

  @Test
  void connections_that_died_while_they_rested_are_replaced() throws Exception {
    flows.step("redis.set", "key: k, value: old");
    long rested = System.nanoTime();
    server.kill();
    server.restart();
    Duration trusted = Pool.TRUSTED.plusMillis(50);
    Await.until(
        "it is not trusted without a question",
        () -> System.nanoTime() - rested > trusted.toNanos());

    assertThat(flows.step("redis.get", "key: k").result()).containsEntry("exists", false);
  }

  @Test
  void a_step_that_is_cancelled_leaves_no_client_waiting() throws Exception {
    Path file =
        flows.flow(
            "{id: s, action: redis.command, config: {connection: r, command: BLPOP, args: [q, 0]}}",
            "{id: t, action: redis.get, config: {connection: r, key: q}}");
    RunHandle handle = flows.runner().start(flows.runner().load(file));
    Await.until("the step waits", () -> blocked() == 1);
    long before = System.nanoTime();
    handle.cancel();
    RunResult result = handle.result().join();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(result.flows().get(0).step("s").status()).isEqualTo(Status.CANCELLED);
    Await.until("nobody waits", () -> blocked() == 0);
    assertThat(flows.step("redis.get", "key: q").status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_step_whose_time_is_up_leaves_no_client_waiting() throws Exception {
    FlowResult flow =
        flows.run(
            "{id: s, action: redis.command, timeout: 300ms, config: {connection: r, command: BLPOP, args: [q, 0]}}");

    assertThat(flow.step("s").failure().orElseThrow().code()).isEqualTo("timeout");
    Await.until("nobody waits", () -> blocked() == 0);
  }

  @Test
  void an_answer_that_comes_too_late_is_not_taken_for_another_one() throws Exception {
    Failure late = flows.failure("redis.command", "command: BLPOP, args: [q, 0], timeout: 200ms");
    assertThat(late.code()).isEqualTo("timeout");
    assertThat(late.message())
        .isEqualTo("Redis at " + at() + " did not answer BLPOP within 200 ms");

    server.ask("RPUSH", "q", "late");
    server.ask("SET", "k", "right");
    assertThat(flows.step("redis.get", "key: k").result()).containsEntry("value", "right");
    assertThat(server.ask("LLEN", "q")).isEqualTo(1L);
  }

  @Test
  void an_answer_that_breaks_off_is_no_value_and_the_next_one_is_whole() throws Exception {
    String large = "x".repeat(2_000_000);
    server.ask("SET", "k", large);
    try (FaultyProxy proxy = FaultyProxy.to(server.port());
        Flows through = RedisFlows.to(folder, proxy.port())) {
      assertThat(through.step("redis.exists", "key: k").status()).isEqualTo(Status.PASSED);
      proxy.cutAnswersAfter(1_000_000);
      StepResult step = through.step("redis.get", "key: k");
      proxy.heal();

      Failure failure = step.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .startsWith("the connection to Redis at 127.0.0.1:" + proxy.port() + " was lost: ");
      assertThat(step.result()).isEmpty();
      assertThat(through.step("redis.assert", "key: k, assert: ['len(value) == 2000000']").status())
          .isEqualTo(Status.PASSED);
    }
  }

  @Test
  void a_server_that_falls_silent_is_given_up_after_the_timeout() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(server.port());
        Flows through = RedisFlows.to(folder, proxy.port())) {
      through.step("redis.exists", "key: k");
      proxy.hold();
      StepResult late =
          through.step("redis.set", "key: k, value: x, timeout: 300ms, connection_timeout: 300ms");
      FlowResult stopped =
          through.run(
              "{id: s, action: redis.get, timeout: 500ms, config: {connection: r, key: k}}");

      assertThat(late.status()).isEqualTo(Status.FAILED);
      assertThat(late.failure().orElseThrow().code()).isIn("timeout", "connection_failed");
      assertThat(stopped.step("s").failure().orElseThrow().code()).isEqualTo("timeout");
      proxy.heal();
      assertThat(through.step("redis.get", "key: k").status()).isEqualTo(Status.PASSED);
    }
  }

  @Test
  void fifty_flows_share_a_small_pool() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      files.add(
          flows.flow(
              "{id: w, action: redis.set, config: {connection: r, pool_size: 3, key: k"
                  + i
                  + ", value: v"
                  + i
                  + "}}",
              "{id: b, action: redis.command, timeout: 100s, config: {connection: r, pool_size: 3, command: BLPOP, args: [q"
                  + i
                  + ", 0]}}",
              "{id: g, action: redis.get, config: {connection: r, pool_size: 3, key: k"
                  + i
                  + "}, assert: ['value == \"v"
                  + i
                  + "\"', 'b.result[1] == \"p"
                  + i
                  + "\"']}"));
    }
    RunHandle handle =
        flows
            .runner()
            .start(
                flows.runner().load(files.toArray(Path[]::new)),
                RunOptions.builder().parallel(50).keepResults(RunOptions.KeepResults.ALL).build());
    Await.until("the pool is in use", () -> blocked() == 3);
    assertThat(server.sessions(Dialer.CLIENT_NAME)).isEqualTo(3);
    for (int i = 0; i < 50; i++) {
      server.ask("RPUSH", "q" + i, "p" + i);
    }

    RunResult result = handle.result().join();
    assertThat(result.flows()).hasSize(50);
    result.orThrow();
    assertThat(server.sessions(Dialer.CLIENT_NAME)).isLessThanOrEqualTo(3);
  }

  @Test
  void a_step_that_gets_no_connection_says_that_the_pool_is_used_up() throws Exception {
    CompletableFuture<FlowResult> holding =
        CompletableFuture.supplyAsync(
            () ->
                flows.run(
                    "{id: s, action: redis.command, config: {connection: r, pool_size: 1, command: BLPOP, args: [q, 0]}}"));
    Await.until("the only connection is in use", () -> blocked() == 1);
    StepResult step = flows.step("redis.get", "key: k, pool_size: 1, timeout: 300ms");
    server.ask("RPUSH", "q", "done");

    Failure failure = step.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(failure.message())
        .isEqualTo(
            "all 1 connections to Redis at "
                + at()
                + " are in use by other steps, and none became free in time");
    assertThat(step.logs())
        .anySatisfy(
            line ->
                assertThat(line.message())
                    .isEqualTo(
                        "waits: all 1 connections to Redis at "
                            + at()
                            + " are in use (pool_size)"));
    assertThat(holding.get().step("s").status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_closed_runner_leaves_no_session_and_no_thread() throws Exception {
    List<String> before = threads();
    try (Flows own = RedisFlows.to(folder, server.port())) {
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        files.add(
            own.flow(
                "{id: s, action: redis.set, config: {connection: r, key: k, value: x}}",
                "{id: b, action: redis.command, timeout: 200ms, config: {connection: r, command: BLPOP, args: [q, 0]}}"));
      }
      own.runner()
          .run(
              own.runner().load(files.toArray(Path[]::new)),
              RunOptions.builder().parallel(8).build());
      own.step("redis.get", "key: k");
      assertThat(server.sessions(Dialer.CLIENT_NAME)).isPositive();
    }
    Await.until("no session is left", () -> server.sessions(Dialer.CLIENT_NAME) == 0);
    Await.until("no thread is left", () -> before.containsAll(threads()));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
  }

  @Test
  void one_connection_serves_steps_that_follow_each_other() {
    flows.run(
        "{id: a, action: redis.set, config: {connection: r, key: k, value: x}}",
        "{id: b, action: redis.get, config: {connection: r, key: k}}",
        "{id: c, action: redis.exists, config: {connection: r, key: k}}");

    assertThat(server.sessions(Dialer.CLIENT_NAME)).isEqualTo(1);
  }

  @Test
  void a_cluster_that_is_none_is_told() {
    Failure failure =
        flows
            .run("{id: s, action: redis.get, config: {key: k, url: ['redis://" + at() + "']}}")
            .step("s")
            .failure()
            .orElseThrow();

    assertThat(failure.message())
        .isEqualTo(
            "Redis at "
                + at()
                + " refuses CLUSTER SLOTS: This instance has cluster support disabled");
    assertThat(failure.hint())
        .contains("a list means a cluster; write the URL of one server as a text");
  }

  @Test
  void mistakes_in_a_connection_are_found_before_the_run() {
    assertThat(flows.problems("redis.get", "key: k, url: 'http://h'"))
        .containsExactly(
            "invalid_value \"url\" wants redis://host:port, or rediss:// for TLS, got \"http://h\"");
    assertThat(flows.problems("redis.get", "key: k, url: 'redis://h', host: h"))
        .containsExactly("invalid_value \"url\" and \"host\" exclude each other");
    assertThat(flows.problems("redis.get", "key: k, port: 70000"))
        .containsExactly("invalid_value \"port\" wants a whole number from 1 to 65535, got 70000");
    assertThat(flows.problems("redis.get", "key: k, hots: h"))
        .singleElement()
        .asString()
        .startsWith("unknown_key unknown key \"hots\"");
  }
}

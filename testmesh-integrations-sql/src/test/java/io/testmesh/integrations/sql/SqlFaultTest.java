package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.backends.Await;
import io.testmesh.backends.FaultyProxy;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.PostgresServer;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong: the message says it, nothing hangs, nothing is left. */
@Timeout(180)
class SqlFaultTest {
  private static PostgresServer server;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    server.sql("DROP TABLE IF EXISTS jobs");
    flows = SqlFlows.to(folder, server);
  }

  @AfterEach
  void close() throws Exception {
    flows.close();
    Await.until("no session is left", () -> server.sessions(Database.APPLICATION) == 0);
  }

  private String at() {
    return "PostgreSQL at 127.0.0.1:" + server.port();
  }

  @Test
  void a_closed_port_is_told_at_once_with_host_and_port() throws Exception {
    int port = Ports.closed();
    try (Flows down = SqlFlows.to(folder, server, port)) {
      StepResult step = down.step("postgresql.query", "query: SELECT 1");

      Failure failure = step.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .isEqualTo("cannot connect to PostgreSQL at 127.0.0.1:" + port + ": connection refused");
      assertThat(failure.hint()).contains("is PostgreSQL running, and do host and port fit?");
      assertThat(step.result()).isEmpty();
      assertThat(step.duration()).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up_after_the_connection_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      StepResult step =
          flows
              .run(
                  "{id: s, action: postgresql.query, config: {host: 127.0.0.1, port: "
                      + silent.getLocalPort()
                      + ", connectionTimeout: 1000, query: SELECT 1}}")
              .step("s");

      assertThat(step.failure().orElseThrow().code()).isEqualTo("connection_failed");
      assertThat(step.failure().orElseThrow().message())
          .startsWith("cannot connect to PostgreSQL at 127.0.0.1:" + silent.getLocalPort());
      assertThat(step.duration()).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void a_server_without_tls_says_how_it_is_spoken_to() throws Exception {
    // The answer to SSLRequest (protocol, message flow, SSL session encryption).
    Failure failure = failureAt("N", "sslmode: require");

    assertThat(failure.code()).isEqualTo("connection_failed");
    assertThat(failure.message()).endsWith(": The server does not support SSL");
    assertThat(failure.hint()).contains("\"sslmode: disable\" speaks without TLS");
  }

  @Test
  void something_else_on_the_port_is_no_answer_of_postgresql() throws Exception {
    Failure failure = failureAt("HTTP/1.1 400 Bad Request\r\n\r\n", "sslmode: disable");

    assertThat(failure.code()).isEqualTo("connection_failed");
  }

  /** How a query fails where somebody gives that answer to the first message. */
  private Failure failureAt(String answer, String connection) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread answering =
          new Thread(
              () -> {
                try (var socket = other.accept()) {
                  socket.getInputStream().readNBytes(8);
                  socket.getOutputStream().write(answer.getBytes());
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      answering.start();
      Failure failure =
          flows
              .run(
                  "{id: s, action: postgresql.query, config: {host: 127.0.0.1, port: "
                      + other.getLocalPort()
                      + ", query: SELECT 1, "
                      + connection
                      + "}}")
              .step("s")
              .failure()
              .orElseThrow();
      answering.join();
      return failure;
    }
  }

  @Test
  void a_wrong_password_and_a_missing_one_are_refused() {
    try (Flows wrong = connected("user", "tester", "password", "n0t-this")) {
      Failure failure = wrong.failure("postgresql.query", "query: SELECT 1");
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message())
          .isEqualTo(
              at()
                  + " refuses the credentials: password authentication failed for user \"tester\"");
    }
    try (Flows none = connected("user", "tester")) {
      assertThat(none.failure("postgresql.query", "query: SELECT 1").code())
          .isEqualTo("authentication_failed");
    }
  }

  private Flows connected(String... more) {
    Map<String, Object> keys = new java.util.HashMap<>();
    keys.put("host", "127.0.0.1");
    keys.put("port", (long) server.port());
    keys.put("database", PostgresServer.DATABASE);
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    return new Flows(folder, "p", keys);
  }

  @Test
  void an_unknown_database_is_an_error_of_its_own() {
    try (Flows unknown =
        connected("user", "tester", "password", PostgresServer.PASSWORD, "database", "nowhere")) {
      Failure failure =
          unknown.failure("postgresql.assert", "query: SELECT 1, assert: [count == 0]");
      assertThat(failure.code()).isEqualTo("database_not_found");
      assertThat(failure.message())
          .isEqualTo(at() + " has no such database: database \"nowhere\" does not exist");
    }
  }

  @Test
  void an_unknown_table_and_a_syntax_error_are_marked() {
    Failure failure =
        flows.failure("postgresql.query", "query: \"SELECT *\\nFROM jops WHERE a = 1\"");
    assertThat(failure.code()).isEqualTo("table_not_found");
    assertThat(failure.message())
        .isEqualTo(
            "PostgreSQL refuses the query: relation \"jops\" does not exist (SQLSTATE 42P01) at"
                + " position 15");
    assertThat(markedIn(failure)).startsWith("jops WHERE a = 1");
    assertThat(failure.details()).containsEntry("position", 15L).containsEntry("sqlstate", "42P01");

    Failure syntax = flows.failure("postgresql.query", "query: SELEC 1");
    assertThat(syntax.code()).isEqualTo("action_failed");
    assertThat(syntax.message())
        .isEqualTo(
            "PostgreSQL refuses the query: syntax error at or near \"SELEC\" (SQLSTATE 42601) at"
                + " position 1");
    assertThat(markedIn(syntax)).startsWith("SELEC 1");
  }

  @Test
  void a_refusal_points_at_what_was_refused() {
    Map<String, String> steps =
        Map.of(
            "query: SELEC 1",
            "postgresql.query",
            "statements: [SELECT 1, SELEC 1]",
            "postgresql.execute",
            "statements: [SELECT 1, {query: SELEC 1}]",
            "postgresql.transaction",
            "table: nowhere, data: {a: 1}",
            "postgresql.insert",
            "where: 'true', table: nowhere",
            "postgresql.delete",
            "schema: public, table: nowhere",
            "postgresql.columns");
    for (Map.Entry<String, String> step : steps.entrySet()) {
      Failure failure = flows.failure(step.getValue(), step.getKey());
      assertThat(markedIn(failure)).as(failure.toString()).matches("(SELEC 1|nowhere).*");
    }
  }

  /** The rest of the source line from the mark on. */
  private static String markedIn(Failure failure) {
    return failure.excerpt().get(1).substring(failure.excerpt().get(2).indexOf('^'));
  }

  @Test
  void a_statement_that_placeholders_made_is_quoted_with_its_mark() {
    Failure failure =
        flows.failure("postgresql.query", "query: 'SELECT n FROM {{\"jops\"}} WHERE true'");

    assertThat(failure.message())
        .endsWith(" at position 15\nSELECT n FROM jops WHERE true\n              ^");
    assertThat(markedIn(failure)).startsWith("'SELECT n FROM {{");
  }

  @Test
  void a_connection_that_is_lost_in_a_step_is_told_and_the_next_step_has_a_new_one()
      throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(server.port());
        Flows through = SqlFlows.to(folder, server, proxy.port())) {
      assertThat(through.step("postgresql.query", "query: SELECT 1").status())
          .isEqualTo(Status.PASSED);
      proxy.cutAnswersAfter(10);
      Failure failure =
          through.failure("postgresql.query", "query: \"SELECT repeat('x', 100000)\"");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .startsWith("the connection to PostgreSQL at 127.0.0.1:" + proxy.port() + " was lost: ");
      proxy.heal();
      assertThat(through.step("postgresql.query", "query: SELECT 2").status())
          .isEqualTo(Status.PASSED);
    }
  }

  @Test
  void a_server_that_comes_back_in_the_middle_of_an_assert_is_found_again() throws Exception {
    server.sql("CREATE TABLE jobs (state text); INSERT INTO jobs VALUES ('open')");
    Path file =
        flows.flow(
            flows.written(
                "s",
                "postgresql.assert",
                "connectionTimeout: 500, query: SELECT state FROM jobs, within: 100s, every: 100ms,"
                    + " assertions: [{field: state, operator: eq, value: done}]"));
    RunHandle handle = flows.runner().start(flows.runner().load(file));
    Await.until("it looks", () -> server.sessions(Database.APPLICATION) > 0);
    server.kill();
    server.restart();
    server.sql("UPDATE jobs SET state = 'done'");

    StepResult step = handle.result().join().flows().get(0).step("s");
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
  }

  @Test
  void a_slow_query_is_stopped_on_the_server_when_the_step_is_cancelled() throws Exception {
    Path file = flows.flow(flows.written("s", "postgresql.query", "query: SELECT pg_sleep(600)"));
    RunHandle handle = flows.runner().start(flows.runner().load(file));
    Await.until("the query runs", () -> server.running("pg_sleep(600)") == 1);
    long start = System.nanoTime();
    handle.cancel();
    RunResult result = handle.result().join();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(result.flows().get(0).step("s").failure().orElseThrow().code())
        .isEqualTo("cancelled");
    Await.until("it is stopped", () -> server.running("pg_sleep(600)") == 0);
  }

  @Test
  void a_slow_query_is_stopped_when_the_time_of_the_step_is_over() throws Exception {
    StepResult step =
        flows
            .run(
                flows
                    .written("s", "postgresql.query", "query: SELECT pg_sleep(600)")
                    .replace("{id: s,", "{id: s, timeout: 500ms,"))
            .step("s");

    assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
    Await.until("it is stopped", () -> server.running("pg_sleep(600)") == 0);
  }

  @Test
  void the_timeout_of_a_query_says_so() throws Exception {
    Failure failure =
        flows.failure("postgresql.query", "query: SELECT pg_sleep(600), timeout: 400ms");

    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(failure.message()).isEqualTo("the query took longer than 400 ms and was stopped");
    Await.until("it is stopped", () -> server.running("pg_sleep(600)") == 0);
  }

  @Test
  void a_server_that_stops_answering_does_not_hold_the_step() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(server.port());
        Flows through = SqlFlows.to(folder, server, proxy.port())) {
      assertThat(through.step("postgresql.query", "query: SELECT 1").status())
          .isEqualTo(Status.PASSED);
      proxy.hold();
      long start = System.nanoTime();
      StepResult step =
          through
              .run(
                  through
                      .written("s", "postgresql.query", "query: SELECT 2")
                      .replace("{id: s,", "{id: s, timeout: 500ms,"))
              .step("s");

      assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      proxy.heal();
    }
  }

  @Test
  void a_transaction_that_is_cancelled_leaves_no_trace_and_no_lock() throws Exception {
    server.sql("CREATE TABLE jobs (id int)");
    Path file =
        flows.flow(
            flows.written(
                "s",
                "postgresql.transaction",
                "statements: ['INSERT INTO jobs VALUES (1)', 'SELECT pg_sleep(600)']"));
    RunHandle handle = flows.runner().start(flows.runner().load(file));
    Await.until("it runs", () -> server.running("pg_sleep(600)") == 1);
    handle.cancel();
    handle.result().join();

    Await.until(
        "it is rolled back",
        () ->
            server
                .sqlAsOwner(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'testmesh'"
                        + " AND state <> 'idle'")
                .equals("0"));
    assertThat(server.sql("SELECT count(*) FROM jobs")).isEqualTo("0");
  }

  @Test
  void fifty_flows_share_few_connections_and_all_pass() {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      files.add(
          flows.flow(
              flows.written(
                  "s", "postgresql.query", "pool_size: 3, query: SELECT pg_sleep(0.05)")));
    }
    RunResult result =
        flows
            .runner()
            .run(
                flows.runner().load(files.toArray(Path[]::new)),
                RunOptions.builder().parallel(50).build());

    assertThat(result.flows()).hasSize(50);
    assertThat(result.flows()).allMatch(flow -> flow.status() == Status.PASSED);
    assertThat(server.sessions(Database.APPLICATION)).isBetween(1L, 3L);
  }

  @Test
  void a_pool_without_a_free_connection_is_told_by_its_name() {
    StepResult late = null;
    List<Path> files = new ArrayList<>();
    files.add(
        flows.flow(
            flows.written("s", "postgresql.query", "pool_size: 1, query: SELECT pg_sleep(5)")));
    files.add(
        flows.flow(
            "{id: w, action: delay, config: {duration: 1s}}",
            flows.written("s", "postgresql.query", "pool_size: 1, timeout: 1s, query: SELECT 1")));
    RunResult result =
        flows
            .runner()
            .run(
                flows.runner().load(files.toArray(Path[]::new)),
                RunOptions.builder().parallel(2).build());
    for (FlowResult flow : result.flows()) {
      late = flow.status() == Status.PASSED ? late : flow.step("s");
    }

    assertThat(late).isNotNull();
    assertThat(late.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(late.failure().orElseThrow().message())
        .isEqualTo(
            "all 1 connections to "
                + at()
                + " are in use by other steps, and none became free in time");
    assertThat(late.failure().orElseThrow().hint()).asString().contains("pool_size");
  }

  @Test
  void nothing_is_left_when_the_runner_is_closed() throws Exception {
    long threads = ownThreads();
    try (Flows own = SqlFlows.to(folder, server)) {
      for (int i = 0; i < 5; i++) {
        own.step("postgresql.query", "query: SELECT 1, timeout: 20s");
      }
      assertThat(server.sessions(Database.APPLICATION)).isPositive();
      own.failure("postgresql.query", "query: SELECT pg_sleep(60), timeout: 200ms");
      own.step("postgresql.query", "query: SELECT 1");
    }
    Await.until("no session is left", () -> server.sessions(Database.APPLICATION) == 0);
    Await.until("no thread is left", () -> ownThreads() <= threads);
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(?i).*(testmesh-sql|hikari|postgresql).*"))
        .count();
  }

  @Test
  void a_refused_server_leaves_no_thread() throws Exception {
    int port = Ports.closed();
    try (Flows down = SqlFlows.to(folder, server, port)) {
      down.step("postgresql.query", "query: SELECT 1");
    }
    Await.until("no thread is left", () -> ownThreads() == 0);
  }

  @Test
  void tls_is_used_when_it_is_asked_for_and_the_certificate_is_checked() {
    String query = "query: SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid(), ";
    StepResult secured =
        flows.step("postgresql.query", query + "tls: {ca_file: '" + server.caFile() + "'}");
    assertThat(secured.status())
        .as(() -> String.valueOf(secured.failure()))
        .isEqualTo(Status.PASSED);
    assertThat(secured.result().get("first_row")).isEqualTo(Map.of("ssl", true));
    assertThat(
            flows
                .step("postgresql.query", query + "tls: {insecure_skip_verify: true}")
                .result()
                .get("first_row"))
        .isEqualTo(Map.of("ssl", true));
    assertThat(flows.step("postgresql.query", query + "tls: false").result().get("first_row"))
        .isEqualTo(Map.of("ssl", false));
    Failure untrusted = flows.failure("postgresql.query", query + "tls: true");
    assertThat(untrusted.code()).isEqualTo("connection_failed");
    assertThat(untrusted.message()).startsWith("cannot connect to " + at() + ": ");
    assertThat(untrusted.hint()).asString().contains("tls");
  }

  @Test
  void an_odd_password_works_in_all_spellings() {
    server.sqlAsOwner("CREATE ROLE odd LOGIN PASSWORD 'p@ss:w/rd ?#&%'");
    String host = "127.0.0.1:" + server.port() + "/shop";
    for (String connection :
        List.of(
            "connectionString: 'postgres://odd:p%40ss%3Aw%2Frd%20%3F%23%26%25@" + host + "'",
            "connectionString: \"host=127.0.0.1 port="
                + server.port()
                + " dbname=shop user=odd password='p@ss:w/rd ?#&%'\"",
            "host: 127.0.0.1, port: "
                + server.port()
                + ", database: shop, user: odd, password: 'p@ss:w/rd ?#&%'")) {
      StepResult step =
          flows
              .run(
                  "{id: s, action: postgresql.query, config: {query: SELECT 1, "
                      + connection
                      + "}}")
              .step("s");
      assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    }
  }
}

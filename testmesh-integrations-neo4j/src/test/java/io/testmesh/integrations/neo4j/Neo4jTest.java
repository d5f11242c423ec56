package io.testmesh.integrations.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.backends.Await;
import io.testmesh.backends.Backends;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Neo4jServer;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.net.URI;
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
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** Queries against a real server. */
@Timeout(180)
class Neo4jTest {
  private static URI server;
  private static Driver driver;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = URI.create(Backends.neo4j().address());
    driver = GraphDatabase.driver(url(), AuthTokens.basic(user()[0], user()[1]));
  }

  @AfterAll
  static void stop() {
    driver.close();
  }

  private static String url() {
    return "bolt://" + server.getHost() + ":" + server.getPort();
  }

  private static String[] user() {
    return server.getUserInfo().split(":", 2);
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "g", connection());
  }

  private static Map<String, Object> connection() {
    return Map.of("url", url(), "username", user()[0], "password", user()[1]);
  }

  @AfterEach
  void close() {
    flows.close();
    driver.executableQuery("MATCH (n) DETACH DELETE n").execute();
  }

  private StepResult passed(String action, String config) {
    StepResult step = flows.step(action, config);
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  private static long queriesWith(String part) {
    return driver
        .executableQuery("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $part")
        .withParameters(Map.of("part", part))
        .execute()
        .records()
        .stream()
        // The question has the part in a parameter, not in its text.
        .count();
  }

  @Test
  void the_flow_of_the_guide_passes() throws Exception {
    Path guide = Path.of(Neo4jTest.class.getResource("/guide/friends.yaml").toURI());
    try (FlowRunner runner =
        FlowRunner.builder()
            .environment(Map.of("NEO4J_URL", url(), "NEO4J_PASSWORD", user()[1]))
            .build()) {
      RunResult result = runner.run(guide);

      result.orThrow();
      assertThat(result.problems()).isEmpty();
    }
  }

  @Test
  void nodes_relationships_and_paths_keep_their_parts_and_counters_count() {
    StepResult made =
        passed(
            "neo4j.query",
            "query: 'CREATE (a:Person {name: $n, big: 9007199254740993, at: datetime(\"2026-11-26"
                + "T10:30:00.123456789+01:00\"), home: point({longitude: 8.5, latitude: 47.4})})"
                + "-[k:KNOWS {since: 2019}]->(b:Person:Admin) RETURN a, k, b', params: {n: ann}");

    assertThat((Map<?, ?>) made.result().get("summary"))
        .extracting("nodes_created", "relationships_created", "labels_added")
        .containsExactly(2L, 1L, 3L);
    Map<?, ?> row = (Map<?, ?>) ((List<?>) made.result().get("rows")).get(0);
    Map<?, ?> node = (Map<?, ?>) row.get("a");
    assertThat(node.get("name")).isEqualTo("ann");
    assertThat(node.get("big")).isEqualTo(9007199254740993L);
    assertThat(node.get("at")).isEqualTo("2026-11-26T10:30:00.123456789+01:00");
    assertThat((Map<?, ?>) node.get("home"))
        .extracting("srid", "x", "y")
        .containsExactly(4326L, 8.5, 47.4);
    assertThat(((Map<?, ?>) row.get("k")).get("type")).isEqualTo("KNOWS");
    assertThat(((Map<?, ?>) row.get("k")).get("since")).isEqualTo(2019L);

    StepResult path =
        passed("neo4j.query", "query: 'MATCH p = (:Person {name: \"ann\"})-->() RETURN p'");
    Map<?, ?> found =
        (Map<?, ?>) ((Map<?, ?>) ((List<?>) path.result().get("rows")).get(0)).get("p");
    assertThat(found.get("length")).isEqualTo(1L);
    assertThat((List<?>) found.get("nodes")).hasSize(2);
  }

  @Test
  void a_graph_is_looked_at_until_it_is_as_it_should_be() throws Exception {
    RunHandle handle =
        flows.start(
            "neo4j.assert",
            "query: 'MATCH (n:Late) RETURN n', within: 60s, every: 20ms,"
                + " assert: [count == 1]");
    driver.executableQuery("CREATE (:Late)").execute();

    handle.result().join().orThrow();
  }

  @Test
  void a_query_that_is_stopped_does_not_go_on_in_the_server() throws Exception {
    String slow = "UNWIND range(1, 100000000000) AS marked RETURN sum(marked)";
    RunHandle handle = flows.start("neo4j.query", "query: '" + slow + "'");
    Await.until("the query runs", () -> queriesWith("AS marked") > 0);

    handle.cancel();
    handle.result().join();

    Await.until("no query is left", () -> queriesWith("AS marked") == 0);
  }

  @Test
  void a_query_that_is_too_slow_ends_with_its_step_and_in_the_server() throws Exception {
    Failure failure =
        flows
            .run(
                "{id: s, action: neo4j.query, timeout: 1s, config: {connection: g, query: 'UNWIND"
                    + " range(1, 100000000000) AS late RETURN sum(late)'}}")
            .step("s")
            .failure()
            .orElseThrow();

    assertThat(failure.code()).isEqualTo("timeout");
    Await.until("no query is left", () -> queriesWith("AS late") == 0);
  }

  @Test
  void what_the_server_refuses_is_told_with_its_place() {
    Failure syntax = flows.failure("neo4j.query", "query: 'MATCH (n) RETRUN n'");

    assertThat(syntax.code()).isEqualTo("action_failed");
    assertThat(syntax.message()).contains("Neo.ClientError.Statement.SyntaxError");
    assertThat(syntax.excerpt().get(2).indexOf('^'))
        .isEqualTo(syntax.excerpt().get(1).indexOf("RETRUN"));
    assertThat(flows.failure("neo4j.query", "query: CREATE (), access: read").message())
        .contains("Writing in read access mode not allowed");
    assertThat(flows.failure("neo4j.query", "query: RETURN 1, database: nowhere").code())
        .isEqualTo("database_not_found");
  }

  @Test
  void a_wrong_password_is_told_as_such() throws Exception {
    try (Flows wrong =
        new Flows(
            folder, "g", Map.of("url", url(), "username", user()[0], "password", "wr0ng-s3cret"))) {
      Failure failure = wrong.failure("neo4j.assert", "query: RETURN 1, assert: [count == 1]");

      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).doesNotContain("wr0ng-s3cret");
    }
  }

  @Test
  void a_server_that_goes_away_is_never_an_empty_result() throws Exception {
    Neo4jServer own = Neo4jServer.start();
    try (Flows to =
        new Flows(
            folder,
            "g",
            Map.of(
                "url", own.url(),
                "username", Neo4jServer.USER,
                "password", Neo4jServer.PASSWORD))) {
      assertThat(to.step("neo4j.query", "query: RETURN 1").status()).isEqualTo(Status.PASSED);
      own.close();

      Failure failure = to.failure("neo4j.assert", "query: RETURN 1, assert: [count == 0]");

      assertThat(failure.code()).isEqualTo("connection_failed");
    } finally {
      own.close();
    }
  }
}

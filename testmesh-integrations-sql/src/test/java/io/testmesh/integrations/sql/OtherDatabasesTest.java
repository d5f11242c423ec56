package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** database_query and db_poll with any driver on the class path. */
@Timeout(60)
class OtherDatabasesTest {
  @TempDir Path folder;

  private Flows to(String url) {
    return new Flows(
        folder, "d", Map.of("connectionString", url.replace("FOLDER", folder.toString())));
  }

  private static StepResult passed(StepResult step) {
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "jdbc:sqlite:FOLDER/shop.db"})
  void statements_of_all_styles_run(String url) {
    try (Flows flows = to(url)) {
      FlowResult flow =
          flows.run(
              flows.written(
                  "make",
                  "database_query",
                  "query: 'CREATE TABLE orders (id INTEGER, state VARCHAR(20), total DECIMAL(9,2))'"),
              flows.written(
                  "add",
                  "database_query",
                  "query: 'INSERT INTO orders VALUES ($1, $2, $3)', params: [1, \"it's ?\", 19.90]"),
              flows.written(
                  "marks",
                  "database_query",
                  "query: 'INSERT INTO orders VALUES (?, ?, ?)', params: [2, open, null]"),
              flows.written(
                  "named",
                  "database_query",
                  "query: 'SELECT id, state FROM orders WHERE state = :s', params: {s: open}"),
              flows.written("all", "database_query", "query: SELECT * FROM orders ORDER BY id"),
              flows.written(
                  "poll",
                  "db_poll",
                  "query: SELECT state FROM orders,"
                      + " condition: {type: value_equals, column: state, value: open}"));

      for (String id : List.of("make", "add", "marks", "named", "all", "poll")) {
        passed(flow.step(id));
      }
      assertThat(flow.step("add").result())
          .containsEntry("rows_affected", 1L)
          .containsEntry("query_type", "INSERT");
      Map<?, ?> first = (Map<?, ?>) lower(flow.step("all").result().get("first_row"));
      assertThat(first.get("state")).isEqualTo("it's ?");
      assertThat(new BigDecimal(first.get("total").toString())).isEqualByComparingTo("19.9");
      assertThat(flow.step("named").result()).containsEntry("row_count", 1L);
    }
  }

  /** H2 writes the names of columns in capital letters. */
  private static Object lower(Object row) {
    Map<String, Object> lower = new java.util.HashMap<>();
    ((Map<?, ?>) row).forEach((name, value) -> lower.put(name.toString().toLowerCase(), value));
    return lower;
  }

  @Test
  void types_of_h2_become_plain_values() {
    try (Flows flows = to("jdbc:h2:mem:")) {
      StepResult step =
          passed(
              flows.step(
                  "database_query",
                  "query: \"SELECT DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 12:30:00.5' AS t,"
                      + " TIMESTAMP WITH TIME ZONE '2024-02-29 12:30:00+02' AS z, TIME '10:30:00'"
                      + " AS h, X'0001ff' AS b, TRUE AS f, ARRAY[1, 2] AS a, CAST('x' AS CLOB) AS"
                      + " c, CAST(9007199254740993 AS BIGINT) AS n, CAST('{\\\"a\\\":1}' AS JSON)"
                      + " AS s, RANDOM_UUID() AS u, JSON '{\\\"a\\\": [1]}' AS j, NULL AS x\""));

      Map<?, ?> row = (Map<?, ?>) lower(step.result().get("first_row"));
      assertThat(row.get("d")).isEqualTo("2024-02-29");
      assertThat(row.get("t")).isEqualTo("2024-02-29T12:30:00.500");
      assertThat(row.get("z")).isEqualTo("2024-02-29T10:30:00Z");
      assertThat(row.get("h")).isEqualTo("10:30");
      assertThat(row.get("b")).isEqualTo("AAH/");
      assertThat(row.get("f")).isEqualTo(true);
      assertThat(row.get("a")).isEqualTo(List.of(1L, 2L));
      assertThat(row.get("c")).isEqualTo("x");
      assertThat(row.get("n")).isEqualTo(9007199254740993L);
      assertThat(row.get("j")).isEqualTo(Map.of("a", List.of(1L)));
      assertThat(row.get("u")).isInstanceOf(String.class);
      assertThat(row.get("x")).isNull();
    }
  }

  @Test
  void an_error_of_the_server_has_its_words() {
    try (Flows flows = to("jdbc:h2:mem:")) {
      Failure failure = flows.failure("database_query", "query: SELECT * FROM nowhere");

      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure.message()).contains("NOWHERE").contains("SQLSTATE 42S0");
    }
  }

  @Test
  void a_driver_that_is_not_there_is_told() {
    try (Flows flows = to("jdbc:oracle:thin:me/s3cret@db:1521/x")) {
      Failure failure = flows.failure("database_query", "query: SELECT 1");

      assertThat(failure.code()).isEqualTo("invalid_value");
      assertThat(failure.message()).startsWith("no JDBC driver on the class path takes ");
      assertThat(failure.hint()).contains("add the jar of the database's driver to the class path");
    }
  }

  @Test
  void the_address_may_stand_in_the_step() {
    try (Flows flows = to("jdbc:h2:mem:")) {
      StepResult step =
          flows
              .run(
                  "{id: s, action: database_query, config: {connection: 'jdbc:h2:mem:', query:"
                      + " SELECT 1}}")
              .step("s");

      passed(step);
    }
  }
}

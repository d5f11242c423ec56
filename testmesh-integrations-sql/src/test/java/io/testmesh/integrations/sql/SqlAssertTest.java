package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.PostgresDatabase;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** postgresql.assert and db_poll: never green by accident, and the failure says what is there. */
@Timeout(120)
class SqlAssertTest {
  private static final String ROWS =
      "query: \"SELECT * FROM (VALUES (1, 10.50::numeric, 'alpha', NULL::text, ARRAY['x','y']),"
          + " (2, 20, 'beta', 'set', '{}')) AS v(id, price, name, note, tags) ORDER BY id\", ";

  private static PostgresDatabase database;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresDatabase.create();
    database.sql("CREATE TABLE jobs (id int, state text, done bool)");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void open() {
    flows = SqlFlows.to(folder, database);
    database.sql("TRUNCATE jobs; INSERT INTO jobs VALUES (1, 'open', NULL)");
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private Failure failure(String assertion) {
    return flows.failure("postgresql.assert", ROWS + "assertions: [" + assertion + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{field: price, operator: eq, value: 10.51}",
        "{field: price, operator: eq, value: '10.5'}",
        "{field: id, operator: '!=', value: 1}",
        "{field: price, operator: gt, value: 10.5}",
        "{field: price, operator: '>=', value: 10.6}",
        "{field: price, operator: lt, value: 10.50}",
        "{field: price, operator: '<=', value: 10.4}",
        "{field: price, operator: gt, value: '1'}",
        "{field: name, operator: contains, value: lPh}",
        "{field: tags, operator: contains, value: z}",
        "{field: id, operator: contains, value: 1}",
        "{field: name, operator: matches, value: '^lph'}",
        "{field: name, operator: matches, value: '('}",
        "{field: name, operator: in, value: [beta]}",
        "{field: name, operator: isNull}",
        "{field: note, operator: isNotNull}",
        "{field: note, operator: eq, value: 'null'}",
        "{field: name, operator: eq, value: alpha, row: 2}",
        "'rows[1].price < rows[0].price'",
        "'rowCount'",
      })
  void an_assertion_that_does_not_hold_fails(String assertion) {
    Failure failure = failure(assertion);

    assertThat(failure.code()).isEqualTo("assertion_failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{field: note, operator: eq, value: null}",
        "{field: tags, operator: eq, value: [x, y]}",
        "{field: tags, operator: contains, value: y}",
        "{field: name, operator: gt, value: alph}",
        "{field: id, operator: in, value: [2, 1.0]}",
        "{field: name, operator: is_not_null}",
        "{field: note, operator: eq, value: set, row: 1}",
        "'rows[1].price == 20'",
      })
  void an_assertion_that_holds_passes(String assertion) {
    StepResult step = flows.step("postgresql.assert", ROWS + "assertions: [" + assertion + "]");

    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    assertThat(step.result()).containsEntry("passed", true).containsEntry("assertions_checked", 1L);
  }

  @Test
  void the_failure_names_all_that_do_not_hold_with_their_values() {
    StepResult step =
        flows.step(
            "postgresql.assert",
            ROWS
                + "assertions: [{field: price, operator: gte, value: 11}, 'rowCount == 2',"
                + " {field: name, operator: eq, value: gamma, row: 1}, {field: note, operator:"
                + " isNotNull}]");

    assertThat(step.failure().orElseThrow().message())
        .isEqualTo(
            """
            3 of 4 assertions do not hold
            rows[0].price is 10.50, not at least 11
            rows[1].name is "beta", not "gamma"
            rows[0].note is null, and has to be something""");
    assertThat(step.result()).containsEntry("passed", false).containsEntry("rowCount", 2L);
  }

  @Test
  void a_column_that_is_not_there_is_an_error_also_for_is_null_and_without_rows() {
    assertThat(failure("{field: nite, operator: isNull}").code()).isEqualTo("column_not_found");
    Failure failure =
        flows.failure(
            "postgresql.assert",
            "query: 'SELECT id, state FROM jobs WHERE false',"
                + " assertions: [{field: stat, operator: isNull}]");
    assertThat(failure.code()).isEqualTo("column_not_found");
    assertThat(failure.message()).isEqualTo("the rows have no column \"stat\"");
    assertThat(failure.hint()).contains("they have id, state");
  }

  @Test
  void a_row_that_is_not_there_is_not_null() {
    assertThat(
            flows
                .failure(
                    "postgresql.assert",
                    "query: SELECT state FROM jobs WHERE false,"
                        + " assertions: [{field: state, operator: isNull}]")
                .message())
        .isEqualTo("rows[0].state: the query gave no row");
  }

  @Test
  void nothing_to_check_is_an_error_before_the_run() {
    String db = "connectionString: 'postgres://h/d', query: SELECT 1, ";
    assertThat(flows.problems("postgresql.assert", db))
        .singleElement()
        .asString()
        .startsWith("nothing_asserted");
    assertThat(flows.problems("postgresql.assert", db + "assertions: []"))
        .singleElement()
        .asString()
        .contains("\"assertions\" is empty, and checks nothing");
    assertThat(flows.problems("postgresql.assert", db + "assertions: [{field: a, operator: eq}]"))
        .singleElement()
        .asString()
        .contains("eq compares with nothing: \"value\" is missing");
    assertThat(
            flows.problems(
                "postgresql.assert", db + "assertions: [{field: a, operator: equals, value: 1}]"))
        .singleElement()
        .asString()
        .contains("\"operator\" wants one of eq, ==")
        .contains("equals");
  }

  @Test
  void it_looks_until_the_row_is_right() throws Exception {
    Thread change =
        new Thread(() -> database.sql("SELECT pg_sleep(0.5); UPDATE jobs SET state = 'done'"));
    change.start();
    StepResult step =
        flows.step(
            "postgresql.assert",
            "query: SELECT state FROM jobs, within: 30s, every: 50ms,"
                + " assertions: [{field: state, operator: eq, value: done}], assert: [count == 1]");
    change.join();

    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSizeGreaterThan(1);
  }

  @Test
  void a_server_that_is_down_is_never_an_empty_result() {
    Failure failure =
        flows.failure(
            "postgresql.assert",
            "connectionString: 'postgres://u:p@127.0.0.1:1/d', query: SELECT 1,"
                + " assert: [rowCount == 0]");

    assertThat(failure.code()).isEqualTo("connection_failed");
  }

  private String poll(String condition) {
    return "query: 'SELECT id, state, done FROM jobs ORDER BY id', timeout: 300ms, interval: 50ms, "
        + condition;
  }

  @Test
  void db_poll_waits_for_what_its_condition_says() {
    database.sql("INSERT INTO jobs VALUES (2, 'paid', true)");
    for (String condition :
        new String[] {
          "condition: {type: row_exists}",
          "condition: {type: row_count, min_count: 2}",
          "expected_rows: 2",
          "condition: {type: value_equals, column: state, value: paid}",
          "condition: {type: value_equals, column: id, value: '2'}",
          "condition: {type: value_not_null, column: done}",
        }) {
      StepResult step = flows.step("db_poll", poll(condition));

      assertThat(step.status()).as(condition).isEqualTo(Status.PASSED);
      assertThat(step.result()).containsEntry("success", true).containsEntry("attempts", 1L);
      assertThat(((Map<?, ?>) step.result().get("first_row")).get("state")).isEqualTo("open");
    }
  }

  @Test
  void db_poll_says_what_it_saw_last() {
    assertThat(message("condition: {type: value_equals, column: state, value: paid}"))
        .endsWith(": state is open, and paid is wanted");
    assertThat(message("condition: {type: value_not_null, column: done}"))
        .endsWith(": done is null, and not null is wanted");
    assertThat(message("condition: {type: row_count, min_count: 3}"))
        .endsWith(": there is 1 row, and 3 are needed");
    assertThat(message("expected_rows: 0")).endsWith(": there is 1 row, not 0");
    StepResult step = flows.step("db_poll", poll("expected_rows: 0, max_attempts: 2"));
    assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(step.result()).containsEntry("success", false).containsEntry("row_count", 1L);
  }

  private String message(String condition) {
    return flows.failure("db_poll", poll(condition)).message();
  }

  @Test
  void db_poll_does_not_wait_for_what_can_never_come() {
    assertThat(
            flows
                .failure(
                    "db_poll",
                    "query: SELECT id FROM jobs,"
                        + " condition: {type: value_not_null, column: stat}")
                .code())
        .isEqualTo("column_not_found");
    assertThat(flows.failure("db_poll", "query: SELECT id FROM jops").code())
        .isEqualTo("table_not_found");
    assertThat(
            flows.problems(
                "db_poll",
                "connection: 'postgres://h/d', query: SELECT 1,"
                    + " condition: {type: value_equals, column: a}"))
        .singleElement()
        .asString()
        .contains("value_equals needs \"value\"");
    assertThat(
            flows.problems(
                "db_poll",
                "connection: 'postgres://h/d', query: SELECT 1,"
                    + " condition: {type: row_exists, column: a}"))
        .singleElement()
        .asString()
        .contains("\"column\" is not looked at by row_exists");
  }
}

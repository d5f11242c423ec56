package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.PostgresDatabase;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Files;
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

/** The actions that change rows, run scripts and look at the schema. */
@Timeout(120)
class SqlWriteTest {
  private static PostgresDatabase database;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void open() {
    flows = SqlFlows.to(folder, database);
    database.sql(
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS sales CASCADE;"
            + " CREATE TABLE items (id serial PRIMARY KEY, name text UNIQUE, price numeric DEFAULT"
            + " 1, CONSTRAINT enough CHECK (price >= 0))");
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private StepResult passed(String action, String config) {
    StepResult step = flows.step(action, config);
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  private String items() {
    return database.sql("SELECT name, price FROM items ORDER BY id").replace('\n', ' ');
  }

  @Test
  void rows_of_different_columns_are_one_batch_with_defaults() {
    StepResult step =
        passed(
            "postgresql.insert",
            "table: items, data: [{name: a, price: 2}, {name: b}, {price: 3}], returning: [id]");

    assertThat(step.result()).containsEntry("inserted", 3L);
    assertThat(step.result().get("rows"))
        .isEqualTo(List.of(Map.of("id", 1L), Map.of("id", 2L), Map.of("id", 3L)));
    assertThat(items()).isEqualTo("a|2 b|1 |3");
  }

  @Test
  void a_batch_is_all_or_nothing_also_beyond_the_limit_of_parameters() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      rows.append("{name: n").append(i).append(", price: ").append(i).append("}, ");
    }
    StepResult step =
        passed("postgresql.insert", "table: items, data: [" + rows + "], returning: []");
    assertThat(step.result()).containsEntry("inserted", 40_000L).containsEntry("rows", List.of());

    database.sql("DELETE FROM items");
    Failure failure =
        flows.failure(
            "postgresql.insert", "table: items, data: [" + rows + "{name: x, price: -1}]");

    assertThat(failure.message()).contains("enough").contains("23514");
    assertThat(items()).isEmpty();
  }

  @Test
  void a_conflict_is_a_failure_unless_something_else_is_said() {
    passed("postgresql.insert", "table: items, data: {name: a}");

    Failure failure = flows.failure("postgresql.insert", "table: items, data: {name: a}");
    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message())
        .startsWith(
            "PostgreSQL refuses the insert: duplicate key value violates unique constraint"
                + " \"items_name_key\"; Key (name)=(a) already exists. (SQLSTATE 23505)");
    assertThat(failure.details()).containsEntry("sqlstate", "23505");

    StepResult kept =
        passed(
            "postgresql.insert",
            "table: items, data: {name: a, price: 5}, on_conflict: {do: nothing}");
    assertThat(kept.result()).containsEntry("inserted", 0L).containsEntry("rows", List.of());
    passed(
        "postgresql.insert",
        "table: items, data: {name: a, price: 7},"
            + " on_conflict: {columns: [name], do: update, update: [price]}");
    assertThat(items()).isEqualTo("a|7");
    passed(
        "postgresql.insert",
        "table: items, data: {name: a, price: 8}, on_conflict: {columns: [name], do: update}");
    assertThat(items()).isEqualTo("a|8");
  }

  @Test
  void the_parameters_of_where_are_counted_for_themselves() {
    database.sql("INSERT INTO items (name, price) VALUES ('a', 1), ('b', 2), ('c', 3)");

    StepResult step =
        passed(
            "postgresql.update",
            "table: items, data: {price: 9, name: z}, where: 'name = $2 OR price = $1 -- odd',"
                + " whereParams: [77, b], returning: [name]");
    assertThat(step.result())
        .containsEntry("updated", 1L)
        .containsEntry("rows", List.of(Map.of("name", "z")));
    passed(
        "postgresql.update",
        "table: items, data: {price: 4}, where: 'name = :who', whereParams: {who: c}");
    assertThat(items()).isEqualTo("a|1 z|9 c|4");
    assertThat(
            passed("postgresql.delete", "table: items, where: 'price > ?', whereParams: [3]")
                .result())
        .containsEntry("deleted", 2L)
        .containsEntry("rows", List.of());
    assertThat(
            passed("postgresql.delete", "table: items, where: 'true', returning: ['*']")
                .result()
                .get("rows"))
        .asString()
        .contains("name=a");
  }

  @Test
  void names_are_quoted_and_nothing_in_them_is_a_statement() {
    database.sql(
        "CREATE SCHEMA sales; CREATE TABLE sales.\"Odd \"\"table\" (\"select\" int, \"Ä b\" text)");

    passed("postgresql.insert", "table: 'sales.\"Odd \"\"table\"', data: {select: 1, 'Ä b': 'x'}");
    assertThat(database.sql("SELECT * FROM sales.\"Odd \"\"table\"")).isEqualTo("1|x");
    Failure failure =
        flows.failure("postgresql.insert", "table: 'items; DROP TABLE items', data: {name: a}");
    assertThat(failure.code()).isEqualTo("table_not_found");
    assertThat(flows.failure("postgresql.delete", "table: a.b.c, where: 'true'").message())
        .isEqualTo("\"table\" can be no name: \"a.b.c\": it has 3 parts");
    assertThat(items()).isEmpty();
    assertThat(flows.failure("postgresql.delete", "table: items, where: 'true; DROP TABLE items'"))
        .extracting(Failure::message)
        .asString()
        .startsWith("\"where\" wants one condition");
  }

  @Test
  void a_column_that_is_not_there_is_marked() {
    Failure failure = flows.failure("postgresql.insert", "table: items, data: {name: a, prize: 1}");

    assertThat(failure.code()).isEqualTo("column_not_found");
    assertThat(failure.message())
        .contains("column \"prize\" of relation \"items\" does not exist (SQLSTATE 42703)")
        .contains("\nINSERT INTO \"items\" (\"name\", \"prize\") VALUES ($1, $2) RETURNING *\n")
        .endsWith("\n                             ^");
  }

  @Test
  void a_transaction_is_all_or_nothing() {
    Failure failure =
        flows.failure(
            "postgresql.transaction",
            "statements: [\"INSERT INTO items (name) VALUES ('a')\","
                + " {query: 'UPDATE items SET price = $1', params: [-1]}]");

    assertThat(failure.message()).startsWith("PostgreSQL refuses statements[1]: ");
    assertThat(items()).isEmpty();

    Failure one =
        flows.failure(
            "postgresql.transaction",
            "statements: [\"INSERT INTO items (name) VALUES ('a'); INSERT INTO items (price) VALUES"
                + " (-1)\"]");
    assertThat(one.message()).startsWith("PostgreSQL refuses statements[0]: ");
    assertThat(items()).isEmpty();

    StepResult step =
        passed(
            "postgresql.transaction",
            "isolation: serializable, statements: [\"INSERT INTO items (name) VALUES ('a')\","
                + " 'SELECT name FROM items']");
    assertThat(step.result().get("results"))
        .isEqualTo(
            List.of(
                Map.of("rowCount", 1L, "rows", List.of()),
                Map.of("rowCount", 1L, "rows", List.of(Map.of("name", "a")))));
  }

  @Test
  void nothing_may_end_a_transaction_from_within() {
    assertThat(
            flows.problems(
                "postgresql.transaction", "statements: ['SELECT 1; commit', 'SELECT 2']"))
        .singleElement()
        .asString()
        .contains("statements[0] says COMMIT, and the step is one transaction by itself");
    passed(
        "postgresql.transaction",
        "statements: ['SAVEPOINT s', \"INSERT INTO items (name) VALUES ('a')\","
            + " 'ROLLBACK TO SAVEPOINT s']");
    assertThat(items()).isEmpty();
  }

  @Test
  void a_transaction_that_is_left_open_is_a_failure() {
    Failure failure =
        flows.failure(
            "postgresql.execute", "statements: [BEGIN, \"INSERT INTO items (name) VALUES ('a')\"]");

    assertThat(failure.message())
        .isEqualTo("a transaction was begun and not ended; what it changed is lost");
    assertThat(items()).isEmpty();
    passed(
        "postgresql.execute",
        "statements: [BEGIN, \"INSERT INTO items (name) VALUES ('a')\", COMMIT]");
    assertThat(items()).isEqualTo("a|1");
  }

  @Test
  void what_a_step_sets_is_not_seen_by_the_next_one() {
    var flow =
        flows.run(
            flows.written(
                "set", "postgresql.execute", "statement: \"SET timezone = 'Asia/Tokyo'\""),
            flows.written("s", "postgresql.query", "query: SHOW timezone"));

    assertThat(flow.step("s").result().get("first_row")).asString().doesNotContain("Tokyo");
  }

  @Test
  void a_file_is_run_statement_by_statement() throws Exception {
    Files.writeString(
        folder.resolve("schema.sql"),
        "-- the schema; of the shop\nCREATE TABLE a (v text DEFAULT ';');\n"
            + "CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql;\n"
            + "INSERT INTO a DEFAULT VALUES;\n");

    StepResult step = passed("postgresql.execute", "file: schema.sql");

    assertThat(step.result()).containsEntry("executed", 3L);
    assertThat(database.sql("SELECT v, f() FROM a")).isEqualTo(";|1");
  }

  @Test
  void the_schema_is_shown_and_what_is_not_there_is_never_empty() {
    database.sql("CREATE VIEW v AS SELECT 1 AS one");

    assertThat(passed("postgresql.tables", "").result().get("tables"))
        .isEqualTo(
            List.of(
                Map.of("table_name", "items", "table_type", "BASE TABLE"),
                Map.of("table_name", "v", "table_type", "VIEW")));
    assertThat(flows.failure("postgresql.tables", "schema: nowhere").code())
        .isEqualTo("schema_not_found");
    Failure failure = flows.failure("postgresql.columns", "table: Items");
    assertThat(failure.code()).isEqualTo("table_not_found");
    assertThat(failure.message())
        .isEqualTo("the schema \"public\" has no table \"Items\" that the user may see");
  }

  @Test
  void mistakes_are_found_before_anything_runs() {
    String db = "connectionString: 'postgres://h/d', ";
    assertThat(flows.problems("postgresql.insert", db + "table: t, data: {}"))
        .singleElement()
        .asString()
        .contains("\"data\" has no values to insert");
    assertThat(flows.problems("postgresql.query", db + "query: 'SELECT $1'"))
        .singleElement()
        .asString()
        .contains("\"query\" has the parameter $1, and there are no \"params\"");
    assertThat(flows.problems("postgresql.query", db + "query: ' ; '"))
        .singleElement()
        .asString()
        .contains("\"query\" has no statement in it");
    assertThat(flows.problems("postgresql.execute", db))
        .singleElement()
        .asString()
        .contains("one of \"statement\", \"statements\" and \"file\" is needed");
    assertThat(flows.problems("postgresql.execute", db + "statement: a, statements: [b]"))
        .singleElement()
        .asString()
        .contains("exclude each other");
    assertThat(
            flows.problems(
                "postgresql.insert", db + "table: t, data: {a: 1}, on_conflict: {do: update}"))
        .singleElement()
        .asString()
        .contains("\"do: update\" needs \"columns\"");
    assertThat(flows.problems("postgresql.query", db + "host: x, query: SELECT 1"))
        .singleElement()
        .asString()
        .contains("\"connectionString\" and \"host\" exclude each other");
    assertThat(flows.problems("postgresql.query", "connectionString: 'foo://x', query: SELECT 1"))
        .singleElement()
        .asString()
        .contains("begins with \"foo://\", which is no database that is known");
    assertThat(flows.problems("postgresql.update", db + "table: t, data: {a: 1}"))
        .singleElement()
        .asString()
        .contains("where");
    assertThat(
            flows.problems(
                "postgresql.update",
                db + "table: t, data: {a: 1}, where: 'b = $1', whereParams: [1, 2]"))
        .singleElement()
        .asString()
        .contains("\"where\" uses no parameter $2");
  }
}

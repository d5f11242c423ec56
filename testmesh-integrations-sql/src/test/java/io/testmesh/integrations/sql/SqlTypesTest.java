package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.PostgresDatabase;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values come back as they were stored, and are stored as they were written. */
@Timeout(120)
class SqlTypesTest {
  private static PostgresDatabase database;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresDatabase.create();
    database.sql("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN zip AS text;");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void open() {
    flows = SqlFlows.to(folder, database);
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static StepResult passed(StepResult step) {
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  /** The one value of a query, written as a YAML text in double quotes. */
  private Object value(String expression) {
    StepResult step =
        passed(flows.step("postgresql.query", "query: \"SELECT " + expression + " AS v\""));
    return ((Map<?, ?>) step.result().get("first_row")).get("v");
  }

  @Test
  void numbers_keep_every_digit() {
    assertThat(value("9223372036854775807::int8")).isEqualTo(Long.MAX_VALUE);
    assertThat(value("32767::int2")).isEqualTo(32767L);
    assertThat(value("1234567890123456.789012345::numeric"))
        .isEqualTo(new BigDecimal("1234567890123456.789012345"));
    assertThat(value("10.50::numeric")).isEqualTo(new BigDecimal("10.50"));
    assertThat(value("42::numeric(20,0)")).isEqualTo(42L);
    assertThat(value("123456789012345678901234567890::numeric"))
        .isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(value("0.1::float8")).isEqualTo(0.1);
    assertThat(value("0.1::float4")).isEqualTo(0.1);
    assertThat(value("'NaN'::float8")).isEqualTo("NaN");
    assertThat(value("'NaN'::numeric")).isEqualTo("NaN");
    assertThat(value("'-Infinity'::float8")).isEqualTo("-Inf");
    assertThat(value("'Infinity'::numeric")).isEqualTo("+Inf");
  }

  @Test
  void times_are_iso_8601_and_those_with_a_zone_utc() {
    assertThat(value("'2024-02-29 12:30:00.123456+02'::timestamptz"))
        .isEqualTo("2024-02-29T10:30:00.123456Z");
    assertThat(value("'1890-01-01 00:00:00+00:53:28'::timestamptz"))
        .isEqualTo("1889-12-31T23:06:32Z");
    assertThat(value("'infinity'::timestamptz")).isEqualTo("infinity");
    assertThat(value("'2024-02-29 12:30:00.5'::timestamp")).isEqualTo("2024-02-29T12:30:00.5");
    assertThat(value("'2024-02-29'::date")).isEqualTo("2024-02-29");
    assertThat(value("'-infinity'::date")).isEqualTo("-infinity");
    assertThat(value("'10:30'::time")).isEqualTo("10:30:00");
    assertThat(value("'1 year 2 days 3.5 seconds'::interval")).isEqualTo("P1Y2DT3.5S");
  }

  @Test
  void texts_booleans_and_what_looks_like_numbers_stay_what_they_are() {
    assertThat(value("'00501'::text")).isEqualTo("00501");
    assertThat(value("'00501'::zip")).isEqualTo("00501");
    assertThat(value("true")).isEqualTo(true);
    assertThat(value("false")).isEqualTo(false);
    assertThat(value("NULL::text")).isNull();
    assertThat(value("''::text")).isEqualTo("");
    assertThat(value("'happy'::mood")).isEqualTo("happy");
    assertThat(value("'0b0e7e1c-31a5-4b2e-9c57-8d1f1d1c9a10'::uuid"))
        .isEqualTo("0b0e7e1c-31a5-4b2e-9c57-8d1f1d1c9a10");
    assertThat(value("'\\\\x0001ff'::bytea")).isEqualTo("AAH/");
    assertThat(value("''::bytea")).isEqualTo("");
    assertThat(value("'192.168.0.1/24'::inet")).isEqualTo("192.168.0.1/24");
    assertThat(value("'[1,5)'::int4range")).isEqualTo("[1,5)");
  }

  @Test
  void documents_and_arrays_become_maps_and_lists() {
    assertThat(value("'{\\\"a\\\": [1, 2.5, null], \\\"big\\\": 9007199254740993}'::jsonb"))
        .isEqualTo(Map.of("a", Arrays.asList(1L, 2.5, null), "big", 9007199254740993L));
    assertThat(value("'\\\"text\\\"'::json")).isEqualTo("text");
    assertThat(value("'null'::jsonb")).isNull();
    assertThat(value("ARRAY[1,2,NULL]")).isEqualTo(Arrays.asList(1L, 2L, null));
    assertThat(value("ARRAY['a b','c,\\\"d\\\"','NULL','']"))
        .isEqualTo(List.of("a b", "c,\"d\"", "NULL", ""));
    assertThat(value("ARRAY[[1,2],[3,4]]")).isEqualTo(List.of(List.of(1L, 2L), List.of(3L, 4L)));
    assertThat(value("'[0:1]={7,8}'::int[]")).isEqualTo(List.of(7L, 8L));
    assertThat(value("'{}'::text[]")).isEqualTo(List.of());
    assertThat(value("ARRAY['2024-02-29 12:30:00+02'::timestamptz]"))
        .isEqualTo(List.of("2024-02-29T10:30:00Z"));
    assertThat(value("ARRAY['{\\\"a\\\":1}'::jsonb]")).isEqualTo(List.of(Map.of("a", 1L)));
  }

  @Test
  void what_is_inserted_comes_back() {
    database.sql(
        "CREATE TABLE kinds (i int, big int8, n numeric, f float8, b bool, t text, at timestamptz,"
            + " d date, p interval, u uuid, m mood, doc jsonb, list jsonb, nums int[], words"
            + " text[], raw bytea, hex bytea, nothing text, scalar jsonb)");
    StepResult step =
        passed(
            flows.step(
                "postgresql.insert",
                "table: kinds, data: {i: 17, big: 9007199254740993, n: 10.50, f: NaN, b: true,"
                    + " t: '42', at: '2024-02-29T12:30:00+02:00', d: '2024-02-29', p: P1DT2H,"
                    + " u: 0b0e7e1c-31a5-4b2e-9c57-8d1f1d1c9a10, m: happy, doc: {a: [1, {b: x}]},"
                    + " list: [1, two, null], nums: [1, 2], words: [a, 'b \"c\\', null],"
                    + " raw: AAH/, hex: '\\x0a', nothing: null, scalar: 5}"));

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("i", 17L);
    expected.put("big", 9007199254740993L);
    expected.put("n", new BigDecimal("10.5"));
    expected.put("f", "NaN");
    expected.put("b", true);
    expected.put("t", "42");
    expected.put("at", "2024-02-29T10:30:00Z");
    expected.put("d", "2024-02-29");
    expected.put("p", "P1DT2H");
    expected.put("u", "0b0e7e1c-31a5-4b2e-9c57-8d1f1d1c9a10");
    expected.put("m", "happy");
    expected.put("doc", Map.of("a", List.of(1L, Map.of("b", "x"))));
    expected.put("list", Arrays.asList(1L, "two", null));
    expected.put("nums", List.of(1L, 2L));
    expected.put("words", Arrays.asList("a", "b \"c\\", null));
    expected.put("raw", "AAH/");
    expected.put("hex", "Cg==");
    expected.put("nothing", null);
    expected.put("scalar", 5L);
    Map<?, ?> row = (Map<?, ?>) ((List<?>) step.result().get("rows")).get(0);
    expected.forEach(
        (name, value) -> {
          if (value instanceof BigDecimal number) {
            assertThat(new BigDecimal(row.get(name).toString()))
                .as(name)
                .isEqualByComparingTo(number);
          } else {
            assertThat(row.get(name)).as(name).isEqualTo(value);
          }
        });
    assertThat(Collections.unmodifiableSet(row.keySet()).toString())
        .isEqualTo(expected.keySet().toString());
  }

  @Test
  void a_list_is_an_array_where_the_server_wants_one() {
    StepResult step =
        passed(
            flows.step(
                "postgresql.query",
                "query: 'SELECT n FROM generate_series(1, 5) n WHERE n = ANY($1) ORDER BY n',"
                    + " params: [[2, 4, 9]]"));

    assertThat(step.result().get("rows")).isEqualTo(List.of(Map.of("n", 2L), Map.of("n", 4L)));
  }

  @Test
  void bytes_that_are_no_base64_are_told() {
    database.sql("CREATE TABLE bytes_only (raw bytea)");

    assertThat(flows.failure("postgresql.insert", "table: bytes_only, data: {raw: '!!'}").message())
        .startsWith("the parameter $1 is bytes, and its value is no base64:");
  }

  @Test
  void fields_have_names_and_types_and_equal_names_a_number() {
    StepResult step =
        passed(
            flows.step(
                "postgresql.query", "query: \"SELECT 1 AS id, 'x'::text AS id, now() AS w\""));

    assertThat(step.result().get("fields"))
        .isEqualTo(
            List.of(
                Map.of("name", "id", "type", "int4"),
                Map.of("name", "id_2", "type", "text"),
                Map.of("name", "w", "type", "timestamptz")));
    assertThat(((Map<?, ?>) step.result().get("first_row")).get("id_2")).isEqualTo("x");
  }

  @Test
  void a_large_value_passes_both_ways() {
    database.sql("CREATE TABLE large (v text)");
    StepResult step =
        passed(
            flows
                .run(
                    flows.written(
                        "long",
                        "postgresql.query",
                        "query: \"INSERT INTO large SELECT repeat('x', 10000000) RETURNING v\""),
                    flows.written(
                        "s",
                        "postgresql.query",
                        "query: 'SELECT length($1) AS n', params: ['${long.first_row.v}']"))
                .step("s"));

    assertThat(step.result().get("first_row")).isEqualTo(Map.of("n", 10_000_000L));
  }

  @Test
  void rows_beyond_the_limit_are_told() {
    StepResult cut =
        passed(
            flows.step(
                "postgresql.query", "query: 'SELECT * FROM generate_series(1, 9)', max_rows: 3"));
    StepResult whole =
        passed(
            flows.step(
                "postgresql.query", "query: 'SELECT * FROM generate_series(1, 3)', max_rows: 3"));

    assertThat(cut.result()).containsEntry("rowCount", 3L).containsEntry("truncated", true);
    assertThat(whole.result()).containsEntry("rowCount", 3L).containsEntry("truncated", false);
  }
}

package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

  private static Sql bound(String text, Object params) throws ActionException {
    SqlBuilder sql = new SqlBuilder(true);
    SqlText.of(text).addTo(sql, params, "\"query\"");
    return sql.build();
  }

  private static String jdbc(String text, Object... params) throws ActionException {
    return bound(text, List.of(params)).jdbc();
  }

  @Test
  void numbered_parameters_may_come_in_any_order_and_twice() throws Exception {
    Sql sql = bound("SELECT $2, $1, $2::text", List.of("a", "b"));

    assertThat(sql.jdbc()).isEqualTo("SELECT ?, ?, ?::text");
    assertThat(sql.values()).containsExactly("b", "a", "b");
  }

  @Test
  void question_marks_are_parameters_when_there_are_values() throws Exception {
    assertThat(jdbc("SELECT ?, ?||'x'", 1, 2)).isEqualTo("SELECT ?, ?||'x'");
    assertThat(jdbc("SELECT doc ? 'a'")).isEqualTo("SELECT doc ?? 'a'");
    assertThat(jdbc("SELECT doc ?? 'a', ?", 1)).isEqualTo("SELECT doc ?? 'a', ?");
    assertThat(jdbc("SELECT doc ?| array['a'], doc ?& $1", "b"))
        .isEqualTo("SELECT doc ??| array['a'], doc ??& ?");
    assertThat(jdbc("SELECT doc ? $1, doc @? '$.a'", "b"))
        .isEqualTo("SELECT doc ?? ?, doc @?? '$.a'");
  }

  @Test
  void named_parameters_take_a_map() throws Exception {
    Sql sql = bound("SELECT :who::text, :n, ':no', a[1:n], x := :who", Map.of("who", "w", "n", 3));

    assertThat(sql.jdbc()).isEqualTo("SELECT ?::text, ?, ':no', a[1:n], x := ?");
    assertThat(sql.values()).containsExactly("w", 3, "w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT '$1 ? :a'",
        "SELECT 'it''s $1'",
        "SELECT E'\\' $1'",
        "SELECT \"$1 :a\" FROM t",
        "SELECT 1 -- $1 :a",
        "SELECT 1 /* $1 /* :a */ $2 */",
        "SELECT $$ $1 ? $$",
        "SELECT $tag$ $1 $$ :a $tag$",
        "SELECT a$1 FROM t",
        "SELECT a::int, '10:30'::time",
        "SELECT 'never closed $1",
      })
  void nothing_in_literals_names_and_comments_is_a_parameter(String text) throws Exception {
    assertThat(jdbc(text)).isEqualTo(text);
    assertThat(bound(text, Map.of()).jdbc()).isEqualTo(text);
  }

  @Test
  void a_backslash_escapes_in_marked_literals_alone() throws Exception {
    assertThat(jdbc("SELECT '\\', $1", "a")).isEqualTo("SELECT '\\', ?");
    assertThat(jdbc("SELECT E'\\\\', $1", "a")).isEqualTo("SELECT E'\\\\', ?");
    assertThat(jdbc("SELECT name'\\', $1", "a")).isEqualTo("SELECT name'\\', ?");
  }

  @Test
  void values_and_parameters_have_to_fit() {
    assertThatThrownBy(() -> jdbc("SELECT $1, $2", "a"))
        .hasMessage("\"query\" has the parameter $2, and \"params\" has 1 value");
    assertThatThrownBy(() -> jdbc("SELECT $1", "a", "b"))
        .hasMessage("\"query\" uses no parameter $2, and \"params\" has 2 values");
    assertThatThrownBy(() -> jdbc("SELECT $0", "a"))
        .hasMessage("\"query\" has the parameter $0, and \"params\" has 1 value");
    assertThatThrownBy(() -> jdbc("SELECT $99999999999", "a"))
        .hasMessageContaining("\"params\" has 1 value");
    assertThatThrownBy(() -> jdbc("SELECT ?, ?", "a"))
        .hasMessage("\"query\" has 2 times \"?\", and \"params\" has 1 value");
    assertThatThrownBy(() -> jdbc("SELECT 1", "a"))
        .hasMessage("\"query\" has no parameter, and \"params\" has 1 value");
    assertThatThrownBy(() -> bound("SELECT :a", Map.of("b", 1)))
        .hasMessage("\"query\" has the parameter :a, and \"params\" no such key");
    assertThatThrownBy(() -> bound("SELECT :a", Map.of("a", 1, "b", 2)))
        .hasMessage("\"query\" uses no parameter :b");
    assertThatThrownBy(() -> bound("SELECT $1", Map.of("a", 1)))
        .hasMessage("\"query\" has $1, and \"params\" is a map");
  }

  @Test
  void the_servers_position_is_found_in_what_was_written() throws Exception {
    Sql sql = bound("SELECT $2, ?\nFROM x WHERE a = $1 AND b ?? 'c' AND naame = 1", List.of(1, 2));
    // The server gets: SELECT $1, ?\nFROM x WHERE a = $2 AND b ? 'c' AND naame = 1
    String sent = "SELECT $1, ?\nFROM x WHERE a = $2 AND b ? 'c' AND naame = 1";

    int position = sent.indexOf("naame") + 1;
    assertThat(sql.writtenPosition(position)).isEqualTo(sql.written().indexOf("naame") + 1);
    assertThat(sql.writtenPosition(0)).isZero();
    assertThat(sql.writtenPosition(10_000)).isZero();
  }

  @Test
  void positions_of_several_statements_are_not_known() throws Exception {
    assertThat(bound("SELECT 1; SELECT naame", null).writtenPosition(8)).isZero();
    assertThat(bound("SELECT naame;", null).writtenPosition(8)).isEqualTo(8);
  }

  @Test
  void a_text_is_split_at_the_semicolons_between_statements() {
    assertThat(
            new SqlScanner(
                    "-- first; comment\nCREATE TABLE a (b text DEFAULT ';');;\n"
                        + "DO $$ BEGIN x; END $$; /* end; */")
                .statements())
        .hasSize(2)
        .last()
        .asString()
        .contains("DO $$ BEGIN x; END $$");
    assertThat(new SqlScanner(" ; -- nothing\n ; ").statements()).isEmpty();
    assertThat(SqlScanner.firstWord("/* a */ -- b\n ( select 1)")).isEqualTo("SELECT");
  }

  @Test
  void statements_that_stay_in_the_session_are_known() {
    assertThat(touches("SELECT 1")).isFalse();
    assertThat(touches("UPDATE t SET a = 1")).isFalse();
    assertThat(touches("SELECT 1; set search_path = x")).isTrue();
    assertThat(touches("create temp table x (a int)")).isTrue();
    assertThat(touches("SELECT set_config('a', 'b', false)")).isTrue();
  }

  private static boolean touches(String text) {
    return StatementText.of(text).staysInSession();
  }
}

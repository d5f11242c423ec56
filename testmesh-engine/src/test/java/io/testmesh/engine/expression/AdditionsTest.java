package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the language has beyond expr-lang. */
class AdditionsTest {
  private static final String DATA =
      """
      {"body": {"id": 17, "name": "Ada", "gone": null, "tags": ["new", "important"], "price": 19.99,
        "users": [{"name": "Ada", "active": true, "age": 36}, {"name": "Bob", "active": false, "age": 40}],
        "prices": [10, 20.5, 30], "created_at": "2024-03-01T10:15:30Z"},
       "status": 200, "user_id": 17, "name": "Ada", "nothing": null, "text": " hä ", "length": 3,
       "get": {"uid": 5}, "user": {"uid": 2}, "a": 7, "b": 2}
      """;

  private final Sheet sheet = Sheet.of(DATA);

  @Test
  void exists_means_there_and_not_null() {
    sheet.holds("body.id exists", "not body.gone exists", "not body.nope exists");
    sheet.holdsNot(
        "unknown exists",
        "body.nope.deeper exists",
        "body.gone.x exists",
        "body.users[9] exists",
        "body[\"nope\"] exists",
        "nothing exists",
        "$.body.nope exists",
        "body.id.x exists");
  }

  @Test
  void is_asks_for_null_and_types() {
    sheet.holds(
        "nothing is null",
        "body.gone is nil",
        "body.id is not null",
        "body.nope is null",
        "body.id is number",
        "name is string",
        "body.users is array",
        "body is object",
        "body.users[0].active is boolean",
        "not name is number",
        "name is not number");
    sheet.holdsNot("body.id is string", "name is not string", "nothing is object");
  }

  @Test
  void null_is_nil() {
    sheet.holds("nothing == null", "null == nil", "body.id != null");
  }

  @Test
  void underscores_spell_the_text_operators_too() {
    sheet.holds(
        "name starts_with \"A\"",
        "name ends_with 'a'",
        "name not starts_with \"x\"",
        "name not ends_with \"x\"");
  }

  @Test
  void lists_contain_items() {
    sheet.holds(
        "body.tags contains \"important\"", "body.tags not contains \"import\"",
        "[1, 2.0] contains 2", "\"important\" contains \"port\"");
  }

  @Test
  void lists_and_texts_have_a_length() {
    sheet.holds(
        "body.tags.length == 2",
        "name.length == 3",
        "text.length == 4",
        "length == 3",
        "{length: 9}.length == 9",
        "name?.length == 3");
  }

  @Test
  void texts_have_methods() {
    assertThat(sheet.value("name.upper()")).isEqualTo("ADA");
    assertThat(sheet.value("name.lower()")).isEqualTo("ada");
    assertThat(sheet.value("text.trim()")).isEqualTo("hä");
    assertThat(sheet.value("body.name.upper().lower()")).isEqualTo("ada");
  }

  @Test
  void paths_are_operands() {
    sheet.holds(
        "$.body.id == 17",
        "$.body[\"name\"] == \"Ada\"",
        "$.body.users[?@.active == true].length == 1",
        "$.body.users.length == 2",
        "$.body.users[*].age.sum() == 76",
        "$.body.prices.sum() == 60.5",
        "$.body.prices[*].max() == 30",
        "$.body.prices.min() == 10",
        "$.body.users[*].age.avg() == 38",
        "$.body.name.upper() == \"ADA\"",
        "$.body.users[0].name == \"Ada\" and $.status < 300",
        "$..name contains \"Bob\"",
        "$.status==200",
        "len($.body.tags) > 1",
        "$.body.name.length == 3",
        "$ == $env",
        "$.body?.nope == nil");
    assertThat(sheet.value("$.body.users[?@.age > 36].name")).isEqualTo(List.of("Bob"));
    assertThat(sheet.value("$.body.nope[*]")).isEqualTo(List.of());
  }

  @Test
  void a_singular_path_without_a_node_is_like_a_missing_key() {
    assertThat(sheet.value("$.body.nope ?? 1")).isEqualTo(1L);
    sheet.holds("$.body.nope == null", "$.body.nope is null", "$.body?.nope is null");
    sheet.fails(
        "$.body.nmae == 1",
        "expression_failed",
        "$.body.nmae has no key \"nmae\" (it has id, name, gone, tags, price, users, prices, created_at)",
        "did you mean \"name\"?",
        "$.body.nmae");
    assertThat(sheet.failure("$.body.users[7].name"))
        .hasMessage("$.body.users[7].name matches nothing")
        .matches(ExpressionException::isAbsent);
    assertThat(sheet.failure("$.body.nmae == null")).hasMessageContaining("has no key \"nmae\"");
  }

  @Test
  void a_bad_path_is_found_without_data() {
    assertThat(sheet.failure("1 + $.a[").code()).isEqualTo("expression_syntax");
    assertThat(sheet.failure("1 + $.a[").start()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void placeholders_are_values_never_pasted_text() {
    sheet.holds(
        "body.id == ${user_id}",
        "{{user_id}} == body.id",
        "\"${user_id}\" == body.id",
        "body.name == \"${name}\"",
        "\"user ${name}\" == \"user \" + body.name",
        "`{{name}}` == name",
        "${body.id} + 1 == 18",
        "{{ body.users[0].name }} == name",
        "\"${user_id}${user_id}\" == \"1717\"",
        "${body}.id == 17",
        "'\\${x}' == \"$\" + \"{x}\"",
        "'\\{{x}}' == \"{\" + \"{x}}\"",
        "\"${unknown:none}\" == \"none\"",
        "${unknown:none} == \"none\"",
        "\"${name == \"Ada\" ? \"yes\" : \"no\"}\" == \"yes\"",
        "map([1], {{a: #}}) == [{a: 1}]",
        "map([1], {{user_id}} + #) == [18]",
        "map([1, 2], \"n${#}\") == [\"n1\", \"n2\"]",
        "map([1], {{\"k\": #, b: 2}})[0].k == 1",
        "map([1], {{}}) == [{}]");
    Sheet evil = Sheet.of("{\"evil\": \"Ada\\\" || true || \\\"\", \"name\": \"Ada\"}");
    evil.holdsNot("name == ${evil}", "name == \"${evil}\"", "name == \"{{evil}}\"");
  }

  @Test
  void instants_compare_by_time() {
    sheet.holds(
        "body.created_at > \"2024-01-01T00:00:00Z\"",
        "body.created_at == \"2024-03-01T12:15:30+02:00\"",
        "body.created_at in [\"2024-03-01T10:15:30.000Z\"]",
        "body.created_at < now()",
        "now() - duration(\"24h\") > body.created_at",
        "date(body.created_at) == body.created_at",
        "\"2024-03-01T10:15Z\" < body.created_at",
        "\"2024-01-01\" < \"2024-01-01T00:00:00Z\"");
    sheet.holdsNot(
        "body.created_at == \"2024-03-01T10:15:30\"",
        "\"2024-02-30T10:15:30Z\" == \"2024-03-01T10:15:30Z\"");
  }

  @Test
  void a_step_id_with_dashes_is_one_name_when_there_is_such_a_step() {
    assertThat(sheet.value("get.uid - user.uid")).isEqualTo(3L);
    assertThat(sheet.value("a-b")).isEqualTo(5L);
    Sheet steps =
        Sheet.of(
            """
            {"get-user": {"uid": 17}, "get": 5, "user": {"uid": 2}, "a": 7, "b": 2, "a-b-c": {"x": 1},
             "step-1": {"x": 3}, "c": 1}
            """,
            "get-user",
            "a-b-c",
            "step-1");
    steps.holds(
        "get-user.uid == 17",
        "get-user.uid * 2 == 34",
        "\"${get-user.uid}\" == 17",
        "a-b == 5",
        "a-b-c.x == 1",
        "a - b-c == 4",
        "get-user.uid - a-b-c.x == 16",
        "step-1.x == 3",
        "${get-user.uid:none} == 17",
        "get -user.uid == 3");
  }

  @Test
  void numbers_compare_exactly() {
    Sheet numbers =
        Sheet.of(
            "{\"n\": 9007199254740993, \"d\": 1.10, \"x\": 0.12345678901234567891, \"t\": \"42\"}");
    numbers.holds(
        "n == 9007199254740993",
        "n != 9007199254740992",
        "n > 9007199254740992.0",
        "d == 1.1",
        "x == x",
        "x != 0.12345678901234567",
        "t != 42",
        "{a: 1} == {a: 1.0}",
        "x + 1 > 1.12345678901234",
        "x == 0.12345678901234567891",
        "x < 0.12345678901234567892",
        "9223372036854775807 + 1 == 9223372036854775808",
        "-9223372036854775808 - 1 < -9223372036854775808",
        "123456789012345678901234567890 > n");
    numbers.holdsNot(
        "t == 42",
        "n == 9007199254740992",
        "123456789012345678901234567890 == 123456789012345678901234567891");
    assertThat(numbers.value("n + 1")).isEqualTo(9007199254740994L);
    assertThat(numbers.value("1e400")).isEqualTo(new java.math.BigDecimal("1e400"));
    assertThat(numbers.value("3 * 19.99")).isEqualTo(3 * 19.99);
    numbers.fails(
        "t < 43",
        "expression_failed",
        "the text \"42\" and the number 43 have no order",
        "float(…) makes a number of a text",
        "t < 43");
  }

  @Test
  void what_is_no_finite_number_is_an_error() {
    for (String expression :
        List.of(
            "1 / 0",
            "0 / 0",
            "1 % 0",
            "(1 / 0.0) > 2",
            "1e308 * 10",
            "1e308 + 1e308",
            "float(\"NaN\")",
            "float(\"Infinity\")",
            "(-7) ** 0.5",
            "0 ** -1",
            "sum([1e308, 1e308])",
            "reduce([1e308, 1e308], #acc + #)",
            "fromJSON(\"1e999\")")) {
      assertThat(sheet.failure(expression).code()).as(expression).isEqualTo("expression_failed");
    }
  }

  @Test
  void positions_in_texts_are_characters() {
    Sheet texts = Sheet.of("{\"emoji\": \"a😀b\", \"u\": \"héllo\"}");
    texts.holds(
        "indexOf(emoji, \"b\") == 2",
        "lastIndexOf(u, \"l\") == 3",
        "emoji[1:] == \"😀b\"",
        "emoji[1:2] == \"😀\"",
        "u[0:2] == \"hé\"",
        "u[-2:] == \"lo\"",
        "len(emoji) == 3",
        "\"\\ud83d\\ude00\" == \"😀\"",
        "\"｡\" < \"😀\"");
    texts.fails(
        "u[0]",
        "expression_failed",
        "u is the text \"héllo\", it has no items",
        "a part of a text is text[0:1]",
        "u[0]");
  }

  @Test
  void let_may_hide_names_and_functions() {
    sheet.holds(
        "let name = 1; name == 1",
        "let len = 2; len + 1 == 3 and ::len([1]) == 1",
        "let x = 1; (let x = 2; x) + x == 3");
    assertThat(sheet.failure("let len = 2; len([1])").code()).isEqualTo("expression_syntax");
  }

  @Test
  void a_variable_hides_the_function_of_its_name() {
    Sheet hidden = Sheet.of("{\"len\": 5, \"items\": [1]}");
    assertThat(hidden.failure("len(items)"))
        .hasMessage("\"len\" is a variable here, it cannot be called");
    hidden.holds("::len(items) == 1", "len == 5");
  }
}

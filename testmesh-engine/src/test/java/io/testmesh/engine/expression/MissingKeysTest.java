package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.HeaderMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A typing error never makes a condition hold. */
class MissingKeysTest {
  private final Sheet sheet =
      Sheet.of(
          """
          {"body": {"id": 1, "status": "ok", "total": 5, "nil": null, "items": [1], "user_name": "x"},
           "n": null, "list": [{"a": 1}, {"b": 2}], "USER_NAME": "ada"}
          """);

  @Test
  void an_absent_key_names_the_nearest_keys() {
    sheet.fails(
        "body.totl != 5",
        "expression_failed",
        "body has no key \"totl\" (it has id, status, total, nil, items, user_name)",
        "did you mean \"total\"?",
        "body.totl");
    assertThat(sheet.failure("body.totl")).matches(ExpressionException::isAbsent);
    assertThat(sheet.failure("body[\"xyz\"]").hint()).isNull();
    assertThat(sheet.failure("{}.x")).hasMessage("{} has no key \"x\" (it is empty)");
    assertThat(sheet.failure("$env[\"zzz\"]")).hasMessageContaining("has no key \"zzz\"");
    assertThat(sheet.failure("map(list, .a)")).hasMessageContaining("no key \"a\" (it has b)");
    assertThat(sheet.failure("groupBy([1], #).zzz")).hasMessageContaining("has no key \"zzz\"");
  }

  @Test
  void what_may_be_absent_is_asked_for_as_such() {
    sheet.holds(
        "body?.nope == nil",
        "body.nope?.x == nil",
        "(body.nope ?? 1) == 1",
        "body.nope == null",
        "nil == body.nope",
        "body.nope is null",
        "not (body.id is null)",
        "get(body, \"nope\") == nil",
        "not (\"nope\" in body)",
        "not (body.nope exists)",
        "(body.a?.b.c ?? 2) == 2",
        "body[\"nope\"] == null",
        "(body?.[\"nope\"] ?? 3) == 3",
        "unknown == null",
        "(unknown ?? 1) == 1",
        "(unknown?.x ?? 1) == 1",
        "n?.x.y.z == nil",
        "body.nope != null == false");
  }

  @Test
  void what_is_not_at_the_end_must_be_there() {
    for (String expression :
        List.of(
            "body.nope.x ?? 1",
            "body.nope.x == null",
            "body?.nope.x",
            "list[5] ?? 0",
            "list[5] == null",
            "list[5]?.a",
            "n.x ?? 1",
            "n.x == null",
            "unknown?.x",
            "unknown.x ?? 1")) {
      assertThat(sheet.failure(expression)).as(expression).isNotNull();
    }
  }

  @Test
  void null_is_not_compared_with_a_key_that_is_nearly_there() {
    for (String expression :
        List.of(
            "body.stauts == null",
            "body.Status == null",
            "nil != body.totals1",
            "body.userName is null",
            "body.ttal is not null",
            "body[\"totl\"] == nil",
            "body?.stauts == null",
            "USER_NAM == null")) {
      if (expression.contains("totals1")) {
        sheet.holdsNot(expression);
        continue;
      }
      assertThat(sheet.failure(expression))
          .as(expression)
          .hasMessageMatching(".*(no key|no variable).*");
    }
    sheet.holds("body.item == null", "body.error == null");
  }

  @Test
  void members_of_null_and_of_plain_values_are_errors() {
    sheet.fails(
        "n.x",
        "expression_failed",
        "n is null, it has no key \"x\"",
        "?. reads a key of what may be null",
        "n.x");
    sheet.fails(
        "body.id.x",
        "expression_failed",
        "body.id is the number 1, it has no key \"x\"",
        null,
        "body.id.x");
    sheet.fails(
        "list.a",
        "expression_failed",
        "list is a list of 2 items, it has no key \"a\"",
        "items are read by number, [0] is the first",
        "list.a");
    sheet.fails("list[2]", "expression_failed", "list has no item 2 (it has 2)", null, "list[2]");
    assertThat(sheet.failure("list[2]")).matches(ExpressionException::isAbsent);
  }

  @Test
  void a_member_of_json_that_came_as_text_says_how_it_is_read() {
    Sheet texts =
        Sheet.of("{\"map\": \"{\\\"a\\\": 1}\", \"items\": \" [1]\\n\", \"name\": \"{a\"}");

    assertThat(texts.failure("map.a").hint())
        .isEqualTo("it is JSON as text: fromJSON(map) reads it");
    texts.holds("fromJSON(map).a == 1");
    assertThat(texts.failure("map[\"a\"]").hint())
        .isEqualTo("it is JSON as text: fromJSON(map) reads it");
    assertThat(texts.failure("items[0]").hint())
        .isEqualTo("it is JSON as text: fromJSON(items) reads it");
    assertThat(texts.failure("name.a").hint()).isNull();
    assertThat(texts.failure("name[0]").hint()).isEqualTo("a part of a text is text[0:1]");
  }

  @Test
  void an_undefined_name_suggests_the_nearest() {
    sheet.fails(
        "1 + USER_NMAE",
        "undefined_variable",
        "there is no variable \"USER_NMAE\"",
        "did you mean \"USER_NAME\"?",
        "USER_NMAE");
    assertThat(sheet.failure("len").hint()).isEqualTo("len is a function: len(…)");
  }

  @Test
  void an_unknown_function_is_found_without_data() {
    sheet.fails(
        "1 + lenn(body)",
        "unknown_function",
        "there is no function \"lenn\"",
        "did you mean \"len\"?",
        "lenn");
    sheet.fails(
        "body.upcase()", "unknown_function", "there is no method \"upcase\"", null, "upcase");
    sheet.fails("len()", "expression_syntax", "len takes 1 argument, got 0", null, "len()");
  }

  @Test
  void header_maps_are_asked_not_searched() {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("headers", HeaderMap.copyOf(Map.of("Content-Type", "text/plain")));
    Sheet headers = Sheet.over(new MapEnvironment(data));
    headers.holds(
        "headers[\"content-type\"] == \"text/plain\"", "\"CONTENT-TYPE\" in headers",
        "get(headers, \"content-type\") exists", "headers[\"Content-Type\"] is not null");
    assertThat(headers.failure("headers.ContentType").hint())
        .isEqualTo("did you mean \"Content-Type\"?");
  }

  @Test
  void syntax_errors_say_what_was_expected() {
    sheet.fails("status == == 200", "expression_syntax", "unexpected ==", null, "==");
    sheet.fails("body.id = 1", "expression_syntax", "unexpected =", "== compares", "=");
    assertThat(sheet.failure("1 + ")).hasMessage("the expression ends too early");
    assertThat(sheet.failure("\"a").start()).isZero();
    sheet.fails(
        "nil ?? 1 + 2",
        "expression_syntax",
        "unexpected +",
        "put the part with ?? into parentheses",
        "+");
    sheet.fails(
        "a is nummer",
        "expression_syntax",
        "unexpected nummer",
        "after \"is\" comes null, number, string, boolean, array or object",
        "nummer");
    sheet.fails(
        "map([1], {a: #})",
        "expression_syntax",
        "unexpected :",
        "a predicate that gives a map has two braces: {{a: #}}",
        ":");
    sheet.fails(
        "x matches \"[+\"",
        "expression_syntax",
        "this is no regular expression: missing closing ]",
        null,
        "\"[+\"");
  }
}

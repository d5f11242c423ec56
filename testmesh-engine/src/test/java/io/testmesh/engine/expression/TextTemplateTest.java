package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTemplateTest {
  private final Sheet sheet =
      Sheet.of(
          """
          {"INT": 42, "BIG": 9007199254740993, "HUGE": 123456789012345678901234567890, "DEC": 19.99,
           "MILLION": 1000000.0, "SMALL": 0.0000001, "EXACT": 0.12345678901234567891,
           "BOOL": true, "LIST": [1, "two", {"a": 1}, null], "MAP": {"a": {"b": 1}}, "TEXT": "007",
           "NOTHING": null, "user": {"name": "Ada"}, "get-user": {"uid": 5}, "HOST": "h"}
          """,
          "get-user");

  @Test
  void one_placeholder_keeps_the_type() {
    assertThat(sheet.rendered("${INT}")).isEqualTo(42L);
    assertThat(sheet.rendered("{{INT}}")).isEqualTo(42L);
    assertThat(sheet.rendered("${ INT }")).isEqualTo(42L);
    assertThat(sheet.rendered("${LIST}"))
        .isEqualTo(Arrays.asList(1L, "two", Map.of("a", 1L), null));
    assertThat(sheet.rendered("${NOTHING}")).isNull();
    assertThat(sheet.rendered("{{ MAP.a.b }}")).isEqualTo(1L);
    assertThat(sheet.rendered("${TEXT}")).isEqualTo("007");
    assertThat(sheet.rendered("${date(\"2024-02-29\")}")).isEqualTo("2024-02-29T00:00:00Z");
    assertThat(sheet.rendered("${get-user.uid}")).isEqualTo(5L);
  }

  @Test
  void several_pieces_are_joined_as_text() {
    assertThat(sheet.rendered("n=${INT} d={{DEC}} b=${BOOL} m=${MILLION} x=${NOTHING}"))
        .isEqualTo("n=42 d=19.99 b=true m=1000000 x=null");
    assertThat(sheet.rendered("${BIG}/${HUGE}/${SMALL}/${EXACT}"))
        .isEqualTo("9007199254740993/123456789012345678901234567890/1e-7/0.12345678901234567891");
    assertThat(sheet.rendered("list: ${LIST}")).isEqualTo("list: [1,\"two\",{\"a\":1},null]");
    assertThat(sheet.rendered("${MAP} ")).isEqualTo("{\"a\":{\"b\":1}} ");
    assertThat(sheet.rendered("in ${duration(\"90m\")}")).isEqualTo("in 1h30m0s");
  }

  @Test
  void a_default_is_the_text_after_the_colon() {
    assertThat(sheet.rendered("${NOPE:fallback}")).isEqualTo("fallback");
    assertThat(sheet.rendered("${NOPE:http://localhost:8080/a}"))
        .isEqualTo("http://localhost:8080/a");
    assertThat(sheet.rendered("${NOPE:8080}")).isEqualTo("8080");
    assertThat(sheet.rendered("[${NOPE:}]")).isEqualTo("[]");
    assertThat(sheet.rendered("${INT:9}")).isEqualTo(42L);
    assertThat(sheet.rendered("${NOTHING:9}")).isNull();
    assertThat(sheet.rendered("x-${NOPE:don't}-y")).isEqualTo("x-don't-y");
    assertThat(sheet.rendered("{{NOPE:a b}}")).isEqualTo("a b");
    assertThat(sheet.rendered("${NOPE:{\"a\": {}}}")).isEqualTo("{\"a\": {}}");
    assertThat(sheet.rendered("${user.name:none}${user.mail:none}${user.mail.x:none}"))
        .isEqualTo("Adanonenone");
    assertThat(sheet.rendered("${no-such-step.uid:0}")).isEqualTo("0");
    assertThat(sheet.rendered("${LIST[1]:x}/${LIST[9]:x}")).isEqualTo("two/x");
    assertThat(sheet.rendered("${NOPE:\\n(}")).isEqualTo("\\n(");
  }

  @Test
  void a_colon_of_an_expression_is_no_default() {
    assertThat(sheet.rendered("${BOOL ? \"a\" : \"b\"}")).isEqualTo("a");
    assertThat(sheet.rendered("${LIST[0:1]}")).isEqualTo(List.of(1L));
    assertThat(sheet.rendered("${ {a: 1} }")).isEqualTo(Map.of("a", 1L));
    assertThat(sheet.rendered("{{ {a: {b: 1}} }}")).isEqualTo(Map.of("a", Map.of("b", 1L)));
    assertThat(sheet.rendered("${NOPE ?? \"x:y}\"}")).isEqualTo("x:y}");
    assertThat(sheet.rendered("${::len(LIST)}")).isEqualTo(4L);
  }

  @Test
  void backslashes_make_braces_literal() {
    assertThat(sheet.rendered("\\${INT}")).isEqualTo("${INT}");
    assertThat(sheet.rendered("\\{{INT}}")).isEqualTo("{{INT}}");
    assertThat(sheet.rendered("\\${INT} is ${INT} for $5 {x} \\d"))
        .isEqualTo("${INT} is 42 for $5 {x} \\d");
    assertThat(sheet.rendered("costs $5 and 100%")).isEqualTo("costs $5 and 100%");
  }

  @Test
  void a_placeholder_that_is_not_closed_is_marked_where_it_opens() {
    ExpressionException failure = sheet.templateFailure("ab ${INT + 1");
    assertThat(failure.code()).isEqualTo("expression_syntax");
    assertThat(failure).hasMessage("the placeholder that begins with ${ is not closed");
    assertThat(failure.hint()).isEqualTo("close it with }, or write \\${ for the characters");
    assertThat(failure.start()).isEqualTo(3);
    assertThat(sheet.templateFailure("{{INT}").start()).isZero();
    assertThat(sheet.templateFailure("x${}").start()).isEqualTo(1);
  }

  @Test
  void errors_count_from_the_beginning_of_the_text() {
    ExpressionException failure = sheet.templateFailure("http://${HOST}/${ USER_NMAE }");
    assertThat(failure.code()).isEqualTo("undefined_variable");
    assertThat(failure.start()).isEqualTo(18);
    assertThat(failure.end()).isEqualTo(27);
    assertThat(sheet.templateFailure("ab${1 +}").start()).isEqualTo(7);
  }

  @Test
  void placeholders_are_told_from_plain_texts() throws Exception {
    assertThat(TextTemplate.isDynamic("plain {x} $5")).isFalse();
    assertThat(TextTemplate.parse("plain").hasPlaceholders()).isFalse();
    assertThat(TextTemplate.parse("\\${x}").hasPlaceholders()).isFalse();
    assertThat(TextTemplate.parse("a${x}").hasPlaceholders()).isTrue();
    assertThat(TextTemplate.parse("a${x}").source()).isEqualTo("a${x}");
    assertThat(TextTemplate.parse("").render(new MapEnvironment(Map.of()))).isEqualTo("");
  }

  @Test
  void references_are_places_in_the_text() throws Exception {
    TextTemplate template = TextTemplate.parse("a ${user.name} {{X:1}} ${a-b.c}");
    assertThat(template.references())
        .containsExactly(
            new Expression.Reference("user", List.of("name"), 4, 13, false, 1),
            new Expression.Reference("X", List.of(), 17, 18, true, 0),
            new Expression.Reference("a", List.of(), 25, 26, false, 0),
            new Expression.Reference("b", List.of("c"), 27, 30, false, 1));
    assertThat(template.references("a-b"::equals))
        .contains(new Expression.Reference("a-b", List.of("c"), 25, 30, false, 1));
  }
}

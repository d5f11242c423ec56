package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a failed condition tells, and what the static checker learns. */
class ExplanationTest {
  private final Sheet sheet =
      Sheet.of(
          """
          {"status": 404, "user_id": 17, "name": "Ada",
           "body": {"id": 17, "total": 59.96, "ids": "17", "items": [{"n": 1}, {"n": 2, "x": 0}],
                    "users": [{"age": 36}, {"age": 12}]},
           "long": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaXbbb"}
          """);

  @Test
  void every_part_is_told_but_literals_the_whole_and_the_names_of_results() {
    assertThat(sheet.parts("3 * 19.99 == body.total"))
        .containsExactly("3 * 19.99 = 59.97", "body.total = 59.96");
    assertThat(sheet.parts("status == 200")).containsExactly("status = 404");
    assertThat(sheet.parts("body.items[1].n > 3 or status < 300"))
        .containsExactly(
            "body.items[1].n > 3 = false", "body.items[1].n = 2",
            "body.items[1] = {\"n\":2,\"x\":0}", "body.items = [{\"n\":1},{\"n\":2,\"x\":0}]",
            "status < 300 = false", "status = 404");
    assertThat(sheet.parts("len(body.items) == 3 and status == 1"))
        .containsExactly(
            "len(body.items) == 3 = false",
            "len(body.items) = 2",
            "body.items = [{\"n\":1},{\"n\":2,\"x\":0}]");
    assertThat(sheet.parts("body.id == ${user_id + 1}"))
        .containsExactly("body.id = 17", "${user_id + 1} = 18", "user_id = 17");
    assertThat(sheet.parts("\"id ${user_id}\" == name"))
        .contains("\"id ${user_id}\" = \"id 17\"", "name = \"Ada\"");
    assertThat(sheet.parts("not (body?.id == 18)"))
        .containsExactly("body?.id == 18 = false", "body?.id = 17");
    assertThat(sheet.parts("body.total > body.total - 1"))
        .containsExactly("body.total = 59.96", "body.total - 1 = 58.96");
    assertThat(sheet.parts("all(body.users, .age > 18)"))
        .containsExactly("body.users = [{\"age\":36},{\"age\":12}]");
    assertThat(sheet.parts("true")).isEmpty();
  }

  @Test
  void parts_are_told_as_far_as_evaluation_came() {
    assertThat(sheet.parts("body.id == 17 and body.nope > 3"))
        .containsExactly("body.id == 17 = true", "body.id = 17");
  }

  @Test
  void each_use_of_a_name_is_evaluated_once_also_when_observed() throws Exception {
    MapEnvironment environment = new MapEnvironment(Map.of("x", 1L, "list", List.of(1L, 2L, 3L)));
    Observations observations = new Observations();
    Expression.parse("x < 2 < 3 and x == 1 and len(list) == 3").evaluate(environment, observations);
    observations.values();
    observations.difference();
    environment.asked.removeIf("len"::equals);
    assertThat(environment.asked).containsExactly("x", "x", "list");
  }

  @Test
  void maps_and_lists_differ_line_by_line() {
    assertThat(sheet.difference("body.items == [{n: 1}, {n: 3, y: \"q\"}, 5]"))
        .containsExactly(
            "[1].n: 2 (number) instead of 3 (number)",
            "[1].y: missing, expected \"q\" (text)",
            "[1].x: unexpected, 0 (number)",
            "[2]: missing, expected 5 (number)");
    assertThat(sheet.difference("{age: 37, \"odd key\": 1} == body.users[0]"))
        .containsExactly(
            "age: 36 (number) instead of 37 (number)",
            "[\"odd key\"]: missing, expected 1 (number)");
    assertThat(sheet.difference("body.items == body.items")).isEmpty();
    assertThat(sheet.difference("body.id == 18")).isEmpty();
    assertThat(sheet.difference("body.items != body.items")).isEmpty();
  }

  @Test
  void the_comparison_that_decided_is_found_under_and_or_not() {
    assertThat(sheet.difference("status == 404 and (body.users == [] or body.items == [])"))
        .containsExactly(
            "[0]: unexpected, {\"n\":1} (map)", "[1]: unexpected, {\"n\":2,\"x\":0} (map)");
    assertThat(sheet.difference("let x = body.items; x == [{n: 1}]"))
        .containsExactly("[1]: unexpected, {\"n\":2,\"x\":0} (map)");
  }

  @Test
  void types_that_never_equal_are_said() {
    assertThat(sheet.difference("body.ids == 17"))
        .containsExactly(
            "body.ids is the text \"17\", the number 17: a text never equals a number");
    assertThat(sheet.difference("\"17\" == body.id"))
        .containsExactly("the text \"17\", body.id is the number 17: a text never equals a number");
    assertThat(sheet.difference("toPairs({a: 1}) == [[\"a\", 1]]"))
        .containsExactly("what toPairs, fromPairs and groupBy give equals only what they give");
    assertThat(sheet.difference("fromPairs([[\"a\", 1]]) == {a: 1}"))
        .singleElement()
        .asString()
        .contains("fromPairs");
  }

  @Test
  void long_texts_show_the_first_place_that_differs() {
    assertThat(sheet.difference("long == \"" + "a".repeat(90) + "\""))
        .containsExactly(
            "long: differs from character 84 on: \"…aaaaaaaaaaaaaaaaaaaaXbbb\" instead of"
                + " \"…aaaaaaaaaaaaaaaaaaaaaaaaaaa\"");
  }

  @Test
  void predicates_tell_the_item_that_decided() {
    assertThat(sheet.difference("all(body.users, .age > 18)"))
        .containsExactly(
            "body.users[1] is the first for which .age > 18 does not hold: {\"age\":12}");
    assertThat(sheet.difference("none(body.users, .age > 18)"))
        .containsExactly("body.users[0] is the first for which .age > 18 holds: {\"age\":36}");
    assertThat(sheet.difference("one(body.users, .age > 1)"))
        .containsExactly("body.users[1] is the second for which .age > 1 holds: {\"age\":12}");
    assertThat(sheet.difference("any(body.users, .age > 40) and true"))
        .containsExactly("there is no item of body.users for which .age > 40 holds, of 2");
  }

  @Test
  void references_have_names_members_and_places() throws Exception {
    assertThat(
            Expression.parse(
                    "body.user[\"id\"].x[0].y + len(a?.b) == f(c)".replace("f(c)", "abs(c)"))
                .references())
        .containsExactly(
            new Expression.Reference("body", List.of("user", "id", "x"), 0, 17, false, 3),
            new Expression.Reference("a", List.of("b"), 29, 33, false, 0),
            new Expression.Reference("c", List.of(), 42, 43, false, 0));
    assertThat(
            Expression.parse(
                    "a ?? b.c; d exists; e.f exists; g == null; h?.i ?? j; k[l] exists; ${m:1}")
                .references())
        .extracting(reference -> reference.name() + (reference.optional() ? "?" : ""))
        .containsExactly("a?", "b", "d?", "e?", "g?", "h?", "j", "k?", "l", "m?");
    assertThat(Expression.parse("let x = y; map(z, # + x + $env.q) | len()").references())
        .extracting(Expression.Reference::name)
        .containsExactly("y", "z");
  }

  @Test
  void paths_tell_the_first_key_that_they_read() throws Exception {
    assertThat(
            Expression.parse("$.status == 200 and $[\"body\"].x > len($.items) or $..x == $")
                .pathKeys())
        .containsExactly("status", "body", "items", "*", "*");
  }

  @Test
  void values_may_make_their_members_when_they_are_read() throws Exception {
    Map<String, Object> data = new HashMap<>();
    data.put("FAKER", new Made(List.of()));
    Sheet faker = Sheet.over(new MapEnvironment(new HashMap<>(data)));
    assertThat(faker.value("FAKER.name.first")).isEqualTo("made name.first");
    assertThat(faker.rendered("hi ${FAKER.name.first}!")).isEqualTo("hi made name.first!");
    faker.fails(
        "FAKER.name.frist",
        "expression_failed",
        "FAKER.name has no \"frist\"",
        "did you mean \"first\"?",
        "FAKER.name.frist");
    assertThat(faker.failure("FAKER.name"))
        .hasMessage("FAKER.name is a group of names, not a value");
  }

  private static final class Made extends Members {
    private final List<String> path;

    Made(List<String> path) {
      this.path = path;
    }

    @Override
    public Object member(String name) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      if (longer.size() == 1) {
        return new Made(longer);
      }
      return name.equals("first") ? "made " + String.join(".", longer) : Environment.ABSENT;
    }

    @Override
    public Collection<String> names() {
      return List.of("first", "last");
    }
  }
}

package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that an author writes hangs, overflows the stack or eats the memory. */
class BoundsTest {
  private static final String DATA =
      "{\"a\": 1, \"t\": \"aaaaaaaaaa\", \"list\": [1, 2, 3], \"m\": {\"a\": {\"a\": 1}}}";

  private final Sheet sheet = Sheet.of(DATA);

  @Test
  void nesting_over_500_is_a_syntax_error() {
    for (String open :
        List.of("(", "[", "-", "not ", "{a:", "len(", "a ? ", "map(list, ", "${", "a[")) {
      for (int depth : new int[] {501, 100_000}) {
        ExpressionException failure = sheet.failure(open.repeat(depth) + "1");
        assertThat(failure.code()).as(open).isEqualTo("expression_syntax");
      }
    }
    String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    assertThat(sheet.failure(deep)).hasMessage("the expression is nested deeper than 500 levels");
    assertThat(sheet.value("(".repeat(400) + "1" + ")".repeat(400))).isEqualTo(1L);
    assertThat(sheet.value("[".repeat(400) + "]".repeat(400))).isInstanceOf(List.class);
  }

  @Test
  @Tag("endurance")
  void long_chains_are_fine_or_a_syntax_error() {
    assertThat(sheet.value("a" + "+a".repeat(100_000))).isEqualTo(100_001L);
    assertThat(sheet.value("t" + "+t".repeat(50_000))).asString().hasSize(500_010);
    assertThat(sheet.value("true" + " and true".repeat(50_000))).isEqualTo(true);
    assertThat(sheet.value("1" + "*1".repeat(50_000))).isEqualTo(1L);
    assertThat(sheet.value("1" + "<= 1".repeat(50_000))).isEqualTo(true);
    assertThat(sheet.value("[" + "1,".repeat(100_000) + "]")).isInstanceOf(List.class);
    for (String link :
        List.of(".a", "[0]", "?.a", " | len()", " ?? 1", " == 1", " .. 1", "**1", " ? 1 : 1")) {
      ExpressionException failure = sheet.failure("m" + link.repeat(100_000));
      assertThat(failure.code()).as(link).isEqualTo("expression_syntax");
    }
  }

  @Test
  @Tag("endurance")
  @Timeout(20)
  void endless_work_is_stopped_within_seconds() {
    for (String expression :
        List.of(
            "count(1..1000000, any(1..1000000, # < 0))",
            "any(1..1000000, (1..1000000)[0:999999] != 1..999999)",
            "reduce(1..1000000, #acc * 3, 7)",
            "any(1..1000000, repeat(\"a\", 10000) matches \"(a|a)*b\")")) {
      long start = System.nanoTime();
      ExpressionException failure = sheet.failure(expression);
      assertThat(failure.code()).as(expression).isEqualTo("expression_failed");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(expression)
          .isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  @Tag("endurance")
  void sizes_are_bounded() {
    for (String expression :
        List.of(
            "1..1000000000000",
            "-9223372036854775808..9223372036854775807",
            "repeat(\"a\", 100000000)",
            "map(1..999999, repeat(\"a\", #))",
            "reduce(1..100, #acc + #acc, t)",
            "map(1..1000, 1..1000000 | map(#))",
            "reduce(1..64, concat(#acc, #acc), list)",
            "reduce(1..100, #acc * #acc, 10)",
            "1e999999999 + 1",
            "reduce(1..100000, [#acc], 1)",
            "replace(repeat(\"a\", 1000000), \"\", repeat(\"b\", 1000))",
            "a ** 99999 > 0 and 10 ** 400 > 0",
            "len(toJSON(reduce(1..100000, [#acc], 1)))",
            "reduce(1..100000, [#acc], 1) == 2 or true")) {
      if (expression.endsWith("or true")) {
        assertThat(sheet.value(expression)).isEqualTo(true);
        continue;
      }
      assertThat(sheet.failure(expression).code()).as(expression).isEqualTo("expression_failed");
    }
    assertThat(sheet.failure("flatten(reduce(1..100000, [#acc], 1))")).isNotNull();
  }

  @Test
  void regular_expressions_take_linear_time() {
    assertThat(sheet.value("\"" + "a".repeat(5000) + "b\" matches \"^(a+)+$\"")).isEqualTo(false);
    tryOut("t matches \"" + "(".repeat(4900) + ")".repeat(4900) + "\"");
    assertThat(sheet.failure("t matches \"((a{1,1000}){1,1000}){1,1000}\""))
        .hasMessage("this is no regular expression: its repetitions make it too large");
    assertThat(sheet.failure("t matches t + \"(((x{9}){9}){9}){99}\"")).isNotNull();
    sheet.holds(
        "t matches `^[a{9}]{1,10}$`", "t matches `(a{2}){5}`", "\"{2}\" matches `\\{2}|x{y}`");
    assertThat(sheet.failure("\"ab\" matches \"a(?=b)\"").code()).isEqualTo("expression_syntax");
  }

  @Test
  @Tag("endurance")
  @Timeout(60)
  void broken_expressions_never_do_worse_than_an_error() throws Exception {
    List<String> sources = new ArrayList<>();
    for (ExpressionCases.Case one : ExpressionCases.shared().all) {
      sources.add(one.text("expr"));
    }
    String[] soup =
        ("a t list m nope len map filter reduce all is not null number exists in and or matches contains let"
                + " if else true nil # #acc #index . ?. ?? ? : :: ; , + - * / % ** ^ .. == != < <= > >= = | ||"
                + " && ! ( ) [ ] { } {{ }} ${ $ $. $.a $[0] $env 1 2.5 .5 0x1F 1e9 99999999999999999999 \"x\" 'y'"
                + " `z` \"${a}\" \"{{a}}\" b\"x\" \"a a-b upper() .length starts_with // /* */ \\ @ é 😀")
            .split(" ");
    Random random = new Random(42);
    for (int round = 0; round < 12_000; round++) {
      StringBuilder text = new StringBuilder();
      if (round % 3 == 0) {
        for (int i = random.nextInt(12) + 1; i > 0; i--) {
          text.append(soup[random.nextInt(soup.length)]).append(random.nextInt(3) == 0 ? "" : " ");
        }
      } else {
        text.append(sources.get(random.nextInt(sources.size())));
        for (int i = random.nextInt(3) + 1; i > 0 && text.length() > 0; i--) {
          mutate(text, soup, random);
        }
      }
      tryOut(text.toString());
    }
  }

  private static void mutate(StringBuilder text, String[] soup, Random random) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, soup[random.nextInt(soup.length)]);
      case 2 -> text.setLength(at);
      default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
    }
  }

  private static void tryOut(String text) {
    MapEnvironment environment =
        new MapEnvironment(
            java.util.Map.of(
                "a", 1L, "t", "text", "list", List.of(1L, 2.5), "m", java.util.Map.of()),
            "a-b");
    try {
      Observations observations = new Observations();
      Expression expression = Expression.parse(text);
      expression.references();
      expression.references("a-b"::equals);
      try {
        ValueTypes.tagged(expression.evaluate(environment, observations));
      } finally {
        observations.values();
        observations.difference();
      }
    } catch (ExpressionException expected) {
      if (expected.start() < 0
          || expected.end() < expected.start()
          || expected.start() > text.length()) {
        fail("a place outside of %s: %s to %s", text, expected.start(), expected.end());
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(text, e);
    }
    try {
      TextTemplate.parse("x ${" + text + "} y").render(environment);
    } catch (ExpressionException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("template of " + text, e);
    }
  }
}

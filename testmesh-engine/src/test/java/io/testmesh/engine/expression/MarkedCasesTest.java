package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases in which our language answers otherwise than expr-lang, by the kind of difference. */
class MarkedCasesTest {
  private static final Object FAILED = new Object();

  private final ExpressionCases cases = ExpressionCases.shared();

  @Test
  void what_is_wrong_is_an_error() {
    for (String code : List.of("missing-key", "not-finite", "regex-flavour", "builtin-as-value")) {
      check(code, (one, value) -> value == FAILED);
    }
  }

  @Test
  void types_are_not_known_ahead() {
    check("static-equality", MarkedCasesTest::isUnchecked);
    check("static-types", (one, value) -> value == FAILED || isUnchecked(one, value));
    check("lenient", (one, value) -> value == FAILED || isRecorded(one, value));
  }

  @Test
  void comparisons_are_exact_and_by_time() {
    check("numbers-by-value", MarkedCasesTest::isOpposite);
    check("instants", MarkedCasesTest::isOpposite);
  }

  @Test
  void whole_numbers_never_wrap_around() {
    check(
        "overflow",
        (one, value) ->
            value != FAILED && "int".equals(ValueTypes.type(value)) && !isRecorded(one, value));
  }

  @Test
  void what_expr_lang_refuses_has_a_value() {
    for (String code :
        List.of(
            "let-shadowing",
            "index-pointer",
            "superset-is",
            "superset-exists",
            "superset-null",
            "superset-list-contains",
            "superset-spelling",
            "superset-text-methods",
            "superset-jsonpath")) {
      check(code, (one, value) -> value != FAILED);
    }
    check(
        "superset-length",
        (one, value) -> one.text("expr").contains("m.length") == (value == FAILED));
    check(
        "superset-placeholder",
        (one, value) -> one.text("expr").equals("\"${x}\"") == (value == FAILED));
    check(
        "undefined-name",
        (one, value) ->
            one.text("expr").contains("??") ? Long.valueOf(1).equals(value) : value == FAILED);
  }

  @Test
  void times_have_the_methods_of_go() {
    check("go-time", MarkedCasesTest::isRecorded);
  }

  @Test
  void texts_of_values_have_no_exponents_and_no_html_escapes() {
    check(
        "go-format",
        (one, value) ->
            isRecorded(one, value)
                || value instanceof String text
                    && (text.equals("\"<&>\"")
                        || text.equals("UTC")
                        || text.matches("[0-9]+|0.000001|1e-7"))
                || value instanceof List<?>);
  }

  @Test
  void json_keeps_whole_numbers() {
    check("json-numbers", (one, value) -> one.text("expr").contains("1e400") == (value == FAILED));
  }

  private void check(String code, BiPredicate<ExpressionCases.Case, @Nullable Object> right) {
    List<String> wrong = new ArrayList<>();
    List<ExpressionCases.Case> all = cases.differing(code);
    for (ExpressionCases.Case one : all) {
      Object value = value(one);
      if (!right.test(one, value)) {
        wrong.add(one.text("expr") + " gives " + (value == FAILED ? "an error" : value));
      }
    }
    assertThat(all).as(code).isNotEmpty();
    assertThat(wrong).as(code).isEmpty();
  }

  private @Nullable Object value(ExpressionCases.Case one) {
    try {
      return Expression.parse(one.text("expr")).evaluate(cases.environment(one));
    } catch (ExpressionException e) {
      return FAILED;
    }
  }

  private static boolean isRecorded(ExpressionCases.Case one, @Nullable Object value) {
    return ExpressionCases.judge(value, one.text("type"), one.fields().get("value")) == null;
  }

  private static boolean isUnchecked(ExpressionCases.Case one, @Nullable Object value) {
    Map<String, @Nullable Object> unchecked = ExpressionCases.map(one.fields().get("unchecked"));
    return ExpressionCases.judge(
            value, String.valueOf(unchecked.get("type")), unchecked.get("value"))
        == null;
  }

  private static boolean isOpposite(ExpressionCases.Case one, @Nullable Object value) {
    return value instanceof Boolean bool && !bool.equals(one.fields().get("value"));
  }
}

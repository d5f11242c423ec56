package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.engine.value.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data with expressions over it: what they give, or how they fail. */
final class Sheet {
  private final Environment environment;

  private Sheet(Environment environment) {
    this.environment = environment;
  }

  static Sheet of(String json, String... stepIds) {
    try {
      Map<String, @Nullable Object> data = ExpressionCases.map(JsonText.SHARED.parse(json));
      return new Sheet(new MapEnvironment(data, stepIds));
    } catch (ActionException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Sheet over(Environment environment) {
    return new Sheet(environment);
  }

  /** The value, tagged as in the conformance cases. */
  @Nullable Object value(String expression) {
    try {
      return ValueTypes.tagged(Expression.parse(expression).evaluate(environment));
    } catch (ExpressionException e) {
      throw new AssertionError(expression + ": " + e.getMessage(), e);
    }
  }

  /** Checks several expressions that hold. */
  void holds(String... expressions) {
    for (String expression : expressions) {
      assertThat(value(expression)).as(expression).isEqualTo(true);
    }
  }

  /** Checks several expressions that are false. */
  void holdsNot(String... expressions) {
    for (String expression : expressions) {
      assertThat(value(expression)).as(expression).isEqualTo(false);
    }
  }

  ExpressionException failure(String expression) {
    ExpressionException failure =
        catchThrowableOfType(
            ExpressionException.class, () -> Expression.parse(expression).evaluate(environment));
    assertThat(failure).as(expression).isNotNull();
    return failure;
  }

  /** Checks the whole of an error: code, message, hint, and the marked part. */
  void fails(String expression, String code, String message, @Nullable String hint, String marked) {
    ExpressionException failure = failure(expression);
    assertThat(failure).hasMessage(message);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).isEqualTo(hint);
    assertThat(expression.substring(failure.start(), failure.end())).isEqualTo(marked);
  }

  /** The observed parts as {@code part = value}. */
  List<String> parts(String expression) {
    List<String> parts = new ArrayList<>();
    observe(expression)
        .values()
        .forEach(
            value -> parts.add(value.expression() + " = " + JsonText.SHARED.render(value.value())));
    return parts;
  }

  List<String> difference(String expression) {
    return observe(expression).difference();
  }

  private Observations observe(String expression) {
    Observations observations = new Observations();
    try {
      Expression.parse(expression).evaluate(environment, observations);
    } catch (ExpressionException e) {
      assertThat(e).hasMessageNotContaining("io.testmesh");
    }
    return observations;
  }

  @Nullable Object rendered(String template) {
    try {
      return TextTemplate.parse(template).render(environment);
    } catch (ExpressionException e) {
      throw new AssertionError(template + ": " + e.getMessage(), e);
    }
  }

  ExpressionException templateFailure(String template) {
    return catchThrowableOfType(
        ExpressionException.class, () -> TextTemplate.parse(template).render(environment));
  }
}

package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.CompiledAssertion;
import io.testmesh.engine.check.Places;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.Observations;
import io.testmesh.engine.expression.ValueTypes;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.scope.Recording;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Failure;
import io.testmesh.result.ObservedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates assertions, each once, and says what it found. Belongs to one attempt. */
final class AssertionCheck {
  private final CheckedStep step;
  private final Masking masking;
  private List<AssertionResult> results = List.of();
  private @Nullable Failure failure;

  AssertionCheck(CheckedStep step, Masking masking) {
    this.step = step;
    this.masking = masking;
  }

  /** What was found so far, in order. */
  List<AssertionResult> results() {
    return results;
  }

  /** Why the step fails: the first list that does not hold; null when all do. */
  @Nullable Failure failure() {
    return failure;
  }

  /**
   * Evaluates all of the assertions, also after one that does not hold.
   *
   * @return the results of these
   */
  List<AssertionResult> check(List<CompiledAssertion> assertions, Environment environment) {
    int first = results.size();
    if (first == 0) {
      results = new ArrayList<>(assertions.size());
    }
    boolean anyWanted = false;
    boolean anyHolds = false;
    AssertionResult firstAny = null;
    String firstAnyCode = "";
    for (CompiledAssertion assertion : assertions) {
      Checked checked = evaluate(assertion, environment);
      results.add(checked.result);
      if (assertion.kind() == AssertionResult.Kind.ANY) {
        anyWanted = true;
        anyHolds |= checked.result.passed();
        if (firstAny == null) {
          firstAny = checked.result;
          firstAnyCode = checked.code;
        }
      } else if (!checked.result.passed() && failure == null) {
        failure = failure(checked.code, message(checked.result), checked.result);
      }
    }
    if (anyWanted && !anyHolds && failure == null && firstAny != null) {
      failure = failure(firstAnyCode, "none of the list assert_any holds", firstAny);
    }
    return List.copyOf(results.subList(first, results.size()));
  }

  /** Evaluates assertions that are not the step's: nothing fails and nothing is recorded. */
  List<AssertionResult> explain(List<CompiledAssertion> assertions, Environment environment) {
    List<AssertionResult> found = new ArrayList<>(assertions.size());
    for (CompiledAssertion assertion : assertions) {
      found.add(evaluate(assertion, environment).result);
    }
    return found;
  }

  /** Records what another check found, whose failure does not count here. */
  void record(List<AssertionResult> others) {
    List<AssertionResult> all = new ArrayList<>(others);
    all.addAll(results);
    results = all;
  }

  private Checked evaluate(CompiledAssertion assertion, Environment environment) {
    Observations observations = new Observations();
    Object value;
    try {
      value = assertion.expression().evaluate(environment, observations);
    } catch (ExpressionException e) {
      return notEvaluated(assertion, environment, observations, e);
    }
    boolean wanted = assertion.kind() != AssertionResult.Kind.NONE;
    if (value instanceof Boolean holds) {
      return holds == wanted
          ? new Checked("", passed(assertion, observations))
          : new Checked(
              "assertion_failed", failed(assertion, environment, observations, null, null, null));
    }
    Object shown = new Recording(masking).keep(JsonValues.copy(ValueTypes.toJson(value)));
    String found =
        "the expression gives " + ValueWords.of(shown) + ", where true or false is wanted";
    return new Checked(
        "expression_failed",
        failed(
            assertion,
            environment,
            observations,
            found,
            "compare it with something: " + expression(assertion) + " == …",
            null));
  }

  private Checked notEvaluated(
      CompiledAssertion assertion,
      Environment environment,
      Observations observations,
      ExpressionException e) {
    List<String> excerpt = Places.of(e, assertion.assertion().source(), 0).excerpt();
    return new Checked(
        "expression_failed",
        failed(
            assertion,
            environment,
            observations,
            masking.mask(String.valueOf(e.getMessage())),
            masking.maskOptional(e.hint()),
            excerpt));
  }

  private AssertionResult passed(CompiledAssertion assertion, Observations observations) {
    return new AssertionResult(
        assertion.kind(),
        expression(assertion),
        assertion.message().isConstant()
            ? masking.maskOptional(assertion.assertion().message())
            : null,
        true,
        span(assertion),
        values(observations),
        null,
        null,
        List.of(),
        List.of());
  }

  private AssertionResult failed(
      CompiledAssertion assertion,
      Environment environment,
      Observations observations,
      @Nullable String problem,
      @Nullable String hint,
      @Nullable List<String> excerpt) {
    SourceTree source = assertion.assertion().source();
    List<String> difference = new ArrayList<>();
    for (String line : observations.difference()) {
      difference.add(masking.mask(line));
    }
    return new AssertionResult(
        assertion.kind(),
        expression(assertion),
        message(assertion, environment),
        false,
        span(assertion),
        values(observations),
        problem,
        hint,
        difference,
        masking.maskLines(excerpt == null ? source.excerpt(span(assertion)) : excerpt));
  }

  private String expression(CompiledAssertion assertion) {
    return masking.mask(assertion.assertion().expression());
  }

  private static SourceSpan span(CompiledAssertion assertion) {
    return assertion.assertion().source().within(0, assertion.assertion().expression().length());
  }

  private List<ObservedValue> values(Observations observations) {
    List<ObservedValue> seen = observations.values();
    if (seen.isEmpty()) {
      return seen;
    }
    Recording recording = new Recording(masking);
    List<ObservedValue> kept = new ArrayList<>(seen.size());
    for (ObservedValue value : seen) {
      kept.add(
          new ObservedValue(
              masking.mask(value.expression()), recording.keep(JsonValues.copy(value.value()))));
    }
    return kept;
  }

  /** The author's words; when they cannot be filled in, as they were written. */
  private @Nullable String message(CompiledAssertion assertion, Environment environment) {
    try {
      Object message = assertion.message().render(environment);
      return message == null ? null : masking.mask(ValueWords.text(message));
    } catch (TemplateException e) {
      return masking.maskOptional(assertion.assertion().message());
    }
  }

  private static String message(AssertionResult result) {
    if (result.message() != null) {
      return result.message();
    }
    if (result.problem() != null) {
      return result.problem();
    }
    String words =
        result.kind() == AssertionResult.Kind.NONE ? " holds and must not" : " does not hold";
    String seen = seen(result);
    return result.expression() + words + (seen.isEmpty() ? "" : ": " + seen);
  }

  /** The values of the first parts of an assertion, for people; may be empty. */
  static String seen(AssertionResult result) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.values().size() && i < 4; i++) {
      ObservedValue value = result.values().get(i);
      text.append(i == 0 ? "" : ", ")
          .append(value.expression())
          .append(" is ")
          .append(ValueWords.of(value.value()));
    }
    return text.toString();
  }

  private Failure failure(String code, String message, AssertionResult result) {
    SourceSpan span = result.span();
    return Failure.builder(code, message)
        .step(step.id())
        .span(span.isKnown() ? span : step.span())
        .hint(result.hint())
        .excerpt(result.excerpt())
        .build();
  }

  private record Checked(String code, AssertionResult result) {}
}

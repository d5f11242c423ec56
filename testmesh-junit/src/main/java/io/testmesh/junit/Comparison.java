package io.testmesh.junit;

import io.testmesh.result.AssertionResult;
import io.testmesh.result.FlowResult;
import io.testmesh.result.ObservedValue;
import io.testmesh.result.ResultNode;
import io.testmesh.result.StepResult;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a failed comparison, which IDEs show beside each other.
 *
 * @param expected what stands right of {@code ==}
 * @param actual what stands left of it
 */
record Comparison(@Nullable Object expected, @Nullable Object actual) {

  /** The sides, when a flow failed at one plain {@code ==}; null otherwise. */
  static @Nullable Comparison of(FlowResult flow) {
    String step = flow.failure().flatMap(failure -> failure.step()).orElse(null);
    if (step == null || !flow.failure().get().code().equals("assertion_failed")) {
      return null;
    }
    StepResult failed = find(flow.steps(), step);
    if (failed == null) {
      return null;
    }
    for (AssertionResult assertion : failed.assertions()) {
      if (assertion.span().equals(flow.failure().get().span()) && !assertion.passed()) {
        return assertion.kind() == AssertionResult.Kind.ALL ? of(assertion) : null;
      }
    }
    return null;
  }

  private static @Nullable StepResult find(List<ResultNode> nodes, String id) {
    for (ResultNode node : nodes) {
      if (node instanceof StepResult step && step.id().equals(id) && step.failure().isPresent()) {
        return step;
      }
      StepResult below = find(node.children(), id);
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  private static @Nullable Comparison of(AssertionResult assertion) {
    String expression = assertion.expression();
    int at = expression.indexOf("==");
    if (at < 0 || expression.indexOf("==", at + 2) >= 0) {
      return null;
    }
    Side actual = side(expression.substring(0, at).trim(), assertion.values());
    Side expected = side(expression.substring(at + 2).trim(), assertion.values());
    return actual == null || expected == null ? null : new Comparison(expected.value, actual.value);
  }

  private static @Nullable Side side(String written, List<ObservedValue> values) {
    for (ObservedValue observed : values) {
      if (observed.expression().equals(written)) {
        return new Side(observed.value());
      }
    }
    return literal(written);
  }

  /** A text without escapes, a number, true, false or null; null for everything else. */
  private static @Nullable Side literal(String written) {
    switch (written) {
      case "true":
        return new Side(true);
      case "false":
        return new Side(false);
      case "nil", "null":
        return new Side(null);
      default:
        break;
    }
    int last = written.length() - 1;
    if (last > 0 && (written.charAt(0) == '"' || written.charAt(0) == '\'')) {
      String inner = written.substring(1, last);
      boolean plain =
          written.charAt(last) == written.charAt(0)
              && inner.indexOf('\\') < 0
              && inner.indexOf(written.charAt(0)) < 0;
      return plain ? new Side(inner) : null;
    }
    try {
      BigDecimal number = new BigDecimal(written);
      return number.scale() == 0 && written.length() < 18
          ? new Side(number.longValueExact())
          : new Side(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private record Side(@Nullable Object value) {}
}

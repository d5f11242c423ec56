package io.testmesh.result;

import io.testmesh.flow.SourceSpan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one evaluation of an assertion.
 *
 * @param kind the list that it stands in
 * @param expression the expression as it was written
 * @param message the author's message, placeholders filled in; null where there is none
 * @param passed whether the assertion did what its list asks for: in {@code assert_none}, not
 *     holding
 * @param span the place of the expression
 * @param values what its parts were, in the order of the source
 * @param problem why it could not be evaluated, or null
 * @param hint what to do about it, or null
 * @param difference how the two sides of the deciding comparison differ, line by line; empty where
 *     the values say enough
 * @param excerpt the source lines with the expression marked; empty when it passed
 * @since 0.1
 */
public record AssertionResult(
    Kind kind,
    String expression,
    @Nullable String message,
    boolean passed,
    SourceSpan span,
    List<ObservedValue> values,
    @Nullable String problem,
    @Nullable String hint,
    List<String> difference,
    List<String> excerpt) {

  /** Checks that the parts are present and copies the lists. */
  public AssertionResult {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(span, "span");
    values = List.copyOf(values);
    difference = List.copyOf(difference);
    excerpt = List.copyOf(excerpt);
  }

  /** The list that an assertion stands in. */
  public enum Kind {
    /** It must hold. */
    ALL("assert"),
    /** At least one of its list must hold. */
    ANY("assert_any"),
    /** It must not hold. */
    NONE("assert_none");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** The list's key in a flow file. */
    public String key() {
      return key;
    }
  }
}

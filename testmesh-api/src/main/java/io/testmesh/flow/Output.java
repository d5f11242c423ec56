package io.testmesh.flow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that a step keeps under a name.
 *
 * @param expression a JSONPath ({@code $…}) or an expression over the step's result, as it was
 *     written
 * @param hasDefault whether nothing found is answered with {@code defaultValue} instead of a
 *     failure
 * @param defaultValue a JSON-like value, null included
 * @param source where the expression stands
 * @since 0.1
 */
public record Output(
    String expression, boolean hasDefault, @Nullable Object defaultValue, SourceTree source) {

  /** Checks that the parts are present. */
  public Output {
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(source, "source");
  }

  /** An output made in Java, without a default. */
  public static Output of(String expression) {
    return new Output(expression, false, null, SourceTree.NONE);
  }
}

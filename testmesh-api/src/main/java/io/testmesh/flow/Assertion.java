package io.testmesh.flow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expression that has to hold.
 *
 * @param expression the expression as it was written
 * @param message what to tell people when it does not hold, or null; may hold placeholders
 * @param source where the expression stands
 * @since 0.1
 */
public record Assertion(String expression, @Nullable String message, SourceTree source) {

  /** Checks that the parts are present. */
  public Assertion {
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(source, "source");
  }

  /** An assertion made in Java, without a message. */
  public static Assertion of(String expression) {
    return new Assertion(expression, null, SourceTree.NONE);
  }
}

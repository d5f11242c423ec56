package io.testmesh.result;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a part of an expression was when the expression was evaluated.
 *
 * @param expression the part as it was written
 * @param value its JSON-like value, secrets masked
 * @since 0.1
 */
public record ObservedValue(String expression, @Nullable Object value) {

  /** Checks that the expression is present. */
  public ObservedValue {
    Objects.requireNonNull(expression, "expression");
  }
}

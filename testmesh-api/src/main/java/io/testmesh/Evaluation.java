package io.testmesh;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an expression: a value, or an error.
 *
 * @since 0.1
 */
public sealed interface Evaluation {

  /**
   * The expression has a value.
   *
   * @param type nil, bool, int, float, string, list, map, time, duration, timezone or bytes
   * @param value the value as JSON-like data; what JSON lacks is wrapped: {@code {"$time": text}}
   */
  record Value(String type, @Nullable Object value) implements Evaluation {}

  /**
   * The expression has no value.
   *
   * @param phase {@code parse} when that is so with any data, else {@code run}
   * @param code the stable code
   * @param message what was found and what was expected
   * @param hint what to do about it, or null
   * @param line line in the expression, from 1
   * @param column column in the expression, from 1
   * @param length how many characters are wrong, at least 1
   */
  record Error(
      String phase,
      String code,
      String message,
      @Nullable String hint,
      int line,
      int column,
      int length)
      implements Evaluation {}
}

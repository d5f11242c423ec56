package io.testmesh.engine.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An expression that cannot be parsed or has no value. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The code of a text that is no expression. */
  public static final String SYNTAX = "expression_syntax";

  /** The code of a name that nobody knows. */
  public static final String UNDEFINED_VARIABLE = "undefined_variable";

  /** The code of a function that nobody knows. */
  public static final String UNKNOWN_FUNCTION = "unknown_function";

  /** The code of everything else that has no value. */
  public static final String FAILED = "expression_failed";

  private final String code;
  private final @Nullable String hint;
  private final int start;
  private final int end;
  private final boolean absent;

  /**
   * An error with its place.
   *
   * @param code the stable code
   * @param message what was found and what was expected
   * @param hint what to do about it, or null
   * @param start the first wrong UTF-16 unit of the expression's source, from 0
   * @param end the unit after the last wrong one
   * @param absent whether something that was read is not there: a key, an index, a node
   */
  public ExpressionException(
      String code, String message, @Nullable String hint, int start, int end, boolean absent) {
    super(Objects.requireNonNull(message, "message"), null, false, false);
    this.code = Objects.requireNonNull(code, "code");
    this.hint = hint;
    this.start = start;
    this.end = end;
    this.absent = absent;
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** What to do about it, or null. */
  public @Nullable String hint() {
    return hint;
  }

  /** The first wrong UTF-16 unit of the source, from 0. */
  public int start() {
    return start;
  }

  /** The unit after the last wrong one. */
  public int end() {
    return end;
  }

  /** Whether something that was read is not there: outputs tell this from other errors. */
  public boolean isAbsent() {
    return absent;
  }
}

package io.testmesh.engine.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed expression. Immutable and safe for use by several threads. */
public final class Expression {
  private final String source;

  private Expression(String source) {
    this.source = source;
  }

  /**
   * Parses an expression.
   *
   * @throws ExpressionException code {@code expression_syntax} or {@code unknown_function}
   */
  public static Expression parse(String source) throws ExpressionException {
    return new Expression(source);
  }

  /** The expression as it was written. */
  public String source() {
    return source;
  }

  /** The value: JSON-like, or a time, duration, time zone or bytes of {@code java.time} and byte[]. */
  public @Nullable Object evaluate(Environment environment) throws ExpressionException {
    return null;
  }

  /**
   * The value, while what the parts were is noted; the observations are filled as far as evaluation
   * came also when this throws.
   */
  public @Nullable Object evaluate(Environment environment, Observations observations)
      throws ExpressionException {
    return null;
  }

  /** The names that the expression reads from its environment, in the order of the source. */
  public List<Reference> references() {
    return List.of();
  }

  /**
   * For every path in the expression the first key that it reads, in the order of the source; {@code *}
   * for one that begins otherwise.
   */
  public List<String> pathKeys() {
    return List.of();
  }

  /**
   * A use of a name.
   *
   * @param name the name
   * @param members the constant keys that are read below it, in order: {@code body}, {@code id} for
   *     {@code user.body.id}; ends at an index, a call or a computed key
   * @param start where the name begins in the source, in UTF-16 units
   * @param end where the last of the members ends
   * @param optional whether the expression copes with the name's absence: left of {@code ??}, or the
   *     default of a placeholder
   */
  public record Reference(
      String name, List<String> members, int start, int end, boolean optional) {
    /** Copies the list. */
    public Reference {
      members = List.copyOf(members);
    }
  }
}

package io.testmesh.engine.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders: {@code ${…}} and {@code {{…}}} are expressions, {@code \${} and {@code
 * \{{} are literal. Immutable and safe for use by several threads.
 */
public final class TextTemplate {
  private final String source;

  private TextTemplate(String source) {
    this.source = source;
  }

  /**
   * Parses a text; one without placeholders is a template too.
   *
   * @throws ExpressionException with places in the text; code {@code expression_syntax} for a
   *     placeholder that is not closed
   */
  public static TextTemplate parse(String source) throws ExpressionException {
    return new TextTemplate(source);
  }

  /** Whether the text may hold a placeholder or an escape at all; cheap. */
  public static boolean isDynamic(String text) {
    return text.contains("${") || text.contains("{{");
  }

  /** Where the expression begins that stands around or at an offset of a text with placeholders. */
  public static int expressionStart(String text, int offset) {
    int dollar = text.lastIndexOf("${", offset);
    int brace = text.lastIndexOf("{{", offset);
    int start = Math.max(dollar, brace);
    if (start < 0) {
      return offset;
    }
    int at = start + 2;
    while (at < offset && text.charAt(at) == ' ') {
      at++;
    }
    return Math.min(at, offset);
  }

  /** The text as it was written. */
  public String source() {
    return source;
  }

  /** Whether there is a placeholder in it. */
  public boolean hasPlaceholders() {
    return false;
  }

  /**
   * Fills the placeholders in: the value itself with its type where the text is one placeholder and
   * nothing else, else a text.
   */
  public @Nullable Object render(Environment environment) throws ExpressionException {
    return source;
  }

  /** The names that the placeholders read, with places in the text. */
  public List<Expression.Reference> references() {
    return List.of();
  }
}

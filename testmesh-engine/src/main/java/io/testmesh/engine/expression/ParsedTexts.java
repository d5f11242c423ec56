package io.testmesh.engine.expression;

import java.util.HashMap;
import java.util.Map;

/**
 * Parses texts, each once: the steps of a flow say the same again and again. Belongs to one thread.
 */
public final class ParsedTexts {
  private final Map<String, TextTemplate> templates = new HashMap<>();
  private final Map<String, Expression> expressions = new HashMap<>();

  /**
   * The text as a template.
   *
   * @throws ExpressionException as {@link TextTemplate#parse} says
   */
  public TextTemplate template(String text) throws ExpressionException {
    TextTemplate known = templates.get(text);
    if (known == null) {
      known = TextTemplate.parse(text);
      templates.put(text, known);
    }
    return known;
  }

  /**
   * The text as an expression.
   *
   * @throws ExpressionException as {@link Expression#parse} says
   */
  public Expression expression(String text) throws ExpressionException {
    Expression known = expressions.get(text);
    if (known == null) {
      known = Expression.parse(text);
      expressions.put(text, known);
    }
    return known;
  }
}

package io.testmesh.engine.check;

import io.testmesh.action.ActionConfig;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.path.JsonPath;
import io.testmesh.engine.path.PathException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.AssertionResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression, a path, or a literal that stands for itself, as outputs and configurations hold
 * them. Immutable.
 */
public final class CompiledExpression implements ActionConfig.CheckedExpression {
  private final String source;
  private final SourceTree place;
  private final @Nullable Expression expression;
  private final @Nullable JsonPath path;
  private final @Nullable Object literal;

  private CompiledExpression(
      String source,
      SourceTree place,
      @Nullable Expression expression,
      @Nullable JsonPath path,
      @Nullable Object literal) {
    this.source = source;
    this.place = place;
    this.expression = expression;
    this.path = path;
    this.literal = literal;
  }

  /** A number, boolean or null that stands for itself. */
  static CompiledExpression literal(@Nullable Object value, SourceTree place) {
    return new CompiledExpression(String.valueOf(value), place, null, null, value);
  }

  /**
   * Parses a text: as a path when it begins with {@code $} and is one, else as an expression.
   *
   * @throws ExpressionException when it is neither
   */
  static CompiledExpression parse(String text, SourceTree place, ParsedTexts texts)
      throws ExpressionException {
    PathException noPath = null;
    if (text.startsWith("$")) {
      try {
        return new CompiledExpression(text, place, null, JsonPath.parse(text), null);
      } catch (PathException e) {
        noPath = e;
      }
    }
    try {
      return new CompiledExpression(text, place, texts.expression(text), null, null);
    } catch (ExpressionException e) {
      if (noPath == null || noPath.start() < e.start()) {
        throw e;
      }
      throw new ExpressionException(
          ExpressionException.SYNTAX,
          "not a path: " + noPath.getMessage(),
          null,
          noPath.start(),
          noPath.end(),
          false);
    }
  }

  @Override
  public String source() {
    return source;
  }

  /** The text's place. */
  public SourceTree place() {
    return place;
  }

  /** The expression; null for a path or a literal. */
  @Nullable Expression expression() {
    return expression;
  }

  /** The expression as something that has to hold; null for a path or a literal. */
  public @Nullable CompiledAssertion asAssertion() {
    return expression == null ? null : assertion(expression);
  }

  private CompiledAssertion assertion(Expression part) {
    return new CompiledAssertion(
        AssertionResult.Kind.ALL,
        new Assertion(part.source(), null, place),
        part,
        ValueTemplate.constant(null));
  }

  /** What {@code &&} joins, or the whole, as assertions; empty for a path or a literal. */
  public List<CompiledAssertion> parts() {
    if (expression == null) {
      return List.of();
    }
    List<CompiledAssertion> parts = new ArrayList<>();
    for (Expression part : expression.conjuncts()) {
      parts.add(assertion(part));
    }
    return parts;
  }

  /** The key that a path reads first; null for one that begins otherwise, or no path. */
  @Nullable String firstPathKey() {
    return path == null ? null : path.firstName();
  }

  /**
   * The value; of a path that can give one node at most the value itself, of any other the list.
   *
   * @throws ExpressionException {@link ExpressionException#isAbsent} when a path finds nothing
   */
  public @Nullable Object evaluate(Environment environment) throws ExpressionException {
    if (expression != null) {
      return expression.evaluate(environment);
    }
    if (path == null) {
      return literal;
    }
    List<@Nullable Object> found = environment.select(path);
    if (found.isEmpty()) {
      throw new ExpressionException(
          ExpressionException.FAILED, "the path matches nothing", null, 0, source.length(), true);
    }
    return path.isSingular() ? found.get(0) : found;
  }
}

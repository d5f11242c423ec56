package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.AssertionResult;
import org.jspecify.annotations.Nullable;

/** Parses the texts of one flow, and reports those that cannot be parsed. Belongs to one thread. */
final class FlowTexts {
  private final ProblemList problems;
  private final ParsedTexts parsed = new ParsedTexts();

  FlowTexts(ProblemList problems) {
    this.problems = problems;
  }

  /** A value whose texts may hold placeholders; a text that is no template stays as it is. */
  ValueTemplate value(@Nullable Object value, SourceTree place) {
    return ValueTemplate.parse(value, place, parsed, problems);
  }

  /** A value that no type describes, such as an env entry. */
  ValueTemplate free(@Nullable Object value, SourceTree place) {
    return value(JsonValues.copy(value), place);
  }

  /** An expression; null when the text is none. */
  @Nullable Expression expression(String text, SourceTree place) {
    try {
      return parsed.expression(text);
    } catch (ExpressionException e) {
      problems.expression(e, place, 0);
      return null;
    }
  }

  /** An expression or path; null when the text is neither. */
  @Nullable CompiledExpression compiled(String text, SourceTree place) {
    try {
      return CompiledExpression.parse(text, place, parsed);
    } catch (ExpressionException e) {
      problems.expression(e, place, 0);
      return null;
    }
  }

  /** An assertion with its parts parsed; null when it is no expression. */
  @Nullable CompiledAssertion assertion(AssertionResult.Kind kind, Assertion written) {
    Expression expression = expression(written.expression(), written.source());
    return expression == null
        ? null
        : new CompiledAssertion(
            kind, written, expression, free(written.message(), written.source()));
  }
}

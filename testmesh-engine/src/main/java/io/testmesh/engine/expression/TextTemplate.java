package io.testmesh.engine.expression;

import io.testmesh.engine.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders: {@code ${…}} and {@code {{…}}} are expressions, and literal after a
 * backslash. Immutable and safe for use by several threads.
 */
public final class TextTemplate {
  private static final int USUAL_VALUE_LENGTH = 24;

  private final String source;

  /** Texts and expressions by turns, in order. */
  private final Object[] parts;

  /** The names of the placeholders where they do not depend on step ids, else null. */
  private final @Nullable List<Expression.Reference> names;

  private final int usualLength;

  private TextTemplate(String source, Object[] parts) {
    this.source = source;
    this.parts = parts;
    this.names = fixedNames(parts);
    int length = 0;
    for (Object part : parts) {
      length += part instanceof String text ? text.length() : USUAL_VALUE_LENGTH;
    }
    this.usualLength = length;
  }

  private static @Nullable List<Expression.Reference> fixedNames(Object[] parts) {
    List<Expression.Reference> names = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Expression expression) {
        if (expression.dependsOnStepIds()) {
          return null;
        }
        names.addAll(expression.references());
      }
    }
    return List.copyOf(names);
  }

  /**
   * Parses a text; one without placeholders is a template too.
   *
   * @throws ExpressionException with places in the text; code {@code expression_syntax} for a
   *     placeholder that is not closed
   */
  public static TextTemplate parse(String source) throws ExpressionException {
    if (!isDynamic(source)) {
      return new TextTemplate(source, new Object[] {source});
    }
    List<Object> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\' && Placeholder.opens(source, at + 1, source.length())) {
        text.append(source, at + 1, at + 3);
        at += 3;
      } else if (Placeholder.opens(source, at, source.length())) {
        Placeholder placeholder = Placeholder.scan(source, at, source.length());
        if (text.length() > 0) {
          parts.add(text.toString());
          text.setLength(0);
        }
        parts.add(Expression.parse(source, placeholder));
        at = placeholder.close();
      } else {
        text.append(c);
        at++;
      }
    }
    if (text.length() > 0 || parts.isEmpty()) {
      parts.add(text.toString());
    }
    return new TextTemplate(source, parts.toArray());
  }

  /** Whether the text may hold a placeholder or an escape at all; cheap. */
  public static boolean isDynamic(String text) {
    int brace = text.indexOf('{');
    return brace >= 0 && (text.contains("${") || text.contains("{{"));
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
    return parts.length > 1 || parts[0] instanceof Expression;
  }

  /**
   * Fills the placeholders in: the value itself with its type where the text is one placeholder and
   * nothing else, else a text. Times and their like become JSON-like.
   */
  public @Nullable Object render(Environment environment) throws ExpressionException {
    if (parts.length == 1) {
      return parts[0] instanceof Expression expression
          ? ValueTypes.toJson(expression.evaluate(environment))
          : parts[0];
    }
    StringBuilder text = new StringBuilder(usualLength);
    for (Object part : parts) {
      if (part instanceof Expression expression) {
        ValueText.append(text, ValueTypes.toJson(expression.evaluate(environment)));
      } else {
        text.append((String) part);
      }
    }
    return text.toString();
  }

  /**
   * Fills in those placeholders whose names a test accepts. The others stay as they are written,
   * and so do those that have no value.
   */
  public @Nullable Object renderPartly(
      Environment environment, Predicate<List<Expression.Reference>> isKnown) {
    if (parts.length == 1 && parts[0] instanceof Expression only) {
      return partly(only, environment, isKnown);
    }
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(
          part instanceof Expression expression
              ? ValueText.text(partly(expression, environment, isKnown))
              : (String) part);
    }
    return text.toString();
  }

  private static @Nullable Object partly(
      Expression expression,
      Environment environment,
      Predicate<List<Expression.Reference>> isKnown) {
    if (isKnown.test(expression.references(environment::isStepId))) {
      try {
        return ValueTypes.toJson(expression.evaluate(environment));
      } catch (ExpressionException e) {
        // The run will say so at the step; here it has no value.
        return expression.source();
      }
    }
    return expression.source();
  }

  /** The names that the placeholders read, with places in the text. */
  public List<Expression.Reference> references() {
    if (names != null) {
      return names;
    }
    List<Expression.Reference> references = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Expression expression) {
        references.addAll(expression.references());
      }
    }
    return references;
  }

  /** The names that the placeholders read when the names that are step ids are known. */
  public List<Expression.Reference> references(Predicate<String> isStepId) {
    if (names != null) {
      return names;
    }
    List<Expression.Reference> references = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Expression expression) {
        references.addAll(expression.references(isStepId));
      }
    }
    return references;
  }
}

package io.testmesh.engine.check;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects problems with their source lines. Belongs to one thread. */
final class ProblemList implements Consumer<TemplateException> {
  private final List<Problem> problems = new ArrayList<>();
  private final Masking masking = new Masking();
  private final List<Object> secrets = new ArrayList<>();
  private List<Map<String, @Nullable Object>> rows = List.of();
  private List<String> secretColumns = List.of();

  /** Hides a value that the flow spells out where it is a secret. */
  void secret(@Nullable Object value) {
    boolean isKnown = !(value instanceof String text && TextTemplate.isDynamic(text));
    if (value != null && isKnown && masking.add(value)) {
      secrets.add(value);
    }
  }

  /** Hides the values of some columns, which are no secrets of the other rows. */
  void secretColumns(List<Map<String, @Nullable Object>> inlineRows, List<String> names) {
    rows = inlineRows;
    secretColumns = names;
  }

  /** Adds problems of another file. */
  void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  /** The secrets that the flow spells out. */
  List<Object> secrets() {
    return secrets;
  }

  /** Adds an error at a place of the tree. */
  void error(String code, String message, SourceTree tree, SourceSpan span, @Nullable String hint) {
    problems.add(Problem.error(code, message, span, hint).withExcerpt(tree.excerpt(span)));
  }

  /** Adds a warning at a place of the tree. */
  void warning(
      String code, String message, SourceTree tree, SourceSpan span, @Nullable String hint) {
    problems.add(Problem.warning(code, message, span, hint).withExcerpt(tree.excerpt(span)));
  }

  /**
   * Adds an error of an expression. Its place is where the expression begins, so that tools find
   * it; the mark is under the wrong part, so that people do.
   *
   * @param tree the text that the expression is, or stands in
   * @param expressionStart where the expression begins in the text
   */
  void expression(ExpressionException e, SourceTree tree, int expressionStart) {
    Places.Place place = Places.of(e, tree, expressionStart);
    problems.add(
        Problem.error(e.code(), String.valueOf(e.getMessage()), place.span(), e.hint())
            .withExcerpt(place.excerpt()));
  }

  /** Adds an error of a text with placeholders. */
  void template(ExpressionException e, String text, SourceTree tree) {
    expression(e, tree, TextTemplate.expressionStart(text, e.start()));
  }

  /** Adds an error of a text with placeholders. */
  @Override
  public void accept(TemplateException e) {
    template(e.error(), e.text(), e.source());
  }

  /** How many keep the flow from running so far. */
  int errorCount() {
    int errors = 0;
    for (Problem problem : problems) {
      errors += problem.isError() ? 1 : 0;
    }
    return errors;
  }

  /** Whether there is one that keeps the flow from running. */
  boolean hasErrors() {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return true;
      }
    }
    return false;
  }

  /** The problems in the order of the text, without secrets. */
  List<Problem> sorted() {
    if (problems.isEmpty()) {
      return List.of();
    }
    for (Map<String, @Nullable Object> row : rows) {
      for (String column : secretColumns) {
        masking.add(row.get(column));
      }
    }
    List<Problem> sorted = new ArrayList<>(problems.size());
    for (Problem problem : problems) {
      sorted.add(masked(problem));
    }
    if (sorted.size() < 2) {
      return sorted;
    }
    sorted.sort(
        (a, b) -> {
          int lines = Integer.compare(a.span().line(), b.span().line());
          return lines != 0 ? lines : Integer.compare(a.span().column(), b.span().column());
        });
    return sorted;
  }

  private Problem masked(Problem problem) {
    return new Problem(
        problem.severity(),
        problem.code(),
        masking.mask(problem.message()),
        problem.span(),
        masking.maskOptional(problem.hint()),
        masking.maskLines(problem.excerpt()));
  }
}

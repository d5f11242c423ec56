package io.testmesh.engine.check;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.util.List;

/** Finds the place of an expression's error in the file. */
public final class Places {
  private Places() {}

  /**
   * The place of an error.
   *
   * @param tree the text that the expression is, or stands in
   * @param expressionStart where the expression begins in the text
   */
  public static Place of(ExpressionException e, SourceTree tree, int expressionStart) {
    SourceSpan wrong = tree.within(e.start(), Math.max(e.end(), e.start() + 1));
    SourceSpan begin = tree.within(expressionStart, expressionStart + 1);
    boolean onOneLine = begin.line() == wrong.line();
    SourceSpan span =
        onOneLine && begin.column() <= wrong.column()
            ? new SourceSpan(
                begin.file(), begin.line(), begin.column(), wrong.endLine(), wrong.endColumn())
            : begin;
    return new Place(span, tree.excerpt(wrong));
  }

  /**
   * A place of an error.
   *
   * @param span from where the expression begins to where the wrong part ends
   * @param excerpt the source lines with the wrong part marked
   */
  public record Place(SourceSpan span, List<String> excerpt) {
    /** Copies the list. */
    public Place {
      excerpt = List.copyOf(excerpt);
    }
  }
}

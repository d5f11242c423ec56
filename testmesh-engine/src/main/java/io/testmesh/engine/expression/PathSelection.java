package io.testmesh.engine.expression;

import io.testmesh.engine.path.JsonPath;
import io.testmesh.engine.path.PathLimitException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths as a part of expressions. */
public final class PathSelection {
  private PathSelection() {}

  /**
   * The nodes of a path over a document.
   *
   * @throws ExpressionException when the path would take too long
   */
  public static List<@Nullable Object> select(JsonPath path, @Nullable Object document)
      throws ExpressionException {
    try {
      return path.select(document);
    } catch (PathLimitException e) {
      throw new ExpressionException(
          ExpressionException.FAILED,
          String.valueOf(e.getMessage()),
          null,
          0,
          path.source().length(),
          false);
    }
  }
}

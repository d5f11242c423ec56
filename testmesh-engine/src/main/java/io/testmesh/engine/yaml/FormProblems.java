package io.testmesh.engine.yaml;

import io.testmesh.action.ActionException;
import io.testmesh.result.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the form of one text, collected while it is read. */
final class FormProblems {
  static final String LIMIT = "yaml_limit";
  static final String DUPLICATE_KEY = "duplicate_key";
  static final String INVALID = ActionException.INVALID_VALUE;

  /** A text of garbage would otherwise need many times its size. */
  private static final int MOST = 200;

  private final SourceText source;
  private final List<Problem> found = new ArrayList<>();

  FormProblems(SourceText source) {
    this.source = source;
  }

  void add(String code, String message, int start, int end, @Nullable String hint) {
    add(Problem.error(code, message, source.span(start, end), hint));
  }

  void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem.withExcerpt(Excerpts.of(source, problem.span())));
    }
  }

  int count() {
    return found.size();
  }

  List<Problem> found() {
    return found;
  }
}

package io.testmesh.engine.run;

import io.testmesh.Evaluation;
import org.jspecify.annotations.Nullable;

/** Evaluates single expressions and paths over data. */
final class DataEvaluation {
  private DataEvaluation() {}

  static Evaluation evaluate(String expression, @Nullable Object data) {
    return new Evaluation.Value("nil", null);
  }

  static Evaluation evaluatePath(String path, @Nullable Object data) {
    return new Evaluation.Value("nil", null);
  }
}

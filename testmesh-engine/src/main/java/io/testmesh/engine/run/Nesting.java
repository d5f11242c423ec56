package io.testmesh.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * Where steps hang.
 *
 * @param parent the id of the step that they hang under; null for those of a flow
 * @param depth 0 for those of a flow
 * @param tolerant whether the failures of these steps, not of those below, are tolerated
 */
record Nesting(@Nullable String parent, int depth, boolean tolerant) {
  static final Nesting OUTERMOST = new Nesting(null, 0, false);

  /** Below a step of this place. */
  Nesting below(String step) {
    return new Nesting(step, depth + 1, false);
  }

  /** The same place for steps whose failures are tolerated. */
  Nesting tolerating(boolean on) {
    return new Nesting(parent, depth, on);
  }
}

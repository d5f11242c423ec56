package io.testmesh.engine.run;

import io.testmesh.action.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Where steps hang.
 *
 * @param parent the id of the step that they hang under; null for those of a flow
 * @param depth 0 for those of a flow
 * @param tolerant whether the failures of these steps, not of those below, are tolerated
 * @param span the span that theirs are part of; null for the flow's, or where there are none
 */
record Nesting(@Nullable String parent, int depth, boolean tolerant, @Nullable TraceContext span) {
  static final Nesting OUTERMOST = new Nesting(null, 0, false, null);

  /** Below a step of this place. */
  Nesting below(String step, @Nullable TraceContext inside) {
    return new Nesting(step, depth + 1, false, inside == null ? span : inside);
  }

  /** The same place for steps whose failures are tolerated. */
  Nesting tolerating(boolean on) {
    return new Nesting(parent, depth, on, span);
  }
}

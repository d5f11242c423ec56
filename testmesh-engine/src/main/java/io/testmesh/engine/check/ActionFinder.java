package io.testmesh.engine.check;

import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.catalogue.MissingActions;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.spi.ActionSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the actions of steps, and reports those that are not there. Belongs to one thread. */
final class ActionFinder {
  private final KnownActions actions;
  private final ProblemList problems;

  ActionFinder(KnownActions actions, ProblemList problems) {
    this.actions = actions;
    this.problems = problems;
  }

  /** What is known about the step's action; null when nothing is, which is reported. */
  ActionCatalogue.@Nullable Lookup find(Step step) {
    if (step.action().isEmpty()) {
      // The step could not be read; that was reported.
      return null;
    }
    KnownActions.Found found = actions.find(step.action());
    ActionCatalogue.Lookup lookup = found.lookup();
    SourceTree place = step.source().at("action");
    if (lookup.descriptor() != null) {
      if (found.warning() != null) {
        problems.warning("plugin_warning", found.warning(), place, place.value(), null);
      }
      return lookup;
    }
    ActionSource.Refusal refusal = found.refusal();
    if (refusal != null) {
      problems.error(refusal.code(), refusal.message(), place, place.value(), refusal.hint());
      return null;
    }
    String message =
        lookup.problems().isEmpty()
            ? "unknown action \"" + step.action() + "\""
            : String.join("; ", lookup.problems());
    String hint = lookup.problems().isEmpty() ? hint(step.action()) : null;
    problems.error("unknown_action", message, place, place.value(), hint);
    return null;
  }

  /** A near name first: a typing error of an action that is there names no missing jar. */
  private @Nullable String hint(String action) {
    Set<String> known = actions.names();
    String near = NearNames.hint(action, known);
    String why = near == null ? MissingActions.explain(action) : near;
    return why == null ? NearNames.hintOrNames(action, known) : why;
  }
}

package io.testmesh.engine.check;

import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.MissingActions;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the actions of steps, and reports those that are not there. Belongs to one thread. */
final class ActionFinder {
  private final ActionCatalogue catalogue;
  private final ProblemList problems;

  ActionFinder(ActionCatalogue catalogue, ProblemList problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** What is known about the step's action; null when nothing is, which is reported. */
  ActionCatalogue.@Nullable Lookup find(Step step) {
    if (step.action().isEmpty()) {
      // The step could not be read; that was reported.
      return null;
    }
    ActionCatalogue.Lookup lookup = catalogue.find(step.action());
    if (lookup.descriptor() != null) {
      return lookup;
    }
    SourceTree place = step.source().at("action");
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
    Set<String> known = catalogue.names();
    String near = NearNames.hint(action, known);
    String why = near == null ? MissingActions.explain(action) : near;
    return why == null ? NearNames.hintOrNames(action, known) : why;
  }
}

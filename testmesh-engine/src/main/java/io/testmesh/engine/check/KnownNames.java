package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.BuiltIns;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.SourceTree;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that are known at a place of a flow before it runs; grows with the steps. Belongs to one
 * thread.
 */
final class KnownNames {
  private static final List<String> ALWAYS =
      List.of("vars", "steps", "FAKER", "FLOW_ID", "FLOW_NAME", "EXECUTION_ID");

  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> variables = new HashSet<>();
  private final Set<String> laterSteps = new HashSet<>();
  private final Set<String> stepIds = new HashSet<>();
  private final Set<String> process;
  private boolean open;

  /**
   * The names that every flow knows.
   *
   * @param process the names of the process environment
   */
  KnownNames(Set<String> process) {
    this.process = process;
    names.addAll(BuiltIns.names());
    names.addAll(ALWAYS);
  }

  /** Adds variables. */
  void addVariables(Iterable<String> more) {
    for (String name : more) {
      names.add(name);
      variables.add(name);
    }
  }

  /** Adds one name. */
  void add(String name) {
    names.add(name);
  }

  /** Says that there are variables whose names are known only at run time. */
  void setOpen() {
    open = true;
  }

  /** Says which steps there are, so that a use before the step can be told from a typing error. */
  void expectSteps(Iterable<String> ids) {
    for (String id : ids) {
      laterSteps.add(id);
      stepIds.add(id);
    }
  }

  /** Whether a step has this id, also one that has not run yet. */
  boolean isStepId(String name) {
    return stepIds.contains(name);
  }

  /** Adds a step that has run by now, with its outputs. */
  void addStep(String id, Iterable<String> outputs) {
    laterSteps.remove(id);
    stepIds.add(id);
    names.add(id);
    for (String output : outputs) {
      names.add(output);
    }
  }

  /** Whether a secret of that name can exist. */
  boolean hasVariable(String name) {
    return open || variables.contains(name) || names.contains(name) || process.contains(name);
  }

  /** The nearest variable's hint. */
  @Nullable String hint(String name) {
    return NearNames.hint(name, names);
  }

  /**
   * Reports the references that nothing is known under.
   *
   * @param result the names of the result that comes first, or null where there is none
   * @param start where the expression begins in the text that the references count in
   */
  void check(
      List<Expression.Reference> references,
      @Nullable ResultNames result,
      SourceTree tree,
      ExpressionStart start,
      ProblemList problems) {
    for (Expression.Reference reference : references) {
      String name = reference.name();
      if (reference.optional()
          || open
          || names.contains(name)
          || process.contains(name)
          || result != null && result.mayHave(name)) {
        continue;
      }
      boolean later = laterSteps.contains(name);
      Set<String> candidates = names;
      if (result != null) {
        candidates = new LinkedHashSet<>(result.names());
        candidates.addAll(names);
      }
      String hint = later ? null : NearNames.hint(name, candidates);
      problems.expression(
          new ExpressionException(
              ExpressionException.UNDEFINED_VARIABLE,
              later
                  ? "\"" + name + "\" is a step that has not run yet at this place"
                  : "nothing is known under the name \"" + name + "\"",
              hint != null || later ? hint : "set it in env, inputs, or with --var " + name + "=…",
              reference.start(),
              reference.end(),
              false),
          tree,
          start.of(reference.start()));
    }
  }

  /** Finds where the expression begins that a place of a text belongs to. */
  @FunctionalInterface
  interface ExpressionStart {
    /** The start, for an offset in the text. */
    int of(int offset);
  }

  /**
   * The names that a result brings.
   *
   * @param names the declared keys, and the names of the whole
   * @param open whether there may be others
   */
  record ResultNames(Set<String> names, boolean open) {
    boolean mayHave(String name) {
      return open || names.contains(name);
    }
  }
}

package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.scope.BuiltIns;
import io.testmesh.engine.scope.Variables;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which names have the same value at every place of a flow and in every run of it. */
final class FixedNames {
  private final Variables variables;
  private final Set<String> process;

  /** Outputs and steps, and what is made anew for each use or run. */
  private final Set<String> changing = new HashSet<>();

  FixedNames(CheckedFlow flow, Variables variables, Set<String> process) {
    this.variables = variables;
    this.process = process;
    for (Phase phase : Phase.values()) {
      addOutputs(flow.steps(phase));
    }
    changing.addAll(flow.stepIds());
  }

  private void addOutputs(List<CheckedStep> steps) {
    for (CheckedStep step : steps) {
      changing.addAll(step.step().outputs().keySet());
      addOutputs(step.errorSteps());
      addOutputs(step.action().nested());
      if (step.action() instanceof CheckedAction.ForEach loop) {
        changing.add(loop.itemName());
        changing.add(loop.indexName());
      }
    }
  }

  /** Whether all of the names are fixed. */
  boolean areFixed(List<Expression.Reference> references) {
    return areFixed(references, new HashSet<>());
  }

  private boolean areFixed(List<Expression.Reference> references, Set<String> open) {
    for (Expression.Reference reference : references) {
      if (!isFixed(reference.name(), reference.optional(), open)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFixed(String name, boolean optional, Set<String> open) {
    if (changing.contains(name)) {
      return false;
    }
    ValueTemplate template = variables.template(name);
    if (template != null) {
      boolean fixed = open.add(name);
      for (ValueTemplate.PlacedText text : template.texts()) {
        fixed &= areFixed(text.template().references(), open);
      }
      open.remove(name);
      return fixed;
    }
    if (variables.has(name)) {
      return true;
    }
    if (BuiltIns.names().contains(name) || BuiltIns.OTHER_NAMES.contains(name)) {
      return name.equals("FLOW_NAME");
    }
    return process.contains(name) || optional;
  }
}

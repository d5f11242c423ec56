package io.testmesh.engine.scope;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.path.JsonPath;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a step sees, in the language's order of lookup: loop variables, outputs of earlier
 * steps, step ids, variables, built-ins, the process environment. Belongs to one thread; nested
 * steps that run side by side each have a scope of their own, over the outer one.
 */
public final class FlowScope implements Environment {
  private static final Object NULL = new Object();
  private static final int FEW = 8;
  private static final int MOST_EXPECTED = 10_000;

  private final @Nullable FlowScope outer;
  private final Variables variables;
  private final BuiltIns builtIns;
  private final Map<String, String> processEnvironment;
  private final Map<String, @Nullable Object> local;
  private final Map<String, @Nullable Object> outputs = new LinkedHashMap<>();

  /**
   * Variables, step ids and outputs in one map, the later hide the earlier: every name that is not
   * local is looked up here.
   */
  private final Map<String, Object> given;

  /** Steps whose id is the name of an output, too. */
  private final Map<String, StepValues> hiddenSteps = new HashMap<>();

  private final Set<String> stepIds;

  /**
   * The outermost scope of a flow.
   *
   * @param stepIds all ids of the flow, also of steps that have not run
   */
  public FlowScope(
      Variables variables,
      BuiltIns builtIns,
      Map<String, String> processEnvironment,
      Set<String> stepIds) {
    this(
        null,
        variables,
        builtIns,
        processEnvironment,
        stepIds,
        Map.of(),
        (variables.names().size() + Math.min(stepIds.size(), MOST_EXPECTED)) * 4 / 3 + 1);
    given.putAll(variables.constants());
  }

  private FlowScope(
      @Nullable FlowScope outer,
      Variables variables,
      BuiltIns builtIns,
      Map<String, String> processEnvironment,
      Set<String> stepIds,
      Map<String, @Nullable Object> local,
      int capacity) {
    this.given = new LinkedHashMap<>(capacity);
    this.outer = outer;
    this.variables = variables;
    this.builtIns = builtIns;
    this.processEnvironment = processEnvironment;
    this.stepIds = stepIds;
    this.local = local;
  }

  /** A scope over this one, with names that hide all others, such as loop variables. */
  public FlowScope nested(Map<String, @Nullable Object> names) {
    return new FlowScope(this, variables, builtIns, processEnvironment, stepIds, names, FEW);
  }

  /** Adds what a step gave; neither map may change any more. */
  public void add(
      String id, Map<String, @Nullable Object> result, Map<String, @Nullable Object> kept) {
    addStep(id, new StepValues(kept, result));
    for (Map.Entry<String, @Nullable Object> entry : kept.entrySet()) {
      addOutput(entry.getKey(), entry.getValue());
    }
  }

  private void addStep(String id, StepValues values) {
    if (outputs.containsKey(id)) {
      hiddenSteps.put(id, values);
    } else {
      given.put(id, values);
    }
  }

  private void addOutput(String name, @Nullable Object value) {
    outputs.put(name, value);
    Object hidden = given.put(name, value == null ? NULL : value);
    if (hidden instanceof StepValues step && stepIds.contains(name)) {
      hiddenSteps.put(name, step);
    }
  }

  /** Takes over what the steps of an inner scope gave. */
  public void addAll(FlowScope inner) {
    for (Map.Entry<String, Object> entry : inner.given.entrySet()) {
      if (entry.getValue() instanceof StepValues values
          && !inner.outputs.containsKey(entry.getKey())) {
        addStep(entry.getKey(), values);
      }
    }
    for (Map.Entry<String, StepValues> entry : inner.hiddenSteps.entrySet()) {
      addStep(entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, @Nullable Object> entry : inner.outputs.entrySet()) {
      addOutput(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public @Nullable Object find(String name) throws ExpressionException {
    if (outer != null) {
      Object inner = findInChain(name);
      if (inner != ABSENT) {
        return inner;
      }
    }
    for (FlowScope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.given.get(name);
      if (value != null) {
        return value == NULL ? null : value;
      }
    }
    Object variable = variables.find(name, this);
    return variable != ABSENT ? variable : findWellKnown(name);
  }

  /** Loop variables come before outputs, and all outputs before all step ids, whatever block. */
  private @Nullable Object findInChain(String name) {
    for (FlowScope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.local.get(name);
      if (value != null || scope.local.containsKey(name)) {
        return value;
      }
    }
    for (FlowScope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.outputs.get(name);
      if (value != null || scope.outputs.containsKey(name)) {
        return value;
      }
    }
    return ABSENT;
  }

  private @Nullable Object findWellKnown(String name) throws ExpressionException {
    if (name.equals("vars")) {
      return allVariables();
    }
    if (name.equals("steps")) {
      return allSteps();
    }
    Object builtIn = builtIns.find(name);
    if (builtIn != null) {
      return builtIn;
    }
    if (stepIds.contains(name)) {
      // A variable of the process must not stand in for a step.
      return ABSENT;
    }
    String value = processEnvironment.get(name);
    return value == null ? ABSENT : value;
  }

  @Override
  public @Nullable String whyAbsent(String name) {
    return stepIds.contains(name)
        ? "the step \"" + name + "\" has given nothing: it did not run, or its action failed"
        : null;
  }

  /** The variables, overlaid by outputs and loop variables. */
  public Map<String, @Nullable Object> allVariables() throws ExpressionException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(variables.all(this));
    overlay(all);
    return Collections.unmodifiableMap(all);
  }

  private void overlay(Map<String, @Nullable Object> all) {
    if (outer != null) {
      outer.overlay(all);
    }
    all.putAll(outputs);
    all.putAll(local);
  }

  /** The outputs of this scope's own steps, by flat name; does not change any more when they do. */
  public Map<String, @Nullable Object> outputs() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** What this scope's own steps gave, by id. */
  public Map<String, @Nullable Object> steps() {
    Map<String, @Nullable Object> steps = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : given.entrySet()) {
      if (entry.getValue() instanceof StepValues && !outputs.containsKey(entry.getKey())) {
        steps.put(entry.getKey(), entry.getValue());
      }
    }
    steps.putAll(hiddenSteps);
    return Collections.unmodifiableMap(steps);
  }

  /** What the steps gave, by id. */
  public Map<String, @Nullable Object> allSteps() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (outer != null) {
      all.putAll(outer.allSteps());
    }
    all.putAll(steps());
    return Collections.unmodifiableMap(all);
  }

  @Override
  public boolean isStepId(String name) {
    return stepIds.contains(name);
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (FlowScope scope = this; scope != null; scope = scope.outer) {
      names.addAll(scope.local.keySet());
      names.addAll(scope.given.keySet());
    }
    names.addAll(variables.names());
    names.addAll(BuiltIns.names());
    return names;
  }

  @Override
  public Map<String, @Nullable Object> all() throws ExpressionException {
    Map<String, @Nullable Object> all = new HashMap<>(processEnvironment);
    all.putAll(allVariables());
    all.putAll(allSteps());
    return Collections.unmodifiableMap(all);
  }

  @Override
  public List<@Nullable Object> select(JsonPath path) throws ExpressionException {
    throw new ExpressionException(
        ExpressionException.FAILED,
        "a path needs a result, and there is none here",
        "name the step: steps[\"id\"] or id.body",
        0,
        path.source().length(),
        false);
  }

  @Override
  public Instant now() {
    return Instant.now(builtIns.clock());
  }
}

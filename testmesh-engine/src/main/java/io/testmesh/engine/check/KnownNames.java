package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.BuiltIns;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.SourceTree;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that are known at a place of a flow before it runs; grows with the steps. Belongs to
 * one thread.
 */
final class KnownNames {
  private static final List<String> ALWAYS =
      List.of("vars", "steps", "FAKER", "FLOW_ID", "FLOW_NAME", "EXECUTION_ID");

  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> variables = new HashSet<>();
  private final Set<String> laterSteps = new HashSet<>();
  private final Set<String> process;
  private final KnownResults results = new KnownResults();
  private final FakeLibrary fakeData;
  private Set<String> stepIds = Set.of();
  private @Nullable Side side;
  private boolean open;

  /**
   * The names that every flow knows.
   *
   * @param process the names of the process environment
   * @param fakeData the made-up data, which is looked for when a name of it is used
   */
  KnownNames(Set<String> process, FakeLibrary fakeData) {
    this.process = process;
    this.fakeData = fakeData;
    names.addAll(BuiltIns.names());
    names.addAll(ALWAYS);
  }

  /** Adds variables. */
  void addVariables(Iterable<String> more) {
    for (String name : more) {
      names.add(name);
      variables.add(name);
      if (name.equals("steps")) {
        results.hide(name);
      }
    }
  }

  /** The names of all variables so far. */
  Set<String> variables() {
    return Collections.unmodifiableSet(variables);
  }

  /** Takes every name for known: which ones there are cannot be told. */
  void acceptAll() {
    open = true;
  }

  /** Adds one name; tells whether it is new. */
  boolean add(String name) {
    results.hide(name);
    return see(name);
  }

  /** Takes a name back. */
  void remove(String name) {
    names.remove(name);
    if (side != null) {
      side.names.remove(name);
    }
  }

  /** Says which steps there are, so that a use before the step can be told from a typing error. */
  void expectSteps(Set<String> ids) {
    stepIds = ids;
    laterSteps.addAll(ids);
  }

  /** Whether a step of the flow has this id. */
  boolean isStepId(String name) {
    return stepIds.contains(name);
  }

  /** Adds a step that has run by now, with its outputs. */
  void addStep(String id, Iterable<String> outputs) {
    addStep(id, outputs, null);
  }

  /**
   * Adds a step that has run by now, with its outputs.
   *
   * @param keys the keys of its result; null where there may be any
   */
  void addStep(String id, Iterable<String> outputs, @Nullable Set<String> keys) {
    results.add(id, keys, outputs);
    if (laterSteps.remove(id) && side != null) {
      side.steps.add(id);
    }
    see(id);
    for (String output : outputs) {
      see(output);
    }
  }

  private boolean see(String name) {
    boolean isNew = names.add(name);
    if (isNew && side != null) {
      side.names.add(name);
    }
    return isNew;
  }

  /** Begins one of several sides that do not see each other; gives the one around it. */
  @Nullable Side enter(Side begun) {
    Side around = side;
    side = begun;
    return around;
  }

  /** Ends a side: what its steps give is hidden, until {@link #join} shows it again. */
  void leave(Side ended, @Nullable Side around) {
    names.removeAll(ended.names);
    laterSteps.addAll(ended.steps);
    for (String step : ended.steps) {
      ended.results.put(step, results.forget(step));
    }
    side = around;
  }

  /** Shows what the steps of a side give. */
  void join(Side ended) {
    for (String step : ended.steps) {
      laterSteps.remove(step);
      results.remember(step, ended.results.get(step));
    }
    if (side != null) {
      side.steps.addAll(ended.steps);
    }
    for (String name : ended.names) {
      see(name);
    }
  }

  /** What became known on one side: a branch, or one list of steps of a condition. */
  static final class Side {
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> steps = new LinkedHashSet<>();
    private final Map<String, @Nullable Set<String>> results = new HashMap<>();
  }

  /** Whether a secret of that name can exist. */
  boolean hasVariable(String name) {
    return open || variables.contains(name) || names.contains(name) || process.contains(name);
  }

  /** The nearest variable's hint. */
  @Nullable String hint(String name) {
    return NearNames.hint(name, names);
  }

  /** Reports the names that an expression reads and nobody knows. */
  void checkExpression(
      Expression expression, @Nullable ResultNames result, SourceTree place, ProblemList problems) {
    for (Expression.Reference reference : expression.references(this::isStepId)) {
      check(reference, result, null, place, problems);
    }
  }

  /**
   * Reports the names that an expression reads and nobody knows; a path or a literal reads none.
   */
  void checkCompiled(
      CompiledExpression expression, @Nullable ResultNames result, ProblemList problems) {
    if (expression.expression() != null) {
      checkExpression(expression.expression(), result, expression.place(), problems);
    }
  }

  /** Reports the names that the placeholders of a value read and nobody knows. */
  void checkTexts(ValueTemplate value, @Nullable ResultNames result, ProblemList problems) {
    for (ValueTemplate.PlacedText text : value.texts()) {
      String source = text.template().source();
      for (Expression.Reference reference : text.template().references(stepIds::contains)) {
        check(reference, result, source, text.source(), problems);
      }
    }
  }

  /**
   * Checks one name.
   *
   * @param text the text with placeholders that it stands in; null for an expression by itself
   */
  private void check(
      Expression.Reference reference,
      @Nullable ResultNames result,
      @Nullable String text,
      SourceTree place,
      ProblemList problems) {
    String name = reference.name();
    KnownResults.Missing missing = results.missing(reference, result);
    if (missing != null) {
      String message = missing.message();
      report(
          undefined(
              message == null ? unknownStep(missing.name()) : message, missing.hint(), reference),
          text,
          place,
          problems);
      return;
    }
    if (name.equals("vars") && !variables.contains(name)) {
      checkVariable(reference, result, text, place, problems);
    }
    if (name.equals(FakeLibrary.NAME) && !variables.contains(name)) {
      checkFakeData(reference, text, place, problems);
    }
    boolean known = open || names.contains(name) || process.contains(name);
    if (reference.optional() || known || result != null && result.mayHave(name)) {
      return;
    }
    boolean later = laterSteps.contains(name);
    Set<String> candidates = new LinkedHashSet<>(result == null ? Set.of() : result.names());
    candidates.addAll(names);
    String hint = later ? null : NearNames.hint(name, candidates);
    if (hint == null && !later) {
      hint = "set it in env or inputs, or with --var " + name + "=…";
    }
    String message = later ? notYet(name) : "nothing is known under the name \"" + name + "\"";
    report(undefined(message, hint, reference), text, place, problems);
  }

  private static void report(
      ExpressionException e, @Nullable String text, SourceTree place, ProblemList problems) {
    if (text == null) {
      problems.expression(e, place, 0);
    } else {
      problems.template(e, text, place);
    }
  }

  /** A name that is read from the map of all variables, and nobody knows. */
  private void checkVariable(
      Expression.Reference reference,
      @Nullable ResultNames result,
      @Nullable String text,
      SourceTree place,
      ProblemList problems) {
    if (reference.optional()
        || reference.needed() == 0
        || open
        || result != null && result.mayHave(reference.name())) {
      return;
    }
    String name = reference.members().get(0);
    if (!names.contains(name) && !process.contains(name)) {
      report(
          undefined(
              "no variable is called \"" + name + "\"", NearNames.hint(name, names), reference),
          text,
          place,
          problems);
    }
  }

  private String unknownStep(String id) {
    return laterSteps.contains(id) ? notYet(id) : "no step has the id \"" + id + "\"";
  }

  private static String notYet(String id) {
    return "\"" + id + "\" is a step that has not run yet at this place";
  }

  private static ExpressionException undefined(
      String message, @Nullable String hint, Expression.Reference reference) {
    return new ExpressionException(
        ExpressionException.UNDEFINED_VARIABLE,
        message,
        hint,
        reference.start(),
        reference.end(),
        false);
  }

  private void checkFakeData(
      Expression.Reference reference,
      @Nullable String text,
      SourceTree place,
      ProblemList problems) {
    try {
      fakeData.check(reference.members());
    } catch (ExpressionException e) {
      report(
          new ExpressionException(
              e.code(),
              String.valueOf(e.getMessage()),
              e.hint(),
              reference.start(),
              reference.end(),
              false),
          text,
          place,
          problems);
    }
  }

  /**
   * The names that a result brings.
   *
   * @param keys the declared keys
   * @param open whether there may be others
   * @param wholes names that stand for the whole result where no key has them
   */
  record ResultNames(Set<String> keys, boolean open, List<String> wholes) {
    boolean mayHave(String name) {
      return mayHaveKey(name) || wholes.contains(name);
    }

    boolean mayHaveKey(String key) {
      return open || keys.contains(key);
    }

    boolean isWhole(String name) {
      return wholes.contains(name) && !keys.contains(name);
    }

    Set<String> names() {
      Set<String> names = new LinkedHashSet<>(keys);
      names.addAll(wholes);
      return names;
    }
  }
}

package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.MissingActions;
import io.testmesh.engine.catalogue.StepKinds;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.FlowSettings;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Output;
import io.testmesh.flow.Phase;
import io.testmesh.flow.Retry;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.result.AssertionResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the steps of one flow. Belongs to one thread. */
final class StepChecker {
  /** A level of steps in steps takes some of the stack of the thread that runs it. */
  private static final int DEEPEST = 100;

  private final ActionCatalogue catalogue;
  private final @Nullable Path folder;
  private final KnownNames names;
  private final @Nullable Retry flowRetry;
  private final Duration stepTimeout;
  private final CallChecker calls;
  private final FlowTexts texts;
  private final ProblemList problems;
  private int depth;

  /**
   * A checker for the steps of one flow.
   *
   * @param depth how deep the flow stands in the steps of others
   */
  StepChecker(
      ActionCatalogue catalogue,
      @Nullable Path folder,
      KnownNames names,
      FlowSettings settings,
      CallChecker calls,
      int depth,
      FlowTexts texts,
      ProblemList problems) {
    this.catalogue = catalogue;
    this.folder = folder;
    this.names = names;
    this.flowRetry = settings.retry().orElse(null);
    this.stepTimeout = settings.stepTimeout();
    this.calls = calls;
    this.depth = depth;
    this.texts = texts;
    this.problems = problems;
  }

  /** The step with its parts parsed; null when its action is not known. */
  @Nullable CheckedStep check(Step step, String id, Phase phase) {
    ActionCatalogue.Lookup lookup = lookup(step);
    ActionDescriptor descriptor = lookup == null ? null : lookup.descriptor();
    ValueTemplate name =
        step.name().isPresent()
            ? texts.free(step.name().get(), step.source().at("name"))
            : ValueTemplate.constant(null);
    visit(name);
    Expression when = step.when().isPresent() ? condition(step.when().get()) : null;
    if (when != null) {
      check(when, step.when().orElseThrow().source(), null);
    }
    checkRules(step);
    if (lookup == null || descriptor == null) {
      names.addStep(id, step.outputs().keySet());
      return null;
    }
    BlockChecker blocks = new BlockChecker(this, names, problems, step, id, phase);
    if (lookup.handler() == null && depth == DEEPEST) {
      problems.error(
          "yaml_limit",
          "steps stand in each other more than " + DEEPEST + " levels deep, called flows included",
          step.source(),
          CheckedStep.spanOf(step),
          null);
      return null;
    }
    int before = problems.count();
    CompiledConfig config =
        new ConfigCompiler(problems, texts, folder)
            .compile(descriptor, step.config(), step.source().at("config"), blocks.keys());
    CheckedAction action = null;
    if (lookup.handler() != null) {
      checkConfig(config, descriptor, step);
      if (problems.count() == before) {
        ask(lookup.handler(), config, step);
      }
      action = new CheckedAction.Call(lookup.handler());
    } else if (descriptor.id().equals(StepKinds.WAIT_UNTIL)) {
      // Its condition sees what its steps give.
      action = block(blocks);
      checkConfig(config, descriptor, step);
    } else {
      checkConfig(config, descriptor, step);
      action = block(blocks);
    }
    KnownNames.ResultNames result = resultNames(descriptor, action, id);
    List<CompiledAssertion> assertions = assertions(step, result);
    List<CompiledOutput> outputs = outputs(step, result);
    CompiledRetry retry = retry(step, action, result);
    names.addStep(id, step.outputs().keySet(), knownKeys(descriptor, action));
    List<CheckedStep> errorSteps = errorSteps(step, id, phase);
    if (action == null) {
      return null;
    }
    return new CheckedStep(
        step,
        id,
        phase,
        action,
        config,
        name,
        when,
        assertions,
        outputs,
        retry,
        errorSteps,
        assertedKeys(assertions, descriptor, id),
        step.timeout().orElse(action instanceof CheckedAction.Call ? stepTimeout : null),
        CheckedStep.spanOf(step));
  }

  private @Nullable CheckedAction block(BlockChecker blocks) {
    depth++;
    try {
      return blocks.check();
    } finally {
      depth--;
    }
  }

  /** The flow that a step calls; null when it cannot be called, which is reported. */
  @Nullable CheckedFlow called(Step step) {
    return calls.check(step, depth);
  }

  /** The steps of a list; those whose action is not known are left out. */
  List<CheckedStep> checkAll(List<Step> steps, String idPrefix, Phase phase) {
    List<CheckedStep> checked = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      CheckedStep step = check(steps.get(i), StepNames.id(steps.get(i), idPrefix, i), phase);
      if (step != null) {
        checked.add(step);
      }
    }
    return checked;
  }

  /** What is known about the step's action; null when nothing is, which is reported. */
  private ActionCatalogue.@Nullable Lookup lookup(Step step) {
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

  private void visit(ValueTemplate template) {
    names.checkTexts(template, null, problems);
  }

  private void check(
      Expression expression, SourceTree place, KnownNames.@Nullable ResultNames result) {
    names.checkExpression(expression, result, place, problems);
  }

  private void checkCompiled(
      CompiledExpression expression, KnownNames.@Nullable ResultNames result) {
    if (expression.expression() != null) {
      check(expression.expression(), expression.place(), result);
    }
  }

  private @Nullable Expression condition(Assertion written) {
    return texts.expression(written.expression(), written.source());
  }

  private void checkRules(Step step) {
    boolean asserts =
        !step.assertions().isEmpty()
            || !step.anyAssertions().isEmpty()
            || !step.noneAssertions().isEmpty();
    if (step.within().isPresent() && !asserts) {
      SourceTree place = step.source().at("within");
      problems.error(
          "nothing_asserted",
          "\"within\" repeats a step until its assertions hold, and this one has none",
          place,
          place.key(),
          "add \"assert\", or use \"timeout\" or \"retry\"");
    }
    if (step.onError() == OnError.RETRY && step.retry().isEmpty() && flowRetry == null) {
      SourceTree place = step.source().at("on_error");
      problems.error(
          "invalid_value",
          "\"on_error: retry\" needs to know how often",
          place,
          place.value(),
          "add \"retry: {max_attempts: 3}\" to the step or to the flow's config");
    }
  }

  private void checkConfig(CompiledConfig config, ActionDescriptor descriptor, Step step) {
    for (ValueTemplate value : config.templates()) {
      visit(value);
    }
    KnownNames.ResultNames seen = expressionNames(descriptor, step);
    for (CompiledExpression expression : config.expressions().values()) {
      checkCompiled(expression, seen);
    }
    for (List<CompiledAssertion> list : config.assertions().values()) {
      for (CompiledAssertion assertion : list) {
        check(assertion.expression(), assertion.assertion().source(), seen);
        visit(assertion.message());
      }
    }
  }

  private void ask(ActionHandler handler, CompiledConfig config, Step step) {
    SourceTree place = step.source().at("config");
    try {
      handler.check(new WrittenConfig(config, place, problems));
    } catch (RuntimeException e) {
      // A handler is foreign code: it must not end the checks of all other flows.
      problems.error(
          "action_failed",
          "the action " + step.action() + " cannot check its configuration: " + e,
          place,
          place.key(),
          "this is an error in the action, not in the flow");
    }
  }

  /** What the expressions of a configuration see before everything else. */
  private static KnownNames.@Nullable ResultNames expressionNames(
      ActionDescriptor descriptor, Step step) {
    String key = descriptor.expressionsOver().orElse(null);
    if (key == null || !step.config().containsKey(key)) {
      return null;
    }
    Set<String> seen = new LinkedHashSet<>();
    boolean open = true;
    if (step.config().get(key) instanceof Map<?, ?> map) {
      open = false;
      for (Object name : map.keySet()) {
        seen.add(String.valueOf(name));
      }
    }
    seen.add(key);
    seen.add("result");
    seen.add("response");
    return new KnownNames.ResultNames(seen, open, List.of());
  }

  private static KnownNames.ResultNames resultNames(
      ActionDescriptor descriptor, @Nullable CheckedAction action, String id) {
    Set<String> known = knownKeys(descriptor, action);
    return new KnownNames.ResultNames(
        known == null ? descriptor.resultNames() : known,
        known == null,
        List.of("result", "response", id));
  }

  /** The keys of a step's result; null where there may be any. */
  private static @Nullable Set<String> knownKeys(
      ActionDescriptor descriptor, @Nullable CheckedAction action) {
    boolean isBlock = action != null && !(action instanceof CheckedAction.Call);
    if (descriptor.isResultOpen() && !isBlock) {
      return null;
    }
    if (action == null || !isBlock) {
      return descriptor.resultNames();
    }
    Set<String> keys = new LinkedHashSet<>(descriptor.resultNames());
    keys.addAll(BlockChecker.resultKeys(action));
    return keys;
  }

  private List<CompiledAssertion> assertions(Step step, KnownNames.ResultNames result) {
    List<CompiledAssertion> compiled = new ArrayList<>();
    add(AssertionResult.Kind.ALL, step.assertions(), result, compiled);
    add(AssertionResult.Kind.ANY, step.anyAssertions(), result, compiled);
    add(AssertionResult.Kind.NONE, step.noneAssertions(), result, compiled);
    return compiled;
  }

  private void add(
      AssertionResult.Kind kind,
      List<Assertion> written,
      KnownNames.ResultNames result,
      List<CompiledAssertion> compiled) {
    for (Assertion assertion : written) {
      CompiledAssertion parsed = texts.assertion(kind, assertion);
      if (parsed != null) {
        check(parsed.expression(), assertion.source(), result);
        names.checkTexts(parsed.message(), result, problems);
        compiled.add(parsed);
      }
    }
  }

  private List<CompiledOutput> outputs(Step step, KnownNames.ResultNames result) {
    List<CompiledOutput> compiled = new ArrayList<>();
    for (Map.Entry<String, Output> entry : step.outputs().entrySet()) {
      Output output = entry.getValue();
      CompiledExpression expression = texts.compiled(output.expression(), output.source());
      if (expression != null) {
        checkCompiled(expression, result);
        checkPath(expression, output, result);
        compiled.add(new CompiledOutput(entry.getKey(), output, expression));
      }
    }
    return compiled;
  }

  /** A path that finds nothing in the result is looked for in the body, where there is one. */
  private void checkPath(
      CompiledExpression compiled, Output output, KnownNames.ResultNames result) {
    String key = compiled.firstPathKey();
    if (key != null
        && !output.hasDefault()
        && !result.mayHaveKey(key)
        && !result.mayHaveKey("body")) {
      SourceTree place = output.source();
      problems.error(
          "undefined_variable",
          "the result has no \"" + key + "\"",
          place,
          place.value(),
          NearNames.hintOrNames(key, result.keys()));
    }
  }

  private CompiledRetry retry(
      Step step, @Nullable CheckedAction action, KnownNames.ResultNames result) {
    // The steps of a block inherit the flow's retry, so the block does not: it would multiply.
    boolean inherits =
        action instanceof CheckedAction.Call
            || step.onError() == OnError.RETRY
            || step.onTimeout().orElse(OnError.FAIL) == OnError.RETRY;
    Retry retry = step.retry().orElse(step.within().isPresent() || !inherits ? null : flowRetry);
    return retry == null
        ? CompiledRetry.NONE
        : new CompiledRetry(
            retry, conditions(retry.retryOn(), result), conditions(retry.retryOnNot(), result));
  }

  private List<CompiledRetry.Condition> conditions(
      List<Retry.Condition> written, KnownNames.ResultNames result) {
    List<CompiledRetry.Condition> compiled = new ArrayList<>();
    for (Retry.Condition condition : written) {
      String text = condition.text();
      if (CompiledRetry.WORDS.contains(text)) {
        compiled.add(new CompiledRetry.Condition(text, null, condition.source()));
        continue;
      }
      Expression expression = texts.expression(text, condition.source());
      if (expression != null) {
        checkCondition(expression, condition, result);
        compiled.add(new CompiledRetry.Condition(text, expression, condition.source()));
      }
    }
    return compiled;
  }

  /** A word with a typing error looks like a name. */
  private void checkCondition(
      Expression expression, Retry.Condition condition, KnownNames.ResultNames result) {
    Set<String> known = new LinkedHashSet<>(result.names());
    known.add("error");
    known.addAll(CompiledRetry.WORDS);
    KnownNames.ResultNames seen =
        new KnownNames.ResultNames(
            known, result.open() && !looksLikeWord(condition.text()), List.of());
    check(expression, condition.source(), seen);
  }

  private static boolean looksLikeWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetter(text.charAt(i)) && text.charAt(i) != '_') {
        return false;
      }
    }
    return true;
  }

  private List<CheckedStep> errorSteps(Step step, String id, Phase phase) {
    if (step.errorSteps().isEmpty()) {
      return List.of();
    }
    boolean outermost = names.add("error");
    List<CheckedStep> checked = checkAll(step.errorSteps(), StepNames.errorPrefix(id), phase);
    if (outermost) {
      names.remove("error");
    }
    return checked;
  }

  private static Set<String> assertedKeys(
      List<CompiledAssertion> assertions, ActionDescriptor descriptor, String id) {
    Set<String> declared = descriptor.resultNames();
    Set<String> read = new LinkedHashSet<>();
    for (CompiledAssertion assertion : assertions) {
      for (Expression.Reference reference : assertion.expression().references()) {
        String name = reference.name();
        if (declared.contains(name)) {
          read.add(name);
        } else if (name.equals("result") || name.equals("response") || name.equals(id)) {
          if (reference.members().isEmpty()) {
            read.addAll(declared);
          } else {
            read.add(reference.members().get(0));
          }
        }
      }
      for (String key : assertion.expression().pathKeys()) {
        read.add(declared.contains(key) ? key : "body");
      }
    }
    return read;
  }
}

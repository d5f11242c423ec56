package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.Output;
import io.testmesh.flow.Retry;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.result.AssertionResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a step says about its result: assertions, outputs, conditions of its retry. Used for
 * one step, by one thread.
 */
final class ResultChecker {
  private final KnownNames names;
  private final FlowTexts texts;
  private final ProblemList problems;
  private final ActionDescriptor descriptor;
  private final String id;
  private final @Nullable Set<String> knownKeys;
  private final KnownNames.ResultNames result;

  /**
   * A checker for one step.
   *
   * @param action what the step does; null when that cannot be said
   */
  ResultChecker(
      KnownNames names,
      FlowTexts texts,
      ProblemList problems,
      ActionDescriptor descriptor,
      @Nullable CheckedAction action,
      String id) {
    this.names = names;
    this.texts = texts;
    this.problems = problems;
    this.descriptor = descriptor;
    this.id = id;
    this.knownKeys = knownKeys(descriptor, action);
    this.result =
        new KnownNames.ResultNames(
            knownKeys == null ? descriptor.resultNames() : knownKeys,
            knownKeys == null,
            List.of("result", "response", id));
  }

  /** The keys of the step's result; null where there may be any. */
  @Nullable Set<String> knownKeys() {
    return knownKeys;
  }

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

  /**
   * The assertions of a polling action's configuration and of the three lists, in order; those that
   * are no expressions are left out.
   */
  List<CompiledAssertion> assertions(Step step, @Nullable CompiledConfig polled) {
    List<CompiledAssertion> compiled = new ArrayList<>();
    if (polled != null) {
      for (List<CompiledAssertion> list : polled.assertions().values()) {
        list.forEach(this::checkNames);
        compiled.addAll(list);
      }
    }
    add(AssertionResult.Kind.ALL, step.assertions(), compiled);
    add(AssertionResult.Kind.ANY, step.anyAssertions(), compiled);
    add(AssertionResult.Kind.NONE, step.noneAssertions(), compiled);
    return compiled;
  }

  private void add(
      AssertionResult.Kind kind, List<Assertion> written, List<CompiledAssertion> compiled) {
    for (Assertion assertion : written) {
      CompiledAssertion parsed = texts.assertion(kind, assertion);
      if (parsed != null) {
        checkNames(parsed);
        compiled.add(parsed);
      }
    }
  }

  private void checkNames(CompiledAssertion assertion) {
    names.checkExpression(assertion.expression(), result, assertion.assertion().source(), problems);
    names.checkTexts(assertion.message(), result, problems);
  }

  /** The outputs, in order; those that are no expressions or paths are left out. */
  List<CompiledOutput> outputs(Step step) {
    List<CompiledOutput> compiled = new ArrayList<>();
    for (Map.Entry<String, Output> entry : step.outputs().entrySet()) {
      Output output = entry.getValue();
      CompiledExpression expression = texts.compiled(output.expression(), output.source());
      if (expression != null) {
        names.checkCompiled(expression, result, problems);
        checkPath(expression, output);
        compiled.add(new CompiledOutput(entry.getKey(), output, expression));
      }
    }
    return compiled;
  }

  /** A path that finds nothing in the result is looked for in the body, where there is one. */
  private void checkPath(CompiledExpression compiled, Output output) {
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

  /** A policy with its conditions parsed; that of one attempt where there is none. */
  CompiledRetry retry(@Nullable Retry policy) {
    return policy == null
        ? CompiledRetry.NONE
        : new CompiledRetry(policy, conditions(policy.retryOn()), conditions(policy.retryOnNot()));
  }

  private List<CompiledRetry.Condition> conditions(List<Retry.Condition> written) {
    List<CompiledRetry.Condition> compiled = new ArrayList<>();
    for (Retry.Condition condition : written) {
      String text = condition.text();
      if (CompiledRetry.WORDS.contains(text)) {
        compiled.add(new CompiledRetry.Condition(text, null, condition.source()));
        continue;
      }
      Expression expression = texts.expression(text, condition.source());
      if (expression != null) {
        checkCondition(expression, condition);
        compiled.add(new CompiledRetry.Condition(text, expression, condition.source()));
      }
    }
    return compiled;
  }

  /** A word with a typing error looks like a name. */
  private void checkCondition(Expression expression, Retry.Condition condition) {
    Set<String> known = new LinkedHashSet<>(result.names());
    known.add("error");
    known.addAll(CompiledRetry.WORDS);
    KnownNames.ResultNames seen =
        new KnownNames.ResultNames(
            known, result.open() && !looksLikeWord(condition.text()), List.of());
    names.checkExpression(expression, seen, condition.source(), problems);
  }

  private static boolean looksLikeWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetter(text.charAt(i)) && text.charAt(i) != '_') {
        return false;
      }
    }
    return true;
  }

  /** The declared keys of the result that assertions read. */
  Set<String> assertedKeys(List<CompiledAssertion> assertions) {
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

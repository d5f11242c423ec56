package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the configurations of steps: keys and types, names that are read, and what the action says
 * about them. Belongs to one thread.
 */
final class ConfigChecker {
  private final @Nullable Path folder;
  private final KnownNames names;
  private final FlowTexts texts;
  private final ProblemList problems;

  /**
   * A checker for the steps of one flow.
   *
   * @param folder the flow's folder; null for a flow that is in no file
   */
  ConfigChecker(@Nullable Path folder, KnownNames names, FlowTexts texts, ProblemList problems) {
    this.folder = folder;
    this.names = names;
    this.texts = texts;
    this.problems = problems;
  }

  /**
   * The configuration with its texts parsed, held against the descriptor.
   *
   * @param blocks the keys that hold steps
   */
  CompiledConfig compile(ActionDescriptor descriptor, StepConfig written, Set<String> blocks) {
    return new ConfigCompiler(problems, texts, folder)
        .compile(descriptor, written.values(), written.place(), blocks);
  }

  /** Reports the names that a configuration reads and nobody knows. */
  void checkNames(CompiledConfig config, ActionDescriptor descriptor, Step step) {
    for (ValueTemplate value : config.templates()) {
      names.checkTexts(value, null, problems);
    }
    KnownNames.ResultNames seen = expressionNames(descriptor, step);
    for (CompiledExpression expression : config.expressions().values()) {
      names.checkCompiled(expression, seen, problems);
    }
    for (List<CompiledAssertion> list : config.assertions().values()) {
      for (CompiledAssertion assertion : list) {
        names.checkExpression(
            assertion.expression(), seen, assertion.assertion().source(), problems);
        names.checkTexts(assertion.message(), null, problems);
      }
    }
  }

  /** Lets the action look at its configuration, in which nothing else is wrong. */
  void ask(ActionHandler handler, CompiledConfig config, Step step) {
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
}

package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.catalogue.StepKinds;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.FlowSettings;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Phase;
import io.testmesh.flow.Retry;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the steps of one flow. Belongs to one thread. */
final class StepChecker {
  /** A level of steps in steps takes some of the stack of the thread that runs it. */
  private static final int DEEPEST = 100;

  private final ActionFinder actions;
  private final ConfigChecker configs;
  private final KnownNames names;
  private final NamedConnections connections;
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
      KnownActions actions,
      @Nullable Path folder,
      KnownNames names,
      FlowSettings settings,
      NamedConnections connections,
      CallChecker calls,
      int depth,
      FlowTexts texts,
      ProblemList problems) {
    this.actions = new ActionFinder(actions, problems);
    this.configs = new ConfigChecker(folder, names, texts, problems);
    this.names = names;
    this.connections = connections;
    this.flowRetry = settings.retry().orElse(null);
    this.stepTimeout = settings.stepTimeout();
    this.calls = calls;
    this.depth = depth;
    this.texts = texts;
    this.problems = problems;
  }

  /** The step with its parts parsed; null when its action is not known. */
  @Nullable CheckedStep check(Step step, String id, Phase phase) {
    ActionCatalogue.Lookup lookup = actions.find(step);
    ActionDescriptor descriptor = lookup == null ? null : lookup.descriptor();
    ValueTemplate name =
        step.name().isPresent()
            ? texts.free(step.name().get(), step.source().at("name"))
            : ValueTemplate.constant(null);
    names.checkTexts(name, null, problems);
    Expression when = step.when().isPresent() ? condition(step.when().get()) : null;
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
    int before = problems.errorCount();
    PollingChecker polling =
        new PollingChecker(descriptor, step, connections.merge(descriptor, step), problems);
    CompiledConfig config = configs.compile(descriptor, polling.rest(), blocks.keys());
    CompiledConfig polled = polling.compile(configs);
    CheckedAction action = action(lookup, descriptor, step, config, blocks);
    if (action instanceof CheckedAction.Call call && problems.errorCount() == before) {
      configs.ask(call.handler(), config, step);
    }
    ResultChecker result = new ResultChecker(names, texts, problems, descriptor, action, id);
    List<CompiledAssertion> assertions = result.assertions(step, polled);
    Polling repeated = polling.polling(polled);
    List<CompiledOutput> outputs = result.outputs(step);
    CompiledRetry retry = result.retry(repeated == null ? policy(step, action) : null);
    names.addStep(id, step.outputs().keySet(), result.knownKeys());
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
        repeated,
        errorSteps,
        result.assertedKeys(assertions),
        step.timeout().orElse(action instanceof CheckedAction.Call ? stepTimeout : null),
        CheckedStep.spanOf(step));
  }

  private @Nullable Expression condition(Assertion written) {
    Expression when = texts.expression(written.expression(), written.source());
    if (when != null) {
      names.checkExpression(when, null, written.source(), problems);
    }
    return when;
  }

  /** What the step does, after its configuration was checked; null when that cannot be said. */
  private @Nullable CheckedAction action(
      ActionCatalogue.Lookup lookup,
      ActionDescriptor descriptor,
      Step step,
      CompiledConfig config,
      BlockChecker blocks) {
    if (lookup.handler() != null) {
      configs.checkNames(config, descriptor, step);
      return new CheckedAction.Call(lookup.handler());
    }
    if (descriptor.id().equals(StepKinds.WAIT_UNTIL)) {
      // Its condition sees what its steps give.
      CheckedAction action = block(blocks);
      configs.checkNames(config, descriptor, step);
      return action;
    }
    configs.checkNames(config, descriptor, step);
    return block(blocks);
  }

  /** How the step is repeated; null when it is not. */
  private @Nullable Retry policy(Step step, @Nullable CheckedAction action) {
    // The steps of a block inherit the flow's retry, so the block does not: it would multiply.
    boolean inherits = action instanceof CheckedAction.Call || asksForRetry(step);
    return step.retry().orElse(inherits ? flowRetry : null);
  }

  private static boolean asksForRetry(Step step) {
    return step.onError() == OnError.RETRY
        || step.onTimeout().orElse(OnError.FAIL) == OnError.RETRY;
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

  private void checkRules(Step step) {
    if (step.within().isPresent() && !asserts(step) && !step.config().containsKey("assert")) {
      SourceTree place = step.source().at("within");
      problems.error(
          "nothing_asserted",
          "\"within\" repeats a step until its assertions hold, and this one has none",
          place,
          place.key(),
          "add \"assert\", or use \"timeout\" or \"retry\"");
    }
    if (asksForRetry(step) && step.retry().isEmpty() && flowRetry == null) {
      SourceTree place = step.source().at("on_error");
      problems.error(
          "invalid_value",
          "\"on_error: retry\" needs to know how often",
          place,
          place.value(),
          "add \"retry: {max_attempts: 3}\" to the step or to the flow's config");
    }
  }

  /** Whether one of the step's three lists asserts something. */
  static boolean asserts(Step step) {
    return !step.assertions().isEmpty()
        || !step.anyAssertions().isEmpty()
        || !step.noneAssertions().isEmpty();
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
}

package io.testmesh.engine.check;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.path.JsonPath;
import io.testmesh.flow.Flow;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import io.testmesh.result.AssertionResult;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warns of what is odd in a flow that can run. Belongs to one thread. */
final class Oddities {
  private static final Set<String> PROMISES =
      Set.of(
          "verify",
          "verifies",
          "check",
          "checks",
          "assert",
          "asserts",
          "ensure",
          "ensures",
          "should");

  private static final int SHORTEST_PROMISE = "check".length();
  private static final int LONGEST_PROMISE = "verifies".length();

  private final Flow flow;
  private final ProblemList problems;
  private final Set<String> texts = new HashSet<>();
  private boolean anyConnection;

  private Oddities(Flow flow, ProblemList problems) {
    this.flow = flow;
    this.problems = problems;
  }

  static void check(Flow flow, Map<Phase, List<CheckedStep>> phases, ProblemList problems) {
    Oddities oddities = new Oddities(flow, problems);
    for (Map.Entry<Phase, List<CheckedStep>> phase : phases.entrySet()) {
      oddities.checkReach(phase.getKey(), phase.getValue());
      for (CheckedStep step : phase.getValue()) {
        oddities.checkStep(step);
      }
    }
    oddities.checkConnections();
  }

  private void checkStep(CheckedStep step) {
    checkPromise(step);
    checkCondition(step);
    if (!(step.action() instanceof CheckedAction.WaitUntil)) {
      // The condition looks at what those give.
      for (CheckedStep nested : step.action().nested()) {
        checkStep(nested);
      }
    }
    for (CheckedStep errorStep : step.errorSteps()) {
      checkStep(errorStep);
    }
  }

  private void checkPromise(CheckedStep checked) {
    Step step = checked.step();
    if (step.disabled() || checked.asserts() || waits(checked.action())) {
      return;
    }
    String name = step.name().orElse("");
    String promise = promise(name);
    boolean byName = promise != null;
    promise = byName || !hasOwnId(step) ? promise : promise(checked.id());
    if (promise != null) {
      SourceTree place = step.source().at(byName ? "name" : "id");
      problems.warning(
          "nothing_asserted",
          "step \""
              + checked.id()
              + "\" checks nothing, although its "
              + (byName ? "name" : "id")
              + " says \""
              + promise
              + "\"",
          place,
          place.value(),
          "add \"assert\", or call it by what it does");
    }
  }

  /** Whether its author gave it the id; one that was generated has words of the step around it. */
  private static boolean hasOwnId(Step step) {
    SourceSpan id = step.source().at("id").value();
    return !id.isKnown() || !id.equals(step.source().value());
  }

  /** Whether what the step does fails when what it waits for does not come. */
  private static boolean waits(CheckedAction checked) {
    return checked instanceof CheckedAction.WaitUntil
        || checked instanceof CheckedAction.Call call
            && call.handler().descriptor().id().startsWith("wait_");
  }

  private static @Nullable String promise(String name) {
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      char c = i < name.length() ? name.charAt(i) : ' ';
      boolean small = c >= 'a' && c <= 'z';
      boolean letter = small || Character.isLetter(c);
      boolean hump = !small && letter && i > start && Character.isUpperCase(c);
      if (!letter || hump) {
        int length = i - start;
        if (length >= SHORTEST_PROMISE && length <= LONGEST_PROMISE) {
          String word = name.substring(start, i);
          if (PROMISES.contains(word.toLowerCase(Locale.ROOT))) {
            return word;
          }
        }
        start = hump ? i : i + 1;
      }
    }
    return null;
  }

  /** A condition over constants decides nothing; the word false alone switches a step off. */
  private void checkCondition(CheckedStep step) {
    Expression when = step.when();
    if (when != null && !when.source().strip().equals("false") && isAlways(when, false)) {
      SourceTree place = step.step().when().orElseThrow().source();
      problems.warning(
          "unreachable_step",
          "step \"" + step.id() + "\" never runs: its condition is always false",
          place,
          place.value(),
          null);
    }
  }

  private void checkReach(Phase phase, List<CheckedStep> steps) {
    if (phase == Phase.TEARDOWN || !flow.settings().failFast() && phase == Phase.STEPS) {
      return;
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      if (alwaysFails(steps.get(i))) {
        CheckedStep next = steps.get(i + 1);
        problems.warning(
            "unreachable_step",
            "step \""
                + next.id()
                + "\" never runs: step \""
                + steps.get(i).id()
                + "\" before it always fails",
            next.step().source(),
            next.span(),
            null);
        return;
      }
    }
  }

  private static boolean alwaysFails(CheckedStep step) {
    Step written = step.step();
    if (written.disabled() || written.when().isPresent() || written.onError() != OnError.FAIL) {
      return false;
    }
    // A time-out may be tolerated, and the step may always time out.
    if (written.onTimeout().isPresent()) {
      return false;
    }
    for (CompiledAssertion assertion : step.assertions()) {
      boolean all = assertion.kind() == AssertionResult.Kind.ALL;
      boolean none = assertion.kind() == AssertionResult.Kind.NONE;
      if (all && isAlways(assertion.expression(), false)
          || none && isAlways(assertion.expression(), true)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an expression reads and calls nothing, and has the value. */
  private static boolean isAlways(Expression expression, boolean value) {
    if (!expression.references().isEmpty()
        || !expression.pathKeys().isEmpty()
        || expression.source().indexOf('(') >= 0
        || TextTemplate.isDynamic(expression.source())) {
      return false;
    }
    try {
      return Boolean.valueOf(value).equals(expression.evaluate(new Nothing()));
    } catch (ExpressionException e) {
      return false;
    }
  }

  private void checkConnections() {
    Set<String> connections = flow.settings().connections().keySet();
    if (connections.isEmpty()) {
      return;
    }
    for (Phase phase : Phase.values()) {
      for (Step step : flow.steps(phase)) {
        collectTexts(step);
      }
    }
    for (String connection : connections) {
      if (!anyConnection && !texts.contains(connection)) {
        SourceTree place = flow.source().at("config", "connections", connection);
        problems.warning(
            "unused_connection",
            "no step uses the connection \"" + connection + "\"",
            place,
            place.key(),
            "a step names it: \"connection: " + connection + "\"");
      }
    }
  }

  private void collectTexts(Step step) {
    collectTexts(step.config());
    for (StepBlock block : step.blocks()) {
      for (Step nested : block.steps()) {
        collectTexts(nested);
      }
    }
    for (Step errorStep : step.errorSteps()) {
      collectTexts(errorStep);
    }
  }

  /** The texts of a configuration. */
  private void collectTexts(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Object connection = map.get("connection");
      anyConnection |= connection instanceof String text && TextTemplate.isDynamic(text);
      for (Object item : map.values()) {
        collectTexts(item);
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        collectTexts(item);
      }
    } else if (value instanceof String text) {
      texts.add(text);
    }
  }

  /** Sees nothing. */
  private static final class Nothing implements Environment {
    @Override
    public @Nullable Object find(String name) {
      return ABSENT;
    }

    @Override
    public Collection<String> names() {
      return List.of();
    }

    @Override
    public Map<String, @Nullable Object> all() {
      return Map.of();
    }

    @Override
    public List<@Nullable Object> select(JsonPath path) {
      return List.of();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }
  }
}

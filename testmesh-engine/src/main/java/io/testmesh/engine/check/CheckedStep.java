package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step that can run: every part parsed, its action known.
 *
 * @param step the step as it was written
 * @param id the id, given or made
 * @param phase the phase that it belongs to
 * @param action what it does
 * @param config the action's configuration
 * @param name the name for people, or a template of null
 * @param when the condition, or null
 * @param assertions what has to hold, in the order of the lists
 * @param outputs what is kept, in order
 * @param retry how failed attempts are repeated
 * @param errorSteps what runs when the step failed
 * @param assertedKeys the result keys that the assertions read
 * @param timeout the limit of one attempt: its own, or the flow's for a step; null for a block of
 *     steps without one, each of which has its own
 * @param span where people are pointed at: the step's first line, its whole text would be too much
 */
public record CheckedStep(
    Step step,
    String id,
    Phase phase,
    CheckedAction action,
    CompiledConfig config,
    ValueTemplate name,
    @Nullable Expression when,
    List<CompiledAssertion> assertions,
    List<CompiledOutput> outputs,
    CompiledRetry retry,
    @Nullable Polling polling,
    List<CheckedStep> errorSteps,
    Set<String> assertedKeys,
    @Nullable Duration timeout,
    SourceSpan span) {

  /** Copies the collections. */
  public CheckedStep {
    assertions = List.copyOf(assertions);
    outputs = List.copyOf(outputs);
    errorSteps = List.copyOf(errorSteps);
    assertedKeys = Set.copyOf(assertedKeys);
  }

  /** Whether the step says what has to hold: by itself, by its action, or in steps inside. */
  boolean asserts() {
    return !assertions.isEmpty()
        || !config.assertions().isEmpty()
        || config.entry("expect_status") != null
        || action.asserts();
  }

  /** The first line of a step, up to its action where that stands in it. */
  static SourceSpan spanOf(Step step) {
    SourceSpan value = step.source().value();
    if (value.endLine() == value.line()) {
      return value;
    }
    SourceSpan action = step.source().at("action").value();
    int end = action.line() == value.line() ? action.endColumn() : value.column() + 1;
    return new SourceSpan(value.file(), value.line(), value.column(), value.line(), end);
  }
}

package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.CompiledExpression;
import io.testmesh.engine.check.RenderedConfig;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step that runs other steps: what the kinds of such steps have in common. Their
 * steps go through the same loop as all others. Belongs to one thread.
 *
 * @param flow the flow
 * @param worker the worker that runs the step
 * @param step the step
 * @param config its configuration
 * @param scope what the step sees
 * @param limit what bounds the attempt, and so everything in it
 * @param inside where the steps in it hang
 * @param assertions where the conditions that it looked at are recorded
 */
record BlockRun(
    FlowRun flow,
    Worker worker,
    CheckedStep step,
    RenderedConfig config,
    FlowScope scope,
    Limit limit,
    Nesting inside,
    AssertionCheck assertions) {

  /** Runs the steps. */
  BlockEnd run() {
    CheckedAction action = step.action();
    if (action instanceof CheckedAction.Condition condition) {
      return condition(condition);
    }
    if (action instanceof CheckedAction.ForEach loop) {
      return new LoopRun(this, loop).run();
    }
    if (action instanceof CheckedAction.Parallel parallel) {
      return new ParallelRun(this, parallel).run();
    }
    if (action instanceof CheckedAction.WaitUntil wait) {
      return new WaitRun(this, wait).run();
    }
    if (action instanceof CheckedAction.RunFlow call) {
      return new CallRun(this, call).run();
    }
    throw new IllegalStateException("no steps inside of " + step.step().action());
  }

  private BlockEnd condition(CheckedAction.Condition condition) {
    CompiledExpression expression = (CompiledExpression) config.expression("condition");
    boolean holds;
    try {
      holds = isTrue(expression);
    } catch (ExpressionException e) {
      return BlockEnd.failed(flow.failures().of(asFailure(e), expression.place(), step));
    }
    List<CheckedStep> chosen = holds ? condition.then() : condition.otherwise();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("condition", expression.source());
    result.put("result", holds);
    result.put("branch", holds ? "then" : chosen == null ? "none" : "else");
    FlowScope nested = scope.nested(Map.of());
    BlockEnd end = runSteps(chosen == null ? List.of() : chosen, nested, worker, inside);
    scope.addAll(nested);
    return end.with(result, end.children());
  }

  /** Whether a condition holds now; fails when it is neither true nor false. */
  boolean isTrue(CompiledExpression condition) throws ExpressionException {
    return isTrue(condition, scope);
  }

  /** Whether a condition holds in a scope; fails when it is neither true nor false. */
  static boolean isTrue(CompiledExpression condition, FlowScope seen) throws ExpressionException {
    Object value = condition.evaluate(seen);
    if (value instanceof Boolean holds) {
      return holds;
    }
    throw new ExpressionException(
        ExpressionException.FAILED,
        "\"condition\" gives " + ValueWords.of(value) + ", where true or false is wanted",
        null,
        0,
        condition.source().length(),
        false);
  }

  /** A name that is known and has no value at this moment is a failure of the expression. */
  static ExpressionException asFailure(ExpressionException e) {
    return e.code().equals(ExpressionException.UNDEFINED_VARIABLE) || e.isAbsent()
        ? new ExpressionException(
            ExpressionException.FAILED,
            String.valueOf(e.getMessage()),
            e.hint(),
            e.start(),
            e.end(),
            e.isAbsent())
        : e;
  }

  /** Runs steps one after the other. */
  BlockEnd runSteps(List<CheckedStep> steps, FlowScope seen, Worker by, Nesting nesting) {
    StepLoop.Ran ran = new StepLoop(flow, by).run(steps, seen, limit.inside(), false, nesting);
    StepResult failed = ran.failed();
    if (failed != null) {
      return new BlockEnd(failed.status(), failed.failure().orElse(null), Map.of(), ran.results());
    }
    if (ran.stopped()) {
      return stopped(by).with(Map.of(), ran.results());
    }
    if (ran.late() != null) {
      return late().with(Map.of(), ran.results());
    }
    return BlockEnd.passed(Map.of(), ran.results());
  }

  /** The end that counts when several parts did not pass: an error, a failure, a stop. */
  static BlockEnd worse(@Nullable BlockEnd first, BlockEnd second) {
    return first == null || rank(second.status()) > rank(first.status()) ? second : first;
  }

  private static int rank(Status status) {
    return switch (status) {
      case ERROR -> 3;
      case FAILED -> 2;
      case CANCELLED -> 1;
      case PASSED, SKIPPED -> 0;
    };
  }

  /** The end of steps that were stopped before all had run. */
  BlockEnd stopped(Worker by) {
    String reason = flow.control().stopReason(by);
    Failure failure =
        flow.failures().cancelled(reason == null ? flow.control().reason() : reason, step);
    return new BlockEnd(Status.CANCELLED, failure, Map.of(), List.of());
  }

  /** The end of steps whose time was up before all had run. */
  BlockEnd late() {
    return BlockEnd.failed(flow.failures().timeout(limit, step));
  }

  /** Whether the work must not go on; says so to the run when its thread was interrupted. */
  boolean isStopped(Worker by) {
    if (Thread.interrupted()) {
      flow.interrupted();
    }
    return flow.control().stopReason(by) != null;
  }

  /** The end when a number is below zero; null when it is not. */
  @Nullable BlockEnd negative(String key) {
    return config.value(key) instanceof Long number && number < 0
        ? invalid("invalid_value", "\"" + key + "\" wants a number from 0 on, got " + number, null)
        : null;
  }

  /** How many parts may run at once; 0 for all. */
  long atOnce() {
    return config.value("max_concurrent") instanceof Long number ? number : 0;
  }

  /** The end when the configuration is not usable. */
  BlockEnd invalid(String code, String message, @Nullable String hint) {
    return BlockEnd.failed(flow.failures().at(code, message, step).hint(hint).build());
  }
}

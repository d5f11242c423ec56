package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.TraceContext;
import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.CompiledOutput;
import io.testmesh.engine.check.ConfigException;
import io.testmesh.engine.check.RenderedConfig;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ValueTypes;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.ResultScope;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Output;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.LogEntry;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step: fill in the configuration, call the action once, check, keep. Its parts
 * are read after {@link #run}. Belongs to one thread.
 */
final class Attempt {
  private final FlowRun flow;
  private final CheckedStep step;
  private final FlowScope scope;
  private final int number;
  private final AssertionCheck assertions;
  private final Instant started;
  private final long startNanos;
  private long endNanos;
  private Map<String, @Nullable Object> config = Map.of();
  private Map<String, @Nullable Object> result = Map.of();
  private Map<String, @Nullable Object> outputs = Map.of();
  private List<ResultNode> children = List.of();
  private @Nullable StepContext context;
  private final @Nullable TraceContext span;
  private @Nullable Failure failure;
  private Status status = Status.FAILED;
  private boolean actionSucceeded;
  private boolean cut;

  /**
   * An attempt that begins now.
   *
   * @param number counted from 1
   * @param span its own as a part of the flow's trace; null where there is none
   * @param started the time of now
   * @param startNanos the reading of {@link System#nanoTime()} of now
   */
  Attempt(
      FlowRun flow,
      CheckedStep step,
      FlowScope scope,
      int number,
      @Nullable TraceContext span,
      Instant started,
      long startNanos) {
    this.started = started;
    this.startNanos = startNanos;
    this.flow = flow;
    this.step = step;
    this.scope = scope;
    this.number = number;
    this.span = span;
    this.assertions = new AssertionCheck(step, flow.masking());
  }

  /**
   * Makes the attempt.
   *
   * @param inside where steps inside of the step hang
   */
  void run(Worker worker, Limit limit, Nesting inside) {
    if (step.action() instanceof CheckedAction.Call call) {
      act(call.handler(), worker, limit);
    } else {
      runBlock(worker, limit, inside);
    }
    if (actionSucceeded) {
      ResultScope seen = new ResultScope(scope, result, result, step.id());
      // An output may be a secret, which the values of the assertions must not show.
      List<Failure> missing = step.outputs().isEmpty() ? List.of() : keep(seen);
      if (!step.assertions().isEmpty()) {
        assertions.check(step.assertions(), seen);
      }
      failure = first(assertions.failure(), missing);
      status = failure == null ? Status.PASSED : Status.FAILED;
    }
    endNanos = System.nanoTime();
  }

  private void act(ActionHandler handler, Worker worker, Limit limit) {
    Guard guard = flow.control().begin(worker, limit);
    boolean interrupted = false;
    try {
      RenderedConfig rendered = step.config().render(scope, flow.masking());
      config = rendered.values();
      StepContext calling = new StepContext(flow, step, scope, rendered, guard, assertions, span);
      context = calling;
      if (!guard.isCancelled()) {
        result = JsonValues.copyMap(handler.execute(calling).values());
        actionSucceeded = true;
      }
    } catch (TemplateException e) {
      failure = flow.failures().of(e, step);
    } catch (ConfigException e) {
      failure = flow.failures().of(e, step);
    } catch (ActionException e) {
      failed(e);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (Throwable e) {
      // A handler is foreign code: whatever it throws is the failure of this step alone.
      failure = flow.failures().unexpected(e, step);
    } finally {
      StopReason stopped = worker.end(guard);
      if (stopped != null) {
        stopped(stopped, worker, limit);
      } else if (interrupted) {
        flow.interrupted();
        stopped(StopReason.CANCELLED, worker, limit);
      }
    }
  }

  /**
   * Runs the steps inside of the step, each a section of its own: nothing here may be interrupted.
   */
  private void runBlock(Worker worker, Limit limit, Nesting inside) {
    try {
      RenderedConfig rendered = step.config().render(scope, flow.masking());
      config = rendered.values();
      BlockEnd end =
          new BlockRun(flow, worker, step, rendered, scope, limit, inside, assertions).run();
      children = end.children();
      result = end.result();
      failure = end.failure();
      status = end.status();
      actionSucceeded = status == Status.PASSED;
      cut = limit.owner() == Limit.Owner.WITHIN && end.isTimeout() && limit.isOver();
    } catch (TemplateException e) {
      failure = flow.failures().of(e, step);
    } catch (ConfigException e) {
      failure = flow.failures().of(e, step);
    }
  }

  private void failed(ActionException e) {
    failure = flow.failures().of(e, step);
    ActionResult found = e.result();
    result = JsonValues.copyMap(found.values());
    if (e.isUnrunnable()) {
      status = Status.ERROR;
    } else if (e.code().equals(ActionException.CANCELLED)) {
      status = Status.CANCELLED;
    }
  }

  private void stopped(StopReason reason, Worker worker, Limit limit) {
    actionSucceeded = false;
    if (reason == StopReason.TIMEOUT) {
      failure = flow.failures().timeout(limit, step);
      status = Status.FAILED;
      cut = limit.owner() == Limit.Owner.WITHIN;
    } else {
      String why = flow.control().stopReason(worker);
      failure = flow.failures().cancelled(why == null ? flow.control().reason() : why, step);
      status = Status.CANCELLED;
    }
  }

  /** The first failure, which carries the others. */
  private static @Nullable Failure first(@Nullable Failure unmet, List<Failure> missing) {
    if (missing.isEmpty()) {
      return unmet;
    }
    Failure.Builder first = (unmet == null ? missing.get(0) : unmet).toBuilder();
    for (int i = unmet == null ? 1 : 0; i < missing.size(); i++) {
      first.other(missing.get(i));
    }
    return first.build();
  }

  /** Keeps the outputs; gives the failures of those that found nothing. */
  private List<Failure> keep(ResultScope seen) {
    List<Failure> missing = new ArrayList<>();
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    for (CompiledOutput output : step.outputs()) {
      try {
        Object value = ValueTypes.toJson(output.expression().evaluate(seen));
        kept.put(output.name(), value);
        flow.noteOutput(output.name(), value);
      } catch (ExpressionException e) {
        Output written = output.output();
        if (e.isAbsent() && written.hasDefault() && !isTypingError(e, output, seen)) {
          kept.put(output.name(), written.defaultValue());
        } else {
          missing.add(outputFailure(e, output));
        }
      }
    }
    outputs = Collections.unmodifiableMap(kept);
    return missing;
  }

  /** Whether the name that nobody knows is nearly the same as one that is there. */
  private static boolean isTypingError(
      ExpressionException e, CompiledOutput output, ResultScope seen) {
    String text = output.expression().source();
    if (!e.code().equals(ExpressionException.UNDEFINED_VARIABLE) || e.end() > text.length()) {
      return false;
    }
    String unknown = text.substring(e.start(), e.end());
    for (String name : seen.names()) {
      if (NearNames.nearlySame(unknown, name)) {
        return true;
      }
    }
    return false;
  }

  private Failure outputFailure(ExpressionException e, CompiledOutput output) {
    Failure found = flow.failures().of(e, output.output().source(), step);
    if (!e.isAbsent()) {
      return found;
    }
    String message =
        "the output \""
            + output.name()
            + "\" found nothing: "
            + output.output().expression()
            + " ("
            + found.message()
            + ")";
    Failure.Builder failure =
        Failure.builder("output_not_found", message)
            .step(step.id())
            .span(found.span())
            .excerpt(found.excerpt());
    return failure
        .hint(found.hint().orElse("give a default if it may be absent: {path: …, default: …}"))
        .build();
  }

  boolean passed() {
    return status == Status.PASSED;
  }

  Status status() {
    return status;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** Whether the end of {@code within} stopped the attempt before it could tell anything. */
  boolean isCut() {
    return cut;
  }

  boolean actionSucceeded() {
    return actionSucceeded;
  }

  Map<String, @Nullable Object> config() {
    return config;
  }

  Map<String, @Nullable Object> result() {
    return result;
  }

  Map<String, @Nullable Object> outputs() {
    return outputs;
  }

  /** What ran inside of the step. */
  List<ResultNode> children() {
    return children;
  }

  List<AssertionResult> assertions() {
    return assertions.results();
  }

  List<LogEntry> logs() {
    return context == null ? List.of() : context.logs();
  }

  Map<String, @Nullable Object> metrics() {
    return context == null ? Map.of() : context.metrics();
  }

  /** What the next look waits for; null when it is time alone. */
  @Nullable CompletionStage<?> awaited() {
    return context == null ? null : context.awaited();
  }

  AttemptResult record() {
    return new AttemptResult(
        number, status, started, Duration.ofNanos(endNanos - startNanos), failure);
  }

  /** The reading of {@link System#nanoTime()} when it ended. */
  long endNanos() {
    return endNanos;
  }
}

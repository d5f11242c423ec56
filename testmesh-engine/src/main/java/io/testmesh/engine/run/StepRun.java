package io.testmesh.engine.run;

import io.testmesh.action.Deadline;
import io.testmesh.action.TraceContext;
import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.CompiledRetry;
import io.testmesh.engine.check.ConfigException;
import io.testmesh.engine.check.Polling;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.Recording;
import io.testmesh.engine.scope.ResultScope;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Retry;
import io.testmesh.flow.Step;
import io.testmesh.result.ActionSummary;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.LogEntry;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: its condition, its attempts with retry or {@code within}, what a failure means,
 * and the record of it all. The only place that knows attempts. Belongs to one thread.
 */
final class StepRun {
  private static final Outcome PASSED = new Outcome.Passed();
  private static final int MOST_RECORDED_ATTEMPTS = 1_000;

  private final StepLoop loop;
  private final FlowRun flow;
  private final Worker worker;
  private final CheckedStep step;
  private final FlowScope scope;
  private final Nesting nesting;
  private final Instant started = Instant.now();
  private final long startNanos;
  private final List<AttemptResult> attempts = new ArrayList<>(1);
  private final @Nullable TraceContext span;
  private final @Nullable TraceContext outerSpan;
  private int attemptCount;

  /** How long the assertions went on holding when they had to; 0 when they never did. */
  private Duration held = Duration.ZERO;

  StepRun(
      StepLoop loop,
      Worker worker,
      CheckedStep step,
      FlowScope scope,
      Nesting nesting,
      long startNanos) {
    this.startNanos = startNanos;
    this.loop = loop;
    this.flow = loop.flow();
    this.span = flow.trace().begin();
    this.outerSpan = nesting.span() == null ? flow.trace().current() : nesting.span();
    this.worker = worker;
    this.step = step;
    this.scope = scope;
    this.nesting = nesting;
  }

  /** Runs the step and gives its record, which listeners have been told of by then. */
  StepResult run(Limit outer) {
    Step written = step.step();
    if (written.disabled()) {
      return loop.skip(step, "the step is disabled", nesting);
    }
    if (step.when() != null) {
      try {
        Object holds = step.when().evaluate(scope);
        if (Boolean.FALSE.equals(holds)) {
          String condition = written.when().orElseThrow().expression();
          return loop.skip(step, "when is false: " + condition, nesting);
        }
        if (!Boolean.TRUE.equals(holds)) {
          return brokenCondition(
              outer,
              new ExpressionException(
                  ExpressionException.FAILED,
                  "\"when\" gives " + ValueWords.of(holds) + ", where true or false is wanted",
                  null,
                  0,
                  written.when().orElseThrow().expression().length(),
                  false));
        }
      } catch (ExpressionException e) {
        return brokenCondition(outer, e);
      }
    }
    announceStart();
    Attempt last;
    if (step.polling() == null) {
      last = retry(outer);
    } else {
      try {
        last = poll(step.polling().times(scope, flow.masking()), outer);
      } catch (TemplateException e) {
        return broken(outer, flow.failures().of(e, step));
      } catch (ConfigException e) {
        return broken(outer, flow.failures().of(e, step));
      }
    }
    if (last.actionSucceeded()) {
      scope.add(step.id(), last.result(), last.outputs());
    } else if (!last.result().isEmpty()) {
      scope.add(step.id(), last.result(), Map.of());
    }
    return finish(last, outer);
  }

  private void announceStart() {
    if (flow.isWatched()) {
      flow.emit(
          new RunEvent.StepStarted(
              flow.index(), step.id(), step.phase(), step.step().action(), nesting.depth()));
    }
  }

  private StepResult brokenCondition(Limit outer, ExpressionException e) {
    announceStart();
    ExpressionException coded = BlockRun.asFailure(e);
    return broken(
        outer, flow.failures().of(coded, step.step().when().orElseThrow().source(), step));
  }

  /** The record of a step that failed before its first attempt. */
  private StepResult broken(Limit outer, Failure failure) {
    return finish(failed(failure, outer), null, List.of(), errorSteps(failure, outer));
  }

  private Attempt attempt(Limit outer) {
    boolean isFirst = attemptCount == 0;
    long now = isFirst ? startNanos : System.nanoTime();
    attemptCount++;
    TraceContext own = span == null ? null : flow.trace().begin();
    Attempt attempt =
        new Attempt(flow, step, scope, attemptCount, own, isFirst ? started : Instant.now(), now);
    attempt.run(worker, limit(outer, now), nesting.below(step.id(), own));
    if (own != null) {
      export(own, attempt.record());
    }
    if (attempts.size() < MOST_RECORDED_ATTEMPTS) {
      attempts.add(attempt.record());
    } else {
      attempts.set(MOST_RECORDED_ATTEMPTS - 1, attempt.record());
    }
    return attempt;
  }

  private void export(TraceContext part, AttemptResult attempt) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("testmesh.kind", "attempt");
    attributes.put("testmesh.attempt", (long) attempt.number());
    attributes.put("testmesh.status", attempt.status().key());
    flow.trace()
        .end(
            part,
            span,
            step.id() + " #" + attempt.number(),
            attempt.started(),
            attempt.duration(),
            attempt.failure().orElse(null),
            attributes);
  }

  private void export(TraceContext part, StepResult result) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("testmesh.kind", "step");
    attributes.put("testmesh.action", result.action());
    attributes.put("testmesh.status", result.status().key());
    flow.trace()
        .end(
            part,
            outerSpan,
            result.name().orElse(result.id()),
            result.started(),
            result.duration(),
            result.failure().orElse(null),
            attributes);
  }

  private Limit limit(Limit outer, long now) {
    Duration own = step.timeout();
    return own == null ? outer : Limit.after(own, Limit.Owner.STEP, now).earlier(outer);
  }

  private void announce(Attempt attempt) {
    flow.emit(new RunEvent.AttemptFinished(flow.index(), step.id(), attempt.record()));
  }

  private Attempt retry(Limit outer) {
    Retry policy = step.retry().retry();
    while (true) {
      Attempt attempt = attempt(outer);
      boolean again =
          attempt.status() == Status.FAILED
              && attemptCount < policy.maxAttempts()
              && !outer.isOver()
              && isRepeated(attempt);
      if (attemptCount > 1 || again) {
        announce(attempt);
      }
      if (!again || !loop.pause(delay(policy), outer)) {
        return attempt;
      }
    }
  }

  private Duration delay(Retry policy) {
    long first = policy.delay().toMillis();
    long longest = policy.maxDelay().toMillis();
    long delay =
        switch (policy.backoff()) {
          case CONSTANT -> first;
          case LINEAR -> first * attemptCount;
          case EXPONENTIAL ->
              attemptCount > 40 || first > longest ? longest : first << (attemptCount - 1);
        };
    return Duration.ofMillis(delay < 0 || delay > longest ? longest : delay);
  }

  private boolean isRepeated(Attempt attempt) {
    CompiledRetry retry = step.retry();
    if (isLeftOut(attempt.failure()) || matches(retry.retryOnNot(), attempt)) {
      return false;
    }
    return retry.retryOn().isEmpty() || matches(retry.retryOn(), attempt);
  }

  /** Whether "retry" is said of time-outs alone, or of all but these, and not of this failure. */
  private boolean isLeftOut(@Nullable Failure failure) {
    Step written = step.step();
    boolean said =
        written.onError() == OnError.RETRY
            || written.onTimeout().orElse(OnError.FAIL) == OnError.RETRY;
    return said && failure != null && reaction(written, failure) != OnError.RETRY;
  }

  private boolean matches(List<CompiledRetry.Condition> conditions, Attempt attempt) {
    Failure failure = attempt.failure();
    for (CompiledRetry.Condition condition : conditions) {
      if (condition.expression() == null) {
        if (failure != null && condition.means(failure.code())) {
          return true;
        }
        continue;
      }
      Environment seen =
          new ResultScope(errorScope(failure), attempt.result(), attempt.result(), step.id());
      try {
        if (Boolean.TRUE.equals(condition.expression().evaluate(seen))) {
          return true;
        }
      } catch (ExpressionException e) {
        // A condition over a result that this failure did not give does not match it.
        continue;
      }
    }
    return false;
  }

  private FlowScope errorScope(@Nullable Failure failure) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", failure == null ? null : failure.code());
    error.put("message", failure == null ? null : failure.message());
    error.put("step", step.id());
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put("error", error);
    return scope.nested(names);
  }

  /**
   * Looks until the assertions hold, and then for as long as they have to go on holding. A time in
   * which they hold may end after {@code within}, when it began before.
   */
  private Attempt poll(Polling.Times times, Limit outer) {
    Limit time = times.within() == null ? outer : Limit.after(times.within(), Limit.Owner.WITHIN);
    Attempt telling = null;
    Deadline enough = null;
    while (true) {
      Attempt attempt = attempt(enough == null ? time.earlier(outer) : outer);
      boolean passed = attempt.passed();
      if (passed && enough == null && times.hold() != null) {
        enough = Deadline.after(times.hold());
      }
      if (!passed && attempt.status() != Status.FAILED) {
        return attempt;
      }
      if (passed) {
        if (enough == null || enough.isOver()) {
          return attempt;
        }
        announce(attempt);
        // When the pause is cut short the next attempt says why.
        loop.pause(shorter(times.every(), enough.remaining()), outer);
        continue;
      }
      if (enough != null && times.hold() != null) {
        held = times.hold().minus(enough.remaining());
      }
      enough = null;
      if (telling == null || !attempt.isCut()) {
        telling = attempt;
      }
      boolean again = times.within() != null && !time.isOver() && !outer.isOver();
      if (attemptCount > 1 || again) {
        announce(attempt);
      }
      if (!again || !loop.pause(times.every(), attempt.awaited(), time.earlier(outer))) {
        return flow.control().stopReason(worker) != null ? attempt : telling;
      }
    }
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) <= 0 ? left : right;
  }

  private StepResult finish(Attempt last, Limit outer) {
    Failure failure = last.failure();
    if (failure == null || last.passed()) {
      return finish(PASSED, last, last.children());
    }
    Failure.Builder detailed = failure.toBuilder();
    if (attemptCount > 1 || step.polling() != null) {
      detailed.detail("attempts", (long) attemptCount);
    }
    if (!held.isZero()) {
      detailed.detail("held_ms", held.toMillis());
    }
    Failure cause = detailed.build();
    if (last.status() == Status.CANCELLED || isStopped(last)) {
      Failure stopped =
          last.status() == Status.CANCELLED ? cause : flow.failures().cancelled(stopReason(), step);
      return finish(new Outcome.Cancelled(stopped), last, last.children());
    }
    if (last.status() == Status.ERROR) {
      return finish(new Outcome.Errored(cause), last, last.children());
    }
    return finish(failed(cause, outer), last, last.children(), errorSteps(cause, outer));
  }

  private String stopReason() {
    String reason = flow.control().stopReason(worker);
    return reason == null ? flow.control().reason() : reason;
  }

  /** Whether the wait for the next attempt was cancelled: the step then did not end by itself. */
  private boolean isStopped(Attempt last) {
    return flow.control().stopReason(worker) != null
        && (step.polling() != null
            || attemptCount < step.retry().retry().maxAttempts() && isRepeated(last));
  }

  /**
   * A failure at the end of the flow's or run's time is theirs too, so the step cannot excuse it.
   */
  private Outcome failed(Failure cause, Limit outer) {
    OnError reaction = reaction(step.step(), cause);
    return new Outcome.Failed(
        cause, (nesting.tolerant() || reaction == OnError.CONTINUE) && !outer.isOver());
  }

  /** What a failure of the step means. */
  static OnError reaction(Step step, Failure cause) {
    return cause.code().equals("timeout")
        ? step.onTimeout().orElse(step.onError())
        : step.onError();
  }

  private List<ResultNode> errorSteps(Failure cause, Limit outer) {
    if (step.errorSteps().isEmpty()) {
      return List.of();
    }
    FlowScope seen = errorScope(cause);
    List<ResultNode> results =
        loop.run(step.errorSteps(), seen, outer, false, nesting.below(step.id(), span)).results();
    scope.addAll(seen);
    return results;
  }

  private StepResult finish(Outcome outcome, @Nullable Attempt last, List<ResultNode> children) {
    return finish(outcome, last, children, List.of());
  }

  private StepResult finish(
      Outcome outcome,
      @Nullable Attempt last,
      List<ResultNode> inside,
      List<ResultNode> errorSteps) {
    Outcome actual = outcome;
    if (outcome instanceof Outcome.Failed failed
        && failed.tolerated()
        && StepLoop.firstFailure(errorSteps) != null) {
      actual = new Outcome.Failed(failed.cause(), false);
    }
    List<ResultNode> children = inside;
    if (!errorSteps.isEmpty()) {
      children = new ArrayList<>(inside);
      children.addAll(errorSteps);
    }
    StepResult.Builder record =
        StepResult.builder(step.id(), step.phase(), step.step().action(), actual)
            .name(name())
            .span(step.span())
            .started(started)
            .attempts(attempts)
            .children(children);
    if (last != null) {
      addValues(record, last, actual);
    }
    // A step that did nothing after its attempt has ended with it.
    long end = last != null && errorSteps.isEmpty() ? last.endNanos() : System.nanoTime();
    StepResult result = record.duration(Duration.ofNanos(end - startNanos)).build();
    if (span != null) {
      export(span, result);
    }
    if (flow.isWatched()) {
      flow.emit(new RunEvent.StepFinished(flow.index(), result, nesting.parent(), nesting.depth()));
    }
    return result;
  }

  private void addValues(StepResult.Builder record, Attempt last, Outcome outcome) {
    Recording recording = new Recording(flow.masking());
    Map<String, @Nullable Object> config = recording.keepMap(last.config());
    Map<String, @Nullable Object> result = recording.keepMap(last.result());
    record
        .config(config)
        .result(result)
        .outputs(recording.keepMap(last.outputs()))
        .assertions(last.assertions())
        .logs(masked(last.logs()))
        .metrics(last.metrics())
        .truncated(recording.isTruncated());
    if (outcome.status() != Status.PASSED || flow.summarizeAll()) {
      record.summary(summary(config, result));
    }
  }

  /** A log line may hold what became a secret only after it was written: an output. */
  private List<LogEntry> masked(List<LogEntry> logs) {
    if (logs.isEmpty()) {
      return logs;
    }
    List<LogEntry> masked = new ArrayList<>(logs.size());
    for (LogEntry log : logs) {
      masked.add(new LogEntry(log.level(), flow.masking().mask(log.message()), log.time()));
    }
    return masked;
  }

  private ActionSummary summary(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    // Of a configuration whose placeholders have no value there is nothing to say.
    boolean isKnown = !config.isEmpty() || step.config().written().isEmpty();
    if (!(step.action() instanceof CheckedAction.Call call) || !isKnown) {
      return ActionSummary.NONE;
    }
    try {
      return call.handler().summarize(config, result);
    } catch (Throwable e) {
      // A handler is foreign code: the outcome stands.
      flow.warn(
          "action_failed",
          "the action "
              + step.step().action()
              + " cannot summarize its result: "
              + Failures.words(e));
      return ActionSummary.NONE;
    }
  }

  private @Nullable String name() {
    try {
      Object name = step.name().render(scope);
      return name == null ? null : flow.masking().mask(ValueWords.text(name));
    } catch (TemplateException e) {
      return step.step().name().map(flow.masking()::mask).orElse(null);
    }
  }
}

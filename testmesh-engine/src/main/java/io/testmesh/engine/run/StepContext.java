package io.testmesh.engine.run;

import io.testmesh.action.ActionConfig.CheckedAssertion;
import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.TraceContext;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.CompiledAssertion;
import io.testmesh.engine.check.CompiledExpression;
import io.testmesh.engine.check.RenderedConfig;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ValueTypes;
import io.testmesh.engine.scope.Disclosure;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.ResultScope;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Level;
import io.testmesh.result.LogEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a handler is given. Used by the attempt's thread, logs and metrics by others
 * too.
 */
final class StepContext extends HandlerContext implements ActionContext {
  private final CheckedStep step;
  private final RenderedConfig config;
  private final AssertionCheck assertions;
  private final @Nullable TraceContext span;
  private volatile @Nullable CompletionStage<?> awaited;
  private final Object lock = new Object();
  // Made under the lock; volatile so that a step without any is told without it.
  private volatile @Nullable List<LogEntry> logs;
  private volatile @Nullable Map<String, @Nullable Object> metrics;

  StepContext(
      FlowRun flow,
      CheckedStep step,
      FlowScope scope,
      RenderedConfig config,
      Guard guard,
      AssertionCheck assertions,
      @Nullable TraceContext span) {
    super(flow, scope, guard);
    this.step = step;
    this.config = config;
    this.assertions = assertions;
    this.span = span;
  }

  /** What was logged so far. */
  List<LogEntry> logs() {
    List<LogEntry> written = logs;
    if (written == null) {
      return List.of();
    }
    synchronized (lock) {
      return List.copyOf(written);
    }
  }

  /** What was measured so far. */
  Map<String, @Nullable Object> metrics() {
    Map<String, @Nullable Object> measured = metrics;
    if (measured == null) {
      return Map.of();
    }
    synchronized (lock) {
      return JsonValues.copyMap(measured);
    }
  }

  @Override
  public RenderedConfig config() {
    return config;
  }

  @Override
  public String stepId() {
    return step.id();
  }

  @Override
  @SuppressWarnings("unchecked") // the values of all steps are maps
  public Map<String, Map<String, @Nullable Object>> stepOutputs() {
    return (Map<String, Map<String, @Nullable Object>>) (Map<String, ?>) scope().allSteps();
  }

  @Override
  public Map<String, @Nullable Object> sharedVariables() {
    try {
      return disclosure().variables();
    } catch (ExpressionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> sharedStepOutputs() {
    return disclosure().steps();
  }

  private Disclosure disclosure() {
    return new Disclosure(scope(), step.config().references(scope()::isStepId), flow().masking());
  }

  @Override
  public void log(Level level, String message) {
    log(level, message, Instant.now());
  }

  @Override
  public void log(Level level, String message, Instant time) {
    LogEntry entry = new LogEntry(level, flow().masking().mask(message), time);
    synchronized (lock) {
      List<LogEntry> written = logs;
      if (written == null) {
        written = new ArrayList<>(2);
        logs = written;
      }
      written.add(entry);
    }
  }

  @Override
  public void metric(String name, Number value) {
    synchronized (lock) {
      Map<String, @Nullable Object> measured = metrics;
      if (measured == null) {
        measured = new LinkedHashMap<>();
        metrics = measured;
      }
      measured.put(name, value);
    }
  }

  @Override
  public @Nullable Object evaluate(
      CheckedExpression expression,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document)
      throws ActionException {
    CompiledExpression compiled = (CompiledExpression) expression;
    try {
      return ValueTypes.toJson(compiled.evaluate(resultScope(first, document)));
    } catch (ExpressionException e) {
      ActionException failure =
          new ActionException(
              isMissing(e) ? "output_not_found" : e.code(),
              "\"" + compiled.source() + "\": " + e.getMessage(),
              e);
      throw e.hint() == null ? failure : failure.hint(e.hint());
    }
  }

  /** Whether something is not there that could be; a name that nobody knows is a mistake. */
  private static boolean isMissing(ExpressionException e) {
    return e.isAbsent() && !e.code().equals(ExpressionException.UNDEFINED_VARIABLE);
  }

  @Override
  public List<AssertionResult> explain(
      CheckedExpression condition,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    return assertions.explain(
        ((CompiledExpression) condition).parts(), resultScope(first, document));
  }

  @Override
  public List<AssertionResult> check(
      List<? extends CheckedAssertion> checks,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    List<CompiledAssertion> compiled = new ArrayList<>(checks.size());
    for (CheckedAssertion assertion : checks) {
      compiled.add((CompiledAssertion) assertion);
    }
    return assertions.check(compiled, resultScope(first, document));
  }

  private ResultScope resultScope(
      Map<String, ? extends @Nullable Object> first, @Nullable Object document) {
    return new ResultScope(scope(), JsonValues.copyMap(first), document, null);
  }

  @Override
  public Set<String> assertedKeys() {
    return step.assertedKeys();
  }

  @Override
  public Path resolveOutput(String path) {
    return flow().workingFolder().resolve(path);
  }

  @Override
  public Optional<TraceContext> trace() {
    return Optional.ofNullable(span == null ? flow().trace().current() : span);
  }

  @Override
  public void startTrace(
      TraceContext trace, String name, Map<String, ? extends @Nullable Object> attributes) {
    flow().trace().start(trace, name, JsonValues.copyMap(attributes));
  }

  @Override
  public void lookAgainAt(CompletionStage<?> stage) {
    awaited = stage;
  }

  /** What the next look waits for; null when it is time alone. */
  @Nullable CompletionStage<?> awaited() {
    return awaited;
  }
}

package io.testmesh.plugin;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.action.SpanExporter;
import io.testmesh.action.TraceContext;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call of a handler that keeps what is said in it, and that can be cancelled. */
public final class FakeContext implements ActionContext, Cancellation {
  /** What was logged: level and message. */
  public final List<String> logs = new ArrayList<>();

  /** When it was logged. */
  public final List<Instant> times = new ArrayList<>();

  /** What was measured. */
  public final Map<String, Number> metrics = new LinkedHashMap<>();

  /** What the flow knows. */
  public Map<String, Object> variables = Map.of();

  /** What earlier steps gave. */
  public Map<String, Map<String, Object>> outputs = Map.of();

  /** The trace, or null. */
  public TraceContext trace;

  private final Map<String, Object> config;
  private final Thread thread = Thread.currentThread();
  private final List<Runnable> reactions = new ArrayList<>();
  private Deadline deadline = Deadline.after(Duration.ofSeconds(20));
  private boolean cancelled;

  /** A call with a configuration. */
  public FakeContext(Map<String, Object> config) {
    this.config = config;
  }

  /** With a deadline. */
  public FakeContext within(Duration time) {
    deadline = Deadline.after(time);
    return this;
  }

  /** Cancels the call, as the engine does: interrupts and reacts. */
  public void cancel() {
    List<Runnable> now;
    synchronized (this) {
      cancelled = true;
      now = List.copyOf(reactions);
      thread.interrupt();
    }
    now.forEach(Runnable::run);
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public synchronized Registration onCancel(Runnable reaction) {
    reactions.add(reaction);
    return () -> {
      synchronized (this) {
        reactions.remove(reaction);
      }
    };
  }

  @Override
  public ActionConfig config() {
    return new FakeConfig(config);
  }

  @Override
  public String executionId() {
    return "run-1";
  }

  @Override
  public String flowId() {
    return "flow-1";
  }

  @Override
  public String flowName() {
    return "a flow";
  }

  @Override
  public String stepId() {
    return "step-1";
  }

  @Override
  public Map<String, Object> variables() {
    throw new AssertionError("a plugin sees the shared variables alone");
  }

  @Override
  public Map<String, Map<String, Object>> stepOutputs() {
    throw new AssertionError("a plugin sees the shared outputs alone");
  }

  @Override
  public Map<String, Object> sharedVariables() {
    return variables;
  }

  @Override
  public Map<String, Map<String, Object>> sharedStepOutputs() {
    return outputs;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public Cancellation cancellation() {
    return this;
  }

  @Override
  public void log(Level level, String message) {
    log(level, message, Instant.now());
  }

  @Override
  public void log(Level level, String message, Instant time) {
    logs.add(level.key() + " " + message);
    times.add(time);
  }

  @Override
  public void metric(String name, Number value) {
    metrics.put(name, value);
  }

  @Override
  public Object evaluate(
      ActionConfig.CheckedExpression expression, Map<String, ?> first, Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AssertionResult> explain(
      ActionConfig.CheckedExpression condition, Map<String, ?> first, Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AssertionResult> check(
      List<? extends ActionConfig.CheckedAssertion> assertions,
      Map<String, ?> first,
      Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> assertedKeys() {
    return Set.of();
  }

  @Override
  public Path resolve(String path) {
    return Path.of(path);
  }

  @Override
  public Path resolveOutput(String path) {
    return Path.of(path);
  }

  @Override
  public Resources runnerResources() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Resources flowResources() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TraceContext> trace() {
    return Optional.ofNullable(trace);
  }

  @Override
  public void startTrace(
      TraceContext started, String name, Map<String, ? extends @Nullable Object> attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void exportSpans(SpanExporter exporter, @Nullable String service) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void lookAgainAt(CompletionStage<?> stage) {
    throw new UnsupportedOperationException();
  }

  @Override
  public JsonFormat json() {
    return new FakeJson();
  }
}

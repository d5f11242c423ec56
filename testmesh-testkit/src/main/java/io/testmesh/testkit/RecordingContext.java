package io.testmesh.testkit;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionConfig.CheckedAssertion;
import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.action.SpanExporter;
import io.testmesh.action.TraceContext;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A context that notes which keys of the configuration are read. */
final class RecordingContext implements ActionContext {
  private final ActionContext context;
  private final ActionConfig config;

  RecordingContext(ActionContext context, Set<String> read) {
    this.context = context;
    this.config = new RecordingConfig(context.config(), read);
  }

  @Override
  public ActionConfig config() {
    return config;
  }

  @Override
  public String executionId() {
    return context.executionId();
  }

  @Override
  public String flowId() {
    return context.flowId();
  }

  @Override
  public String flowName() {
    return context.flowName();
  }

  @Override
  public String stepId() {
    return context.stepId();
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    return context.variables();
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> stepOutputs() {
    return context.stepOutputs();
  }

  @Override
  public Map<String, @Nullable Object> sharedVariables() {
    return context.sharedVariables();
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> sharedStepOutputs() {
    return context.sharedStepOutputs();
  }

  @Override
  public Deadline deadline() {
    return context.deadline();
  }

  @Override
  public Cancellation cancellation() {
    return context.cancellation();
  }

  @Override
  public void log(Level level, String message) {
    context.log(level, message);
  }

  @Override
  public void log(Level level, String message, Instant time) {
    context.log(level, message, time);
  }

  @Override
  public void metric(String name, Number value) {
    context.metric(name, value);
  }

  @Override
  public @Nullable Object evaluate(
      CheckedExpression expression,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document)
      throws ActionException {
    return context.evaluate(expression, first, document);
  }

  @Override
  public List<AssertionResult> explain(
      CheckedExpression condition,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    return context.explain(condition, first, document);
  }

  @Override
  public List<AssertionResult> check(
      List<? extends CheckedAssertion> assertions,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    return context.check(assertions, first, document);
  }

  @Override
  public Set<String> assertedKeys() {
    return context.assertedKeys();
  }

  @Override
  public Path resolve(String path) {
    return context.resolve(path);
  }

  @Override
  public Path resolveOutput(String path) {
    return context.resolveOutput(path);
  }

  @Override
  public Resources runnerResources() {
    return context.runnerResources();
  }

  @Override
  public Resources flowResources() {
    return context.flowResources();
  }

  @Override
  public Optional<TraceContext> trace() {
    return context.trace();
  }

  @Override
  public void startTrace(
      TraceContext trace, String name, Map<String, ? extends @Nullable Object> attributes) {
    context.startTrace(trace, name, attributes);
  }

  @Override
  public void exportSpans(SpanExporter exporter, @Nullable String service) {
    context.exportSpans(exporter, service);
  }

  @Override
  public void lookAgainAt(CompletionStage<?> stage) {
    context.lookAgainAt(stage);
  }

  @Override
  public JsonFormat json() {
    return context.json();
  }
}

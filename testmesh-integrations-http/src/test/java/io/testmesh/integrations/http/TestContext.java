package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionConfig.CheckedAssertion;
import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
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

/** What an engine hands to a handler, as far as these handlers look at it. */
record TestContext(ActionConfig config, TestRun run, TestCancellation cancellation)
    implements ActionContext {

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
    return "flow";
  }

  @Override
  public String stepId() {
    return "step_1";
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    return Map.of();
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> stepOutputs() {
    return Map.of();
  }

  @Override
  public Deadline deadline() {
    return run.deadline;
  }

  @Override
  public Map<String, @Nullable Object> sharedVariables() {
    return Map.of();
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> sharedStepOutputs() {
    return Map.of();
  }

  @Override
  public void log(Level level, String message) {
    run.logs.add(level + " " + message);
  }

  @Override
  public void log(Level level, String message, Instant time) {
    log(level, message);
  }

  @Override
  public void metric(String name, Number value) {}

  @Override
  public @Nullable Object evaluate(
      CheckedExpression expression,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AssertionResult> explain(
      CheckedExpression condition,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AssertionResult> check(
      List<? extends CheckedAssertion> assertions,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> assertedKeys() {
    return run.assertedKeys;
  }

  @Override
  public Path resolve(String path) {
    return run.folder.resolve(path);
  }

  @Override
  public Path resolveOutput(String path) {
    return run.folder.resolve(path);
  }

  @Override
  public Resources runnerResources() {
    return run.runner;
  }

  @Override
  public Resources flowResources() {
    return run.flow;
  }

  @Override
  public Optional<TraceContext> trace() {
    return Optional.ofNullable(run.trace);
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
    return run.json;
  }
}

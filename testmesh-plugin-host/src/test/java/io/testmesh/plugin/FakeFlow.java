package io.testmesh.plugin;

import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.action.FlowContext;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.action.SpanExporter;
import io.testmesh.plugin.protocol.PluginClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A flow that notes its warnings. */
public final class FakeFlow implements FlowContext {
  /** Codes and messages. */
  public final List<String> warnings = new ArrayList<>();

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
  public Map<String, Object> variables() {
    return Map.of();
  }

  @Override
  public Object render(Object value) {
    return value;
  }

  @Override
  public Path resolve(String path) {
    return Path.of(path);
  }

  @Override
  public Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(20));
  }

  @Override
  public Cancellation cancellation() {
    return PluginClient.NEVER;
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
  public Map<String, @Nullable Object> otel() {
    return Map.of();
  }

  @Override
  public void define(String name, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void exportSpans(SpanExporter exporter, @Nullable String service) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void warn(String code, String message) {
    warnings.add(code + ": " + message);
  }

  @Override
  public JsonFormat json() {
    return new FakeJson();
  }
}

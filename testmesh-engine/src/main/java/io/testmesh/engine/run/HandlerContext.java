package io.testmesh.engine.run;

import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.action.SpanExporter;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.value.JsonText;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every call of a handler is given, before the flow and in a step. */
abstract class HandlerContext {
  private final FlowRun flow;
  private final FlowScope scope;
  private final Guard guard;

  HandlerContext(FlowRun flow, FlowScope scope, Guard guard) {
    this.flow = flow;
    this.scope = scope;
    this.guard = guard;
  }

  final FlowRun flow() {
    return flow;
  }

  final FlowScope scope() {
    return scope;
  }

  public final String executionId() {
    return flow.executionId();
  }

  public final String flowId() {
    return flow.flowId();
  }

  public final String flowName() {
    return flow.name();
  }

  public final Map<String, @Nullable Object> variables() {
    try {
      return scope.allVariables();
    } catch (ExpressionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  public final void exportSpans(SpanExporter exporter, @Nullable String service) {
    flow.trace().export(exporter, service);
  }

  public final Deadline deadline() {
    return guard.limit().deadline();
  }

  public final Cancellation cancellation() {
    return guard;
  }

  public final Path resolve(String path) {
    return flow.folder().resolve(path);
  }

  public final Resources runnerResources() {
    return flow.runnerResources();
  }

  public final Resources flowResources() {
    return flow.flowResources();
  }

  public final JsonFormat json() {
    return JsonText.SHARED;
  }
}

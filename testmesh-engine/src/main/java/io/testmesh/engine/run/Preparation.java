package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.action.FlowContext;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.JsonText;
import io.testmesh.flow.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler is given before a flow's first step. */
final class Preparation implements FlowContext {
  private final FlowRun flow;
  private final Guard guard;

  Preparation(FlowRun flow, Guard guard) {
    this.flow = flow;
    this.guard = guard;
  }

  @Override
  public String executionId() {
    return flow.executionId();
  }

  @Override
  public String flowId() {
    return flow.flowId();
  }

  @Override
  public String flowName() {
    return flow.name();
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    try {
      return flow.scope().allVariables();
    } catch (ExpressionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object render(@Nullable Object value) throws ActionException {
    List<TemplateException> broken = new ArrayList<>();
    ValueTemplate template = ValueTemplate.parse(value, SourceTree.NONE, broken::add);
    try {
      if (!broken.isEmpty()) {
        throw broken.get(0);
      }
      return template.render(flow.scope());
    } catch (TemplateException e) {
      throw new ActionException(e.error().code(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Path resolve(String path) {
    return flow.folder().resolve(path);
  }

  @Override
  public Deadline deadline() {
    return guard.limit().deadline();
  }

  @Override
  public Cancellation cancellation() {
    return guard;
  }

  @Override
  public Resources runnerResources() {
    return flow.runnerResources();
  }

  @Override
  public Resources flowResources() {
    return flow.flowResources();
  }

  @Override
  public void warn(String code, String message) {
    flow.warn(code, message);
  }

  @Override
  public JsonFormat json() {
    return JsonText.SHARED;
  }
}

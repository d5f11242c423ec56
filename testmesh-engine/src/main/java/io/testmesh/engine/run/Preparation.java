package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.FlowContext;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler is given before a flow's first step. */
final class Preparation extends HandlerContext implements FlowContext {
  Preparation(FlowRun flow, Guard guard) {
    super(flow, flow.scope(), guard);
  }

  @Override
  public @Nullable Object render(@Nullable Object value) throws ActionException {
    List<TemplateException> broken = new ArrayList<>();
    ValueTemplate template =
        ValueTemplate.parse(value, SourceTree.NONE, new ParsedTexts(), broken::add);
    try {
      if (!broken.isEmpty()) {
        throw broken.get(0);
      }
      return template.render(scope());
    } catch (TemplateException e) {
      throw new ActionException(e.error().code(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Map<String, @Nullable Object> otel() throws ActionException {
    Object rendered = render(flow().otel());
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    if (rendered instanceof Map<?, ?> map) {
      map.forEach((key, value) -> keys.put(String.valueOf(key), value));
    }
    return keys;
  }

  @Override
  public void define(String name, Object value) {
    flow().define(name, value);
  }

  @Override
  public void warn(String code, String message) {
    flow().warn(code, message);
  }
}

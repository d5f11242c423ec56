package io.testmesh.plugin.host;

import io.testmesh.action.ActionContext;
import io.testmesh.action.TraceContext;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.protocol.PluginRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the request to run an action, as version 1 of the protocol has it. */
final class ExecuteRequest {
  private static final int MOST_NAMED = 5;

  private ExecuteRequest() {}

  /**
   * The request.
   *
   * @param config what is sent as configuration
   */
  static PluginRequest of(
      String action, Map<String, @Nullable Object> config, ActionContext context, JsonBytes json)
      throws PluginException {
    Map<String, Map<String, @Nullable Object>> outputs = context.sharedStepOutputs();
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    about.put("execution_id", context.executionId());
    about.put("flow_id", context.flowId());
    about.put("step_id", context.stepId());
    about.put("variables", texts(context));
    about.put("step_outputs", outputs);
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("action", action);
    request.put("config", config);
    request.put("context", about);
    byte[] body = json.write(request);
    if (body.length > PluginRequest.LARGEST_BODY) {
      throw tooLarge(action, body.length, config, outputs, json);
    }
    return PluginRequest.execute(
        body, context.trace().map(ExecuteRequest::headers).orElse(Map.of()));
  }

  private static Map<String, String> headers(TraceContext trace) {
    return trace.tracestate().isEmpty()
        ? Map.of("traceparent", trace.traceparent())
        : Map.of("traceparent", trace.traceparent(), "tracestate", trace.tracestate());
  }

  private static Map<String, @Nullable Object> texts(ActionContext context) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : context.sharedVariables().entrySet()) {
      Object value = entry.getValue();
      texts.put(entry.getKey(), value instanceof String text ? text : context.json().render(value));
    }
    return texts;
  }

  private static PluginException tooLarge(
      String action,
      int bytes,
      Map<String, @Nullable Object> config,
      Map<String, Map<String, @Nullable Object>> outputs,
      JsonBytes json) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("the step's configuration", json.write(config).length));
    for (Map.Entry<String, Map<String, @Nullable Object>> step : outputs.entrySet()) {
      int size = json.write(step.getValue()).length;
      parts.add(new Part("the output of step \"" + step.getKey() + "\"", size));
    }
    parts.sort((a, b) -> Integer.compare(b.bytes(), a.bytes()));
    StringBuilder largest = new StringBuilder();
    for (Part part : parts.subList(0, Math.min(MOST_NAMED, parts.size()))) {
      largest.append(largest.isEmpty() ? "" : ", ").append(part.name());
      largest.append(" (").append(part.bytes()).append(" bytes)");
    }
    return new PluginException(
        "REQUEST_TOO_LARGE",
        "the request for the action \""
            + action
            + "\" has "
            + bytes
            + " bytes, and at most "
            + PluginRequest.LARGEST_BODY
            + " are sent; the largest parts are "
            + largest,
        "let the earlier steps give less, or run the step in a flow of its own");
  }

  private record Part(String name, int bytes) {}
}

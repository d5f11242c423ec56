package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.result.ActionSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The action {@code otel.assert}. */
public final class OtelAssertAction implements ActionHandler {
  static final String URL = "backend_url";

  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final ActionDescriptor descriptor = describe();

  /** For {@link java.util.ServiceLoader}. */
  public OtelAssertAction() {}

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("otel.assert")
            .describedAs(
                "Looks for spans in Tempo, or with \"backend_url: receiver\" in the runner's own"
                    + " receiver, until what is asserted of them holds, for 10 s unless"
                    + " \"within\" says otherwise. The failure shows the trace.")
            .optional("trace_id", ConfigType.TEXT, "The trace, in hexadecimal")
            .optional("service", ConfigType.TEXT, "The service whose spans are wanted")
            .optional("operation", ConfigType.TEXT, "The name of the spans that are wanted")
            .optional("min_spans", ConfigType.INTEGER, "How many spans there have to be at least")
            .polling(WITHIN, "min_spans");
    return EndpointKeys.connection(own, URL, "http://localhost:3200")
        .result(
            "spans",
            ConfigType.LIST,
            "Each {trace_id, span_id, parent_id, service, operation, kind, duration_ms, status,"
                + " attributes, events, start}, by their start")
        .result("count", ConfigType.INTEGER, "How many there are")
        .result("tree", ConfigType.TEXT, "The traces that they belong to, as a waterfall")
        .example(
            """
            - action: otel.assert
              config:
                backend_url: http://localhost:3200
                trace_id: ${trace.trace_id}
                min_spans: 2
                within: 20s
                assert:
                  - any(spans, .operation == "INSERT orders" && .status != "error")
            """);
  }

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    if (!isReceiver(config.value(URL))) {
      EndpointKeys.check(config, URL);
    }
    if (!config.has("trace_id") && !config.has("service")) {
      config.reject(List.of(), "one of \"trace_id\" and \"service\" is needed", "or both of them");
    }
    Object id = config.value("trace_id");
    if (id instanceof String text && config.isFixed(text) && !SpanLook.isTraceId(text)) {
      config.reject("trace_id", "\"trace_id\" wants up to 32 hexadecimal digits", null);
    }
  }

  private static boolean isReceiver(@Nullable Object url) {
    return OtlpReceiver.BACKEND.equals(url);
  }

  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws ActionException, InterruptedException {
    for (Map<String, @Nullable Object> step : steps) {
      if (isReceiver(step.get(URL))) {
        OtlpReceiver.of(flow.runnerResources()).mark(flow);
        return;
      }
    }
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(Backend::warmUp);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    boolean isReceiver = isReceiver(context.config().value(URL));
    return new SpanLook(context, isReceiver ? OtlpReceiver.look(context) : new Tempo(context))
        .look();
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    Object service = config.get("service");
    Object operation = config.get("operation");
    String target =
        service == null
            ? "trace " + config.get("trace_id")
            : service + (operation == null ? "" : " " + operation);
    if (!(result.get("count") instanceof Number count)) {
      return new ActionSummary(target, null, null);
    }
    String tree = String.valueOf(result.get("tree"));
    return new ActionSummary(
        target,
        count + (count.longValue() == 1 ? " span" : " spans"),
        tree.isEmpty() ? null : tree);
  }
}

package io.testmesh.integrations.observability;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.action.TraceContext;
import io.testmesh.integrations.common.Values;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The action {@code otel.inject} (W3C Trace Context, section 3.2). */
public final class OtelInjectAction implements ActionHandler {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;
  private static final int LARGEST_PORT = 65_535;

  /** What a placeholder in a text gives. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private final ActionDescriptor descriptor =
      ActionDescriptor.of("otel.inject")
          .describedAs(
              "Starts a trace for the flow: later requests, Kafka messages and calls of plugins"
                  + " carry it. A flow that has one already gets a new span in it.")
          .optional(
              "service_name",
              ConfigType.TEXT,
              "The service that the span stands for, where it is exported")
          .optional("span_name", ConfigType.TEXT, "The span's name; the step's id if left out")
          .optional("attributes", ConfigType.MAP, "Attributes of the span")
          .optional(
              "endpoint",
              ConfigType.TEXT,
              "Where the flow, its steps and attempts are exported to as spans: the address of a"
                  + " collector that takes OTLP over HTTP")
          .optional(
              "sampled", ConfigType.BOOLEAN, true, "Whether services are asked to record the trace")
          .result("traceparent", ConfigType.TEXT, "The header of that name")
          .result("tracestate", ConfigType.TEXT, "The header of that name; may be empty")
          .result("trace_id", ConfigType.TEXT, "The trace, in hexadecimal")
          .result("span_id", ConfigType.TEXT, "The span, in hexadecimal")
          .example(
              """
              - id: trace
                action: otel.inject
                config: {service_name: checkout-test}
              """);

  /** For {@link java.util.ServiceLoader}. */
  public OtelInjectAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    if (config.has("endpoint")) {
      context.exportSpans(exporter(config.text("endpoint"), context), null);
    }
    SecureRandom random = new SecureRandom();
    Optional<TraceContext> known = context.trace();
    TraceContext trace =
        TraceContext.of(
            known.map(TraceContext::traceId).orElseGet(() -> hex(random, TRACE_BYTES)),
            hex(random, SPAN_BYTES),
            config.bool("sampled"),
            known.map(TraceContext::tracestate).orElse(""));
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    if (config.value("attributes") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> attributes.put(String.valueOf(key), value));
    }
    config.optionalText("service_name").ifPresent(name -> attributes.put("service.name", name));
    context.startTrace(
        trace, config.optionalText("span_name").orElse(context.stepId()), attributes);
    return ActionResult.of("traceparent", trace.traceparent())
        .with("tracestate", trace.tracestate())
        .with("trace_id", trace.traceId())
        .with("span_id", trace.spanId());
  }

  private static OtlpExporter exporter(String endpoint, ActionContext context)
      throws ActionException, InterruptedException {
    return OtlpExporter.to(endpoint, context.runnerResources());
  }

  /** Starts the receiver and the export that {@code config.otel} asks for. */
  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws ActionException, InterruptedException {
    Map<String, @Nullable Object> otel = flow.otel();
    if (otel.get("receiver") instanceof Map<?, ?> receiver) {
      Object written = receiver.get("port");
      Object number =
          written instanceof String text && DIGITS.matcher(text).matches()
              ? Long.valueOf(text)
              : written;
      int port = Values.whole(number, "otel.receiver.port", 0, LARGEST_PORT);
      OtlpReceiver started = OtlpReceiver.start(flow, port);
      started.mark(flow);
      flow.define(OtlpReceiver.NAME, started.url());
    }
    Object endpoint = flow.otel().get("endpoint");
    if (endpoint != null) {
      Object service = otel.get("service_name");
      flow.exportSpans(
          OtlpExporter.to(endpoint.toString(), flow.runnerResources()),
          service == null ? null : service.toString());
    }
  }

  /** Random bytes that are not all zero, which would be no id. */
  private static String hex(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    bytes[0] |= 1;
    return HexFormat.of().formatHex(bytes);
  }
}

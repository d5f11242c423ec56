package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.action.TraceContext;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The action {@code otel.inject} (W3C Trace Context, section 3.2). */
public final class OtelInjectAction implements ActionHandler {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;
  private static final int TRACE_AT = 3;
  private static final int TRACE_END = TRACE_AT + 2 * TRACE_BYTES;

  private final ActionDescriptor descriptor =
      ActionDescriptor.of("otel.inject")
          .describedAs(
              "Starts a trace for the flow: later requests, Kafka messages and calls of plugins"
                  + " carry it. A flow that has one already gets a new span in it.")
          .optional("service_name", ConfigType.TEXT, "The service that the span stands for")
          .optional("span_name", ConfigType.TEXT, "The span's name; the step's id if left out")
          .optional("attributes", ConfigType.MAP, "Attributes of the span")
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
  public ActionResult execute(ActionContext context) throws ActionException {
    SecureRandom random = new SecureRandom();
    String trace =
        context
            .trace()
            .map(known -> known.traceparent().substring(TRACE_AT, TRACE_END))
            .orElseGet(() -> hex(random, TRACE_BYTES));
    String state = context.trace().map(TraceContext::tracestate).orElse("");
    String span = hex(random, SPAN_BYTES);
    String flags = context.config().bool("sampled") ? "01" : "00";
    String parent = "00-" + trace + "-" + span + "-" + flags;
    context.startTrace(new TraceContext(parent, state));
    return ActionResult.of("traceparent", parent)
        .with("tracestate", state)
        .with("trace_id", trace)
        .with("span_id", span);
  }

  /** Random bytes that are not all zero, which would be no id. */
  private static String hex(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    bytes[0] |= 1;
    return HexFormat.of().formatHex(bytes);
  }
}

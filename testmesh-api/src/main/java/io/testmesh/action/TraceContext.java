package io.testmesh.action;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The trace that calls belong to, as HTTP headers carry it (W3C Trace Context, section 3).
 *
 * @param traceparent version, trace id, parent id and flags, in small hexadecimal digits
 * @param tracestate vendors' parts; may be empty
 * @since 0.1
 */
public record TraceContext(String traceparent, String tracestate) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /** Checks that the parts are present. */
  public TraceContext {
    Objects.requireNonNull(traceparent, "traceparent");
    Objects.requireNonNull(tracestate, "tracestate");
    if (!FORM.matcher(traceparent).matches()) {
      throw new IllegalArgumentException("no traceparent: " + traceparent);
    }
  }

  private static final int TRACE_AT = 3;
  private static final int TRACE_END = TRACE_AT + 32;
  private static final int SPAN_END = TRACE_END + 1 + 16;

  /** The trace's id, in hexadecimal. */
  public String traceId() {
    return traceparent.substring(TRACE_AT, TRACE_END);
  }

  /** The id of the span that calls are children of, in hexadecimal. */
  public String spanId() {
    return traceparent.substring(TRACE_END + 1, SPAN_END);
  }

  /** Whether whoever takes part is asked to record the trace. */
  public boolean isSampled() {
    return (Character.digit(traceparent.charAt(traceparent.length() - 1), 16) & 1) != 0;
  }

  /** The same trace with another span that calls are children of. */
  public TraceContext withSpan(String spanId) {
    return of(traceId(), spanId, isSampled(), tracestate);
  }

  /** A trace of version 00. */
  public static TraceContext of(String traceId, String spanId, boolean sampled, String tracestate) {
    return new TraceContext("00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00"), tracestate);
  }
}

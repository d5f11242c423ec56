package io.testmesh.action;

import java.util.Objects;

/**
 * The trace that calls belong to, as HTTP headers carry it (W3C Trace Context, section 3).
 *
 * @param traceparent version, trace id, parent id and flags
 * @param tracestate vendors' parts; may be empty
 * @since 0.1
 */
public record TraceContext(String traceparent, String tracestate) {

  /** Checks that the parts are present. */
  public TraceContext {
    Objects.requireNonNull(traceparent, "traceparent");
    Objects.requireNonNull(tracestate, "tracestate");
  }
}

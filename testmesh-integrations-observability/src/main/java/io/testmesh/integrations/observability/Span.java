package io.testmesh.integrations.observability;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace. Immutable.
 *
 * @param traceId in hexadecimal
 * @param spanId in hexadecimal
 * @param parentId in hexadecimal; null for a root
 * @param kind internal, server, client, producer, consumer or unspecified
 * @param startNanos since 1970
 * @param endNanos since 1970
 * @param status ok, error or unset
 * @param statusMessage may be empty
 */
record Span(
    String traceId,
    String spanId,
    @Nullable String parentId,
    String service,
    String operation,
    String kind,
    long startNanos,
    long endNanos,
    String status,
    String statusMessage,
    Map<String, @Nullable Object> attributes,
    List<Map<String, @Nullable Object>> events) {

  /** Its duration in milliseconds. */
  BigDecimal millis() {
    BigDecimal exact = BigDecimal.valueOf(endNanos - startNanos, 6).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** As a result shows it. */
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("trace_id", traceId);
    values.put("span_id", spanId);
    values.put("parent_id", parentId);
    values.put("service", service);
    values.put("operation", operation);
    values.put("kind", kind);
    values.put("duration_ms", millis());
    values.put("status", status);
    values.put("status_message", statusMessage);
    values.put("attributes", attributes);
    values.put("events", events);
    values.put("start", Times.ofNanos(startNanos).toString());
    return values;
  }
}

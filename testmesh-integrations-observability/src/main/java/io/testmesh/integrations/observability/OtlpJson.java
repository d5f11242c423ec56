package io.testmesh.integrations.observability;

import io.testmesh.action.FinishedSpan;
import io.testmesh.action.TraceContext;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes spans as OTLP in JSON (OTLP specification, "JSON Protobuf Encoding"). */
final class OtlpJson {
  private static final String SERVICE = "service.name";
  private static final int INTERNAL = 1;
  private static final int OK = 1;
  private static final int ERROR = 2;
  private static final int SAMPLED = 1;

  private OtlpJson() {}

  /** The request that hands the spans over. */
  static Map<String, @Nullable Object> of(List<FinishedSpan> spans) {
    Map<String, List<Object>> byService = new LinkedHashMap<>();
    for (FinishedSpan span : spans) {
      byService.computeIfAbsent(service(span), name -> new ArrayList<>()).add(span(span));
    }
    List<Object> batches = new ArrayList<>();
    byService.forEach(
        (service, items) ->
            batches.add(
                Map.of(
                    "resource",
                    Map.of("attributes", attributes(Map.of(SERVICE, service))),
                    "scopeSpans",
                    List.of(Map.of("scope", Map.of("name", "testmesh"), "spans", items)))));
    return Map.of("resourceSpans", batches);
  }

  private static String service(FinishedSpan span) {
    Object own = span.attributes().get(SERVICE);
    String service = own == null ? span.service() : own.toString();
    return service == null ? "testmesh" : service;
  }

  private static Map<String, @Nullable Object> span(FinishedSpan span) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("traceId", span.context().traceId());
    fields.put("spanId", span.context().spanId());
    if (span.parentId() != null) {
      fields.put("parentSpanId", span.parentId());
    }
    fields.put("flags", SAMPLED);
    fields.put("name", span.name());
    fields.put("kind", INTERNAL);
    fields.put("startTimeUnixNano", nanos(span.start()));
    fields.put("endTimeUnixNano", nanos(span.end()));
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(span.attributes());
    attributes.remove(SERVICE);
    fields.put("attributes", attributes(attributes));
    String error = span.error();
    fields.put(
        "status", error == null ? Map.of("code", OK) : Map.of("code", ERROR, "message", error));
    TraceContext link = span.link();
    if (link != null) {
      fields.put("links", List.of(Map.of("traceId", link.traceId(), "spanId", link.spanId())));
    }
    return fields;
  }

  private static String nanos(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(time.getNano()))
        .toString();
  }

  private static List<Object> attributes(Map<?, ?> values) {
    List<Object> pairs = new ArrayList<>();
    values.forEach(
        (key, value) -> pairs.add(Map.of("key", String.valueOf(key), "value", value(value))));
    return pairs;
  }

  /** A value with its type; whole numbers travel as texts. */
  private static Map<String, @Nullable Object> value(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Boolean) {
      return Map.of("boolValue", value);
    }
    if (value instanceof Long || value instanceof Integer) {
      return Map.of("intValue", value.toString());
    }
    if (value instanceof Number number) {
      return Map.of("doubleValue", number.doubleValue());
    }
    if (value instanceof List<?> items) {
      List<Object> values = new ArrayList<>();
      items.forEach(item -> values.add(value(item)));
      return Map.of("arrayValue", Map.of("values", values));
    }
    if (value instanceof Map<?, ?> map) {
      return Map.of("kvlistValue", Map.of("values", attributes(map)));
    }
    return Map.of("stringValue", value.toString());
  }
}

package io.testmesh.integrations.observability;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.testmesh.integrations.common.JsonLike;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads spans from OTLP as Protobuf; the library is loaded with the first of them. */
final class OtlpProtobuf {
  private OtlpProtobuf() {}

  /** The spans of a request. */
  static List<Span> read(byte[] body) throws IOException {
    List<Span> spans = new ArrayList<>();
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
    for (ResourceSpans batch : request.getResourceSpansList()) {
      Object service = attributes(batch.getResource().getAttributesList()).get("service.name");
      for (ScopeSpans scope : batch.getScopeSpansList()) {
        for (io.opentelemetry.proto.trace.v1.Span span : scope.getSpansList()) {
          spans.add(span(span, service == null ? "" : service.toString()));
        }
      }
    }
    return spans;
  }

  private static Span span(io.opentelemetry.proto.trace.v1.Span span, String service) {
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    for (io.opentelemetry.proto.trace.v1.Span.Event event : span.getEventsList()) {
      events.add(
          SpanReader.event(
              event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList())));
    }
    String parent = hex(span.getParentSpanId());
    return new Span(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        parent.isEmpty() ? null : parent,
        service,
        span.getName(),
        SpanReader.kind(span.getKindValue()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        SpanReader.status(span.getStatus().getCodeValue()),
        span.getStatus().getMessage(),
        attributes(span.getAttributesList()),
        events);
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static Map<String, @Nullable Object> attributes(List<KeyValue> pairs) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      attributes.put(pair.getKey(), value(pair.getValue()));
    }
    return attributes;
  }

  private static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> JsonLike.of(value.getDoubleValue());
      case ARRAY_VALUE -> {
        List<@Nullable Object> items = new ArrayList<>();
        value.getArrayValue().getValuesList().forEach(item -> items.add(value(item)));
        yield items;
      }
      case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
      case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
      default -> null;
    };
  }
}

package io.testmesh.integrations.observability;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Link;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.testmesh.action.FinishedSpan;
import io.testmesh.action.TraceContext;
import io.testmesh.integrations.common.JsonLike;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes spans as OTLP in Protobuf; the library is loaded with the first of them. */
final class OtlpProtobuf {
  private static final String SERVICE = "service.name";

  private OtlpProtobuf() {}

  /** The spans of a request. */
  static List<Span> read(byte[] body) throws IOException {
    List<Span> spans = new ArrayList<>();
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
    for (ResourceSpans batch : request.getResourceSpansList()) {
      Object service = attributes(batch.getResource().getAttributesList()).get(SERVICE);
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

  /** The request that hands spans over. */
  static byte[] write(List<FinishedSpan> spans) {
    Map<String, ScopeSpans.Builder> byService = new LinkedHashMap<>();
    for (FinishedSpan span : spans) {
      byService.computeIfAbsent(service(span), name -> ScopeSpans.newBuilder()).addSpans(of(span));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    InstrumentationScope scope = InstrumentationScope.newBuilder().setName("testmesh").build();
    byService.forEach(
        (service, items) ->
            request.addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(Resource.newBuilder().addAttributes(pair(SERVICE, service)))
                    .addScopeSpans(items.setScope(scope))));
    return request.build().toByteArray();
  }

  private static String service(FinishedSpan span) {
    Object own = span.attributes().get(SERVICE);
    String service = own == null ? span.service() : own.toString();
    return service == null ? "testmesh" : service;
  }

  private static io.opentelemetry.proto.trace.v1.Span of(FinishedSpan span) {
    io.opentelemetry.proto.trace.v1.Span.Builder fields =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(bytes(span.context().traceId()))
            .setSpanId(bytes(span.context().spanId()))
            .setName(span.name())
            .setKind(SpanKind.SPAN_KIND_INTERNAL)
            .setStartTimeUnixNano(nanos(span.start()))
            .setEndTimeUnixNano(nanos(span.end()));
    if (span.parentId() != null) {
      fields.setParentSpanId(bytes(span.parentId()));
    }
    span.attributes()
        .forEach(
            (key, value) -> {
              if (!key.equals(SERVICE)) {
                fields.addAttributes(pair(key, value));
              }
            });
    String error = span.error();
    fields.setStatus(
        error == null
            ? Status.newBuilder().setCode(StatusCode.STATUS_CODE_OK)
            : Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR).setMessage(error));
    TraceContext link = span.link();
    if (link != null) {
      fields.addLinks(
          Link.newBuilder().setTraceId(bytes(link.traceId())).setSpanId(bytes(link.spanId())));
    }
    return fields.build();
  }

  private static ByteString bytes(String id) {
    return ByteString.copyFrom(HexFormat.of().parseHex(id));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  private static KeyValue pair(String key, @Nullable Object value) {
    return KeyValue.newBuilder().setKey(key).setValue(any(value)).build();
  }

  private static AnyValue any(@Nullable Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      any.setStringValue(text);
    } else if (value instanceof Boolean flag) {
      any.setBoolValue(flag);
    } else if (value instanceof Long || value instanceof Integer) {
      any.setIntValue(((Number) value).longValue());
    } else if (value instanceof Number number) {
      any.setDoubleValue(number.doubleValue());
    } else if (value instanceof List<?> items) {
      ArrayValue.Builder values = ArrayValue.newBuilder();
      items.forEach(item -> values.addValues(any(item)));
      any.setArrayValue(values);
    } else if (value instanceof Map<?, ?> map) {
      KeyValueList.Builder pairs = KeyValueList.newBuilder();
      map.forEach((key, item) -> pairs.addValues(pair(String.valueOf(key), item)));
      any.setKvlistValue(pairs);
    } else if (value != null) {
      any.setStringValue(value.toString());
    }
    return any.build();
  }
}

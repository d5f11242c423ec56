package io.testmesh.integrations.observability;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads spans from OTLP as JSON, in the forms that Tempo has had: {@code batches} or {@code
 * resourceSpans}, {@code scopeSpans} or {@code instrumentationLibrarySpans}, ids in base64 or
 * hexadecimal (OpenTelemetry protocol, "JSON Protobuf Encoding").
 */
final class SpanReader {
  private static final String[] KINDS = {
    "unspecified", "internal", "server", "client", "producer", "consumer"
  };
  private static final String[] STATUSES = {"unset", "ok", "error"};

  private SpanReader() {}

  /** The spans of a trace, by their start. */
  static List<Span> read(@Nullable Object answer) {
    List<Span> spans = new ArrayList<>();
    Map<?, ?> body = map(answer);
    if (body.get("trace") instanceof Map<?, ?> trace) {
      body = trace;
    }
    for (Object batch : list(body, "batches", "resourceSpans")) {
      Map<String, @Nullable Object> resource =
          attributes(map(map(batch).get("resource")).get("attributes"));
      Object service = resource.get("service.name");
      for (Object scope : list(map(batch), "scopeSpans", "instrumentationLibrarySpans")) {
        for (Object span : list(map(scope), "spans", "spans")) {
          spans.add(span(map(span), service == null ? "" : service.toString()));
        }
      }
    }
    spans.sort(java.util.Comparator.comparingLong(Span::startNanos));
    return spans;
  }

  private static Span span(Map<?, ?> span, String service) {
    Map<?, ?> status = map(span.get("status"));
    String parent = id(span.get("parentSpanId"));
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    for (Object item : list(span, "events", "events")) {
      events.add(
          event(
              text(map(item).get("name")),
              nanos(map(item).get("timeUnixNano")),
              attributes(map(item).get("attributes"))));
    }
    return new Span(
        id(span.get("traceId")),
        id(span.get("spanId")),
        parent.isEmpty() ? null : parent,
        service,
        text(span.get("name")),
        word(span.get("kind"), KINDS, "SPAN_KIND_"),
        nanos(span.get("startTimeUnixNano")),
        nanos(span.get("endTimeUnixNano")),
        word(status.get("code"), STATUSES, "STATUS_CODE_"),
        text(status.get("message")),
        attributes(span.get("attributes")),
        events);
  }

  /** An event of a span, as a result shows it. */
  static Map<String, @Nullable Object> event(
      String name, long nanos, Map<String, @Nullable Object> attributes) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("name", name);
    event.put("time", Times.ofNanos(nanos).toString());
    event.put("attributes", attributes);
    return event;
  }

  /** The kind of that number in the protocol. */
  static String kind(int number) {
    return word(number, KINDS, "");
  }

  /** The status of that number in the protocol. */
  static String status(int number) {
    return word(number, STATUSES, "");
  }

  /** Base64 where its length says so: 8 and 16 bytes have 12 and 24 characters. */
  private static String id(@Nullable Object value) {
    String text = text(value);
    if (text.length() != 12 && text.length() != 24) {
      return text.toLowerCase(Locale.ROOT);
    }
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String word(@Nullable Object value, String[] words, String prefix) {
    if (value instanceof Number number) {
      int index = number.intValue();
      return index >= 0 && index < words.length ? words[index] : words[0];
    }
    String text = text(value);
    return text.startsWith(prefix)
        ? text.substring(prefix.length()).toLowerCase(Locale.ROOT)
        : text.isEmpty() ? words[0] : text.toLowerCase(Locale.ROOT);
  }

  private static long nanos(@Nullable Object value) {
    return value == null ? 0 : Long.parseUnsignedLong(value.toString());
  }

  private static Map<String, @Nullable Object> attributes(@Nullable Object value) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    if (value instanceof List<?> pairs) {
      for (Object pair : pairs) {
        attributes.put(text(map(pair).get("key")), value(map(map(pair).get("value"))));
      }
    }
    return attributes;
  }

  /** The value with its type; integers travel as texts. */
  private static @Nullable Object value(Map<?, ?> typed) {
    if (typed.get("intValue") != null) {
      return Long.parseLong(typed.get("intValue").toString());
    }
    if (typed.get("arrayValue") instanceof Map<?, ?> array) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Object item : list(array, "values", "values")) {
        items.add(value(map(item)));
      }
      return items;
    }
    if (typed.get("kvlistValue") instanceof Map<?, ?> pairs) {
      return attributes(pairs.get("values"));
    }
    for (String kind : List.of("stringValue", "doubleValue", "boolValue", "bytesValue")) {
      if (typed.get(kind) != null) {
        return typed.get(kind);
      }
    }
    return null;
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Map<?, ?> map, String name, String otherwise) {
    Object value = map.containsKey(name) ? map.get(name) : map.get(otherwise);
    return value instanceof List<?> list ? list : List.of();
  }
}

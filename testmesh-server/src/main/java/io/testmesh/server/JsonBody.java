package io.testmesh.server;

import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.json.JsonFault;
import io.testmesh.plugin.manifest.NearName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request. */
final class JsonBody {
  private final JsonDocument document;
  private final Map<String, @Nullable Object> fields;

  private JsonBody(JsonDocument document, Map<String, @Nullable Object> fields) {
    this.document = document;
    this.fields = fields;
  }

  static JsonBody read(byte[] bytes) throws RequestException {
    if (bytes.length == 0) {
      throw new RequestException(400, "MALFORMED_JSON", "the body is empty, not JSON", null);
    }
    JsonDocument document = JsonDocument.read(bytes);
    if (!document.faults().isEmpty()) {
      JsonFault fault = document.faults().get(0);
      throw new RequestException(
              400,
              "MALFORMED_JSON",
              "the body is no valid JSON: " + fault.place() + " " + fault.message(),
              null)
          .field("line", fault.line())
          .field("column", fault.column());
    }
    Map<String, @Nullable Object> fields = document.object();
    if (fields == null) {
      throw RequestException.malformed(
          "the body has to be a JSON object, not " + kind(document.value()), null);
    }
    return new JsonBody(document, fields);
  }

  /**
   * Refuses other keys than these.
   *
   * @throws RequestException for the first one, with a near name
   */
  JsonBody knows(String... known) throws RequestException {
    List<String> names = List.of(known);
    for (String key : fields.keySet()) {
      if (!names.contains(key)) {
        String near = NearName.of(key, names);
        throw at(
            key,
            "unknown key \"" + key + "\"",
            near == null
                ? "there are " + String.join(", ", names)
                : "did you mean \"" + near + "\"?");
      }
    }
    return this;
  }

  boolean has(String key) {
    return fields.get(key) != null;
  }

  /** A text; null when it is not given. */
  @Nullable String text(String key) throws RequestException {
    Object value = fields.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(key, "a text", value);
  }

  /** A text that has to be there and is not blank. */
  String requiredText(String key) throws RequestException {
    String text = text(key);
    if (text == null) {
      throw at("", "\"" + key + "\" is missing", null).field("pointer", "/" + key);
    }
    if (text.isBlank()) {
      throw at(key, "\"" + key + "\" is empty", null);
    }
    return text;
  }

  /** True or false; false when it is not given. */
  boolean flag(String key) throws RequestException {
    Object value = fields.get(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrong(key, "true or false", value);
  }

  /** An object; empty when it is not given. */
  @SuppressWarnings("unchecked")
  Map<String, @Nullable Object> map(String key) throws RequestException {
    Object value = fields.get(key);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?>) {
      return (Map<String, @Nullable Object>) value;
    }
    throw wrong(key, "an object", value);
  }

  /** A fault of one key, with its place. */
  RequestException at(String key, String message, @Nullable String hint) {
    String pointer = key.isEmpty() ? "" : JsonDocument.pointer("", key);
    JsonDocument.Place place = document.place(pointer);
    return RequestException.malformed(message, hint)
        .field("pointer", pointer)
        .field("line", place.line())
        .field("column", place.column());
  }

  private RequestException wrong(String key, String wanted, Object value) {
    return at(key, "\"" + key + "\" wants " + wanted + ", got " + kind(value), null);
  }

  private static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof Map) {
      return "an object";
    }
    return value instanceof List ? "a list" : "the " + scalar(value);
  }

  private static String scalar(Object value) {
    return (value instanceof Boolean ? "boolean " : "number ") + value;
  }
}

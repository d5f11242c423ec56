package io.testmesh.server;

import io.testmesh.plugin.json.JsonDocument;
import java.util.List;
import java.util.Map;

/** What a server answered. */
record Reply(int status, Map<String, String> headers, String body) {

  Object json() {
    JsonDocument document =
        JsonDocument.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (!document.faults().isEmpty()) {
      throw new AssertionError(document.faults() + " in " + body);
    }
    return document.value();
  }

  /** A part of the answer, by keys and positions. */
  Object at(Object... path) {
    Object value = json();
    for (Object part : path) {
      if (value instanceof List<?> list && part instanceof Integer index) {
        value = list.get(index);
      } else if (value instanceof Map<?, ?> map) {
        value = map.get(part);
      } else {
        throw new AssertionError("no " + part + " in " + value);
      }
    }
    return value;
  }
}

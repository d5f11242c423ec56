package io.testmesh.server;

import io.testmesh.plugin.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route answers. */
@FunctionalInterface
interface Answer {

  /** Sends it. */
  void send(Exchange exchange) throws IOException;

  /** A JSON-like value. */
  static Answer json(int status, @Nullable Object value) {
    return json(status, Map.of(), value);
  }

  /** A JSON-like value, and more headers. */
  static Answer json(int status, Map<String, String> headers, @Nullable Object value) {
    return text(status, headers, "application/json", JsonWriter.pretty(value));
  }

  /** A text of some kind. */
  static Answer text(int status, Map<String, String> headers, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", type);
    // What is answered changes by itself, and nothing but a program is meant to show it.
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    all.putAll(headers);
    return exchange -> exchange.send(status, all, body);
  }
}

package io.testmesh.server;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that found its route.
 *
 * @param exchange what came in
 * @param parts the parts of the path that the route left open, by name, decoded
 * @param query the query's keys and values, decoded
 */
record Request(Exchange exchange, Map<String, String> parts, Map<String, String> query) {

  /** A part of the path. */
  String part(String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("the route has no part " + name);
    }
    return part;
  }

  /**
   * A value of the query that is true or false; null when it is not given.
   *
   * @throws RequestException when it is something else
   */
  @Nullable Boolean flag(String name) throws RequestException {
    String value = query.get(name);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? null : Boolean.valueOf(value);
    }
    throw RequestException.malformed(
        "\"" + name + "\" takes true or false, not \"" + value + "\"", null);
  }

  /**
   * The body, which has to be a JSON object.
   *
   * @param most its largest size in bytes
   * @throws RequestException when it is something else
   */
  JsonBody json(int most) throws IOException, RequestException {
    requireJson();
    return JsonBody.read(exchange.body(most));
  }

  /** A page of another site can send forms and plain text without asking first, but no JSON. */
  private void requireJson() throws RequestException {
    List<String> types = exchange.headers("Content-Type");
    String type = types.isEmpty() ? "" : types.get(0);
    int end = type.indexOf(';');
    String name = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (types.size() != 1 || !name.equals("application/json")) {
      throw new RequestException(
          415,
          "UNSUPPORTED_MEDIA_TYPE",
          type.isEmpty()
              ? "this call takes JSON, and the request does not say what its body is"
              : "this call takes JSON, not \"" + type + "\"",
          "send the header Content-Type: application/json");
    }
  }
}

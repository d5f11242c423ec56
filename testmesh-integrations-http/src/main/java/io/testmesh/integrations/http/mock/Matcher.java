package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which requests are meant. Immutable. */
final class Matcher {
  private final @Nullable String method;
  private final @Nullable PathPattern path;
  private final Map<?, ?> headers;
  private final Map<?, ?> query;
  private final @Nullable Object body;

  /**
   * Reads the keys {@code method}, {@code path} and {@code match}.
   *
   * @param method the method; null or {@code *} for any
   * @param path the path's pattern; null for any
   * @param match what the request holds besides; null or a map
   */
  Matcher(@Nullable Object method, @Nullable Object path, @Nullable Object match)
      throws ActionException {
    String name = method == null ? "*" : method.toString().trim().toUpperCase(Locale.ROOT);
    this.method = name.equals("*") || name.equals("ANY") ? null : name;
    this.path = path == null ? null : PathPattern.parse(path.toString());
    Map<?, ?> more = match instanceof Map<?, ?> map ? map : Map.of();
    headers = more.get("headers") instanceof Map<?, ?> map ? map : Map.of();
    query = more.get("query") instanceof Map<?, ?> map ? map : Map.of();
    body = more.get("body");
  }

  boolean fits(MockRequest request) throws ActionException {
    return (method == null || method.equals(request.method()))
        && (path == null || path.fits(request.path()))
        && fit(headers, request.headers(), "headers")
        && fit(query, request.query(), "query")
        && fitsBody(request);
  }

  private boolean fitsBody(MockRequest request) {
    if (body == null) {
      return true;
    }
    return body instanceof String
        ? body.equals(request.text())
        : Subset.holds(request.body(), body);
  }

  /** Headers and parameters are texts, whatever the flow writes. */
  private static boolean fit(Map<?, ?> wanted, Map<String, @Nullable Object> found, String what)
      throws ActionException {
    for (Map.Entry<?, ?> entry : wanted.entrySet()) {
      Object actual = found.get(String.valueOf(entry.getKey()));
      Object value = entry.getValue();
      if (value instanceof List<?> list) {
        if (!list.equals(actual)) {
          return false;
        }
      } else if (!Values.text(value, "match." + what + "." + entry.getKey()).equals(actual)) {
        return false;
      }
    }
    return true;
  }

  /** The method and path, such as {@code GET /orders}. */
  @Override
  public String toString() {
    return (method == null ? "any method" : method)
        + " "
        + (path == null ? "any path" : path)
        + (headers.isEmpty() && query.isEmpty() && body == null ? "" : " with a match");
  }
}

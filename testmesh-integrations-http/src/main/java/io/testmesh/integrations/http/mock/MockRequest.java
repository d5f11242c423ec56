package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import io.testmesh.action.HeaderMap;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.HttpListener;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a mock server saw it, JSON-like.
 *
 * @param method the method
 * @param path the decoded path
 * @param query parameters by name; a list where one came several times
 * @param headers headers by name in any case, several values joined
 * @param body the body as JSON where it is JSON, else as text
 * @param text the body as text
 */
record MockRequest(
    String method,
    String path,
    Map<String, @Nullable Object> query,
    Map<String, @Nullable Object> headers,
    @Nullable Object body,
    String text) {

  static MockRequest of(HttpListener.Request request, JsonFormat json) {
    String target = request.target();
    int mark = target.indexOf('?');
    String text = new String(request.body(), StandardCharsets.UTF_8);
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      headers.put(header.getKey(), String.join(", ", header.getValue()));
    }
    // A plus is a plus in a path, and a space in a query.
    String path = (mark < 0 ? target : target.substring(0, mark)).replace("+", "%2B");
    return new MockRequest(
        request.method(),
        decode(path),
        query(mark < 0 ? "" : target.substring(mark + 1)),
        HeaderMap.copyOf(headers),
        value(text, json),
        text);
  }

  private static Map<String, @Nullable Object> query(String text) {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('&', from);
      String pair = text.substring(from, end < 0 ? text.length() : end);
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      Object known = query.get(name);
      if (known == null) {
        query.put(name, value);
      } else {
        List<@Nullable Object> all = new ArrayList<>();
        if (known instanceof List<?> list) {
          all.addAll(list);
        } else {
          all.add(known);
        }
        all.add(value);
        query.put(name, Collections.unmodifiableList(all));
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return Collections.unmodifiableMap(query);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not encoded as it should be: shown as it came.
      return text;
    }
  }

  private static @Nullable Object value(String text, JsonFormat json) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return json.parse(text);
      } catch (ActionException e) {
        return text;
      }
    }
    return text;
  }

  /** The request in the form in which flows read it. */
  Map<String, @Nullable Object> toMap(int status) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("method", method);
    map.put("path", path);
    map.put("query", query);
    map.put("headers", headers);
    map.put("body", body);
    map.put("status", (long) status);
    return Collections.unmodifiableMap(map);
  }
}

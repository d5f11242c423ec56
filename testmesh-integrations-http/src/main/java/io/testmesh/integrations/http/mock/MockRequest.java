package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import io.testmesh.action.HeaderMap;
import io.testmesh.action.JsonFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;
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

  static MockRequest of(RecordedRequest request, JsonFormat json) {
    HttpUrl url = request.getUrl();
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    for (String name : url.queryParameterNames()) {
      List<@Nullable String> values = new ArrayList<>(url.queryParameterValues(name));
      query.put(name, values.size() == 1 ? values.get(0) : values);
    }
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    for (String name : request.getHeaders().names()) {
      headers.put(name, String.join(", ", request.getHeaders().values(name)));
    }
    ByteString bytes = request.getBody();
    String text = bytes == null ? "" : bytes.utf8();
    return new MockRequest(
        request.getMethod(),
        "/" + String.join("/", url.pathSegments()),
        Collections.unmodifiableMap(query),
        HeaderMap.copyOf(headers),
        value(text, json),
        text);
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

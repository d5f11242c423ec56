package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.TraceContext;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.HeaderText;
import io.testmesh.integrations.common.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Makes the request of a step from its configuration. */
final class RequestReader {
  private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

  private final ActionContext context;
  private final ActionConfig config;

  RequestReader(ActionContext context) {
    this.context = context;
    this.config = context.config();
  }

  /**
   * Makes the request, without cookies.
   *
   * @param url the step's URL
   * @param auth who the client says it is; null for nobody
   * @param token the token that was fetched for {@code auth}; null where none is needed
   */
  Request read(HttpUrl url, @Nullable Auth auth, @Nullable String token) throws ActionException {
    HttpUrl target = url;
    Map<String, @Nullable Object> params = config.map("params");
    if (!params.isEmpty() || auth instanceof Auth.ApiKey) {
      target = withQuery(url, params, auth);
    }
    Headers.Builder headers = headers(config.map("headers"));
    authorize(headers, url, auth, token);
    String method = method();
    Bodies.Body body = Bodies.of(context, headers.get("Content-Type"));
    if (body != null && body.contentType() != null) {
      setIfAbsent(headers, "Content-Type", body.contentType());
    }
    addDefaults(headers);
    return new Request.Builder()
        .url(target)
        .headers(headers.build())
        .method(method, content(method, body))
        .build();
  }

  /** Makes a request with method and headers alone. */
  static Request plain(ActionContext context, HttpUrl url) throws ActionException {
    RequestReader reader = new RequestReader(context);
    Headers.Builder headers = headers(reader.config.map("headers"));
    authorize(headers, url, null, null);
    reader.addDefaults(headers);
    String method = reader.method();
    return new Request.Builder()
        .url(url)
        .headers(headers.build())
        .method(method, content(method, null))
        .build();
  }

  private String method() throws ActionException {
    Object written = config.value("method");
    String method = written == null ? "GET" : Methods.of(written);
    if (!HeaderText.isToken(method)) {
      throw invalid("method", "\"method\" is no HTTP method: \"" + written + "\"");
    }
    return method;
  }

  private static @Nullable RequestBody content(String method, Bodies.@Nullable Body body)
      throws ActionException {
    if (body != null) {
      RequestCheck.requireBody(method);
      return body.content();
    }
    boolean needsBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    return needsBody ? NOTHING : null;
  }

  private static HttpUrl withQuery(
      HttpUrl url, Map<String, @Nullable Object> params, @Nullable Auth auth)
      throws ActionException {
    HttpUrl.Builder target = url.newBuilder();
    for (Map.Entry<String, @Nullable Object> param : params.entrySet()) {
      for (Object value : Bodies.listOf(param.getValue())) {
        target.addQueryParameter(param.getKey(), Values.text(value, "params." + param.getKey()));
      }
    }
    if (auth instanceof Auth.ApiKey key && key.inQuery()) {
      target.addQueryParameter(key.name(), key.value());
    }
    return target.build();
  }

  private static Headers.Builder headers(Map<String, @Nullable Object> written)
      throws ActionException {
    Headers.Builder headers = new Headers.Builder();
    for (Map.Entry<String, @Nullable Object> header : written.entrySet()) {
      for (Object value : Bodies.listOf(header.getValue())) {
        add(headers, header.getKey(), Values.text(value, "headers." + header.getKey()));
      }
    }
    return headers;
  }

  private static void add(Headers.Builder headers, String name, String value)
      throws ActionException {
    HeaderText.check(name, value);
    headers.addUnsafeNonAscii(name, value);
  }

  private static void authorize(
      Headers.Builder headers, HttpUrl url, @Nullable Auth auth, @Nullable String token)
      throws ActionException {
    String value;
    if (auth instanceof Auth.Basic basic) {
      value = basic(basic.username(), basic.password());
    } else if (auth instanceof Auth.Bearer bearer) {
      value = "Bearer " + bearer.token();
    } else if (token != null) {
      value = "Bearer " + token;
    } else if (auth instanceof Auth.ApiKey key) {
      if (!key.inQuery()) {
        headers.removeAll(key.name());
        add(headers, key.name(), key.value());
      }
      return;
    } else if (!url.username().isEmpty() && headers.get("Authorization") == null) {
      value = basic(url.username(), url.password());
    } else {
      return;
    }
    if (headers.get("Authorization") != null) {
      throw invalid("auth", "\"auth\" and the header Authorization both say who the client is");
    }
    add(headers, "Authorization", value);
  }

  private static String basic(String user, String password) {
    return Credentials.basic(user, password, StandardCharsets.UTF_8);
  }

  private void addDefaults(Headers.Builder headers) {
    setIfAbsent(headers, "Accept", "*/*");
    setIfAbsent(headers, "User-Agent", "testmesh");
    if (headers.get("Range") == null) {
      setIfAbsent(headers, "Accept-Encoding", "gzip");
    }
    TraceContext trace = context.trace().orElse(null);
    if (trace != null && headers.get("traceparent") == null) {
      headers.add("traceparent", trace.traceparent());
      if (!trace.tracestate().isEmpty()) {
        headers.add("tracestate", trace.tracestate());
      }
    }
  }

  private static void setIfAbsent(Headers.Builder headers, String name, String value) {
    if (headers.get(name) == null) {
      headers.add(name, value);
    }
  }

  private static ActionException invalid(String key, String message) {
    return new ActionException(ActionException.INVALID_VALUE, message).at(key);
  }
}

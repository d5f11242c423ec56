package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Looks whether a URL answers as it has to. */
final class HttpLook implements Look {
  private static final int MOST_REDIRECTS = 10;

  private final ActionContext context;
  private final ActionConfig config;
  private final HttpClients clients;
  private final Request request;
  private final long status;

  HttpLook(ActionContext context) throws ActionException, InterruptedException {
    this.context = context;
    this.config = context.config();
    this.clients = HttpClients.of(context.runnerResources());
    HttpUrl url = clients.url(config.text("url"), "url");
    this.request = RequestReader.plain(context, url);
    this.status = config.value("status_code") == null ? 200 : config.integer("status_code");
  }

  @Override
  public String target() {
    return request.method() + " " + Urls.shown(request.url());
  }

  @Override
  public Seen look(Duration most) throws ActionException, InterruptedException {
    try (Sender sender = new Sender(context, clients, Transport.PLAIN, most)) {
      Request next = request;
      for (int i = 0; ; i++) {
        try (Response response = sender.send(next)) {
          boolean follow = i < MOST_REDIRECTS && response.code() != status;
          Request redirect = follow ? Redirects.next(response, null) : null;
          if (redirect == null) {
            return seen(response, sender);
          }
          next = redirect;
        }
      }
    }
  }

  private Seen seen(Response response, Sender sender) throws ActionException, InterruptedException {
    BodyReader.Bytes bytes = new BodyReader.Bytes();
    try {
      bytes.read(response, HttpRequestAction.DEFAULT_MAX_BODY_BYTES);
    } catch (IOException e) {
      throw sender.failure(e, response.request(), "in the body");
    }
    Object body = bytes.value(response.header("Content-Type"), context);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("status_code", (long) response.code());
    values.put("body", body);
    String missing =
        response.code() == status
            ? null
            : "it answered " + response.code() + ", and " + status + " is wanted";
    missing = missing == null ? missingText(bytes) : missing;
    missing = missing == null ? missingValue(body, values) : missing;
    return new Seen(values, missing);
  }

  private @Nullable String missingText(BodyReader.Bytes bytes) {
    String part = config.optionalText("body_contains").orElse(null);
    return part == null || bytes.raw().contains(part)
        ? null
        : "its body has no \"" + part + "\" in it";
  }

  private @Nullable String missingValue(
      @Nullable Object body, Map<String, @Nullable Object> values) {
    if (!config.has("json_path")) {
      return null;
    }
    String path = config.expression("json_path").source();
    Object found;
    try {
      found = context.evaluate(config.expression("json_path"), asMap(body), body);
    } catch (ActionException e) {
      return e.getMessage();
    }
    values.put("json_value", found);
    if (!config.has("json_value")) {
      return found == null ? path + " is null" : null;
    }
    Object wanted = config.value("json_value");
    return isSame(found, wanted)
        ? null
        : path
            + " is "
            + context.json().render(found)
            + ", and "
            + context.json().render(wanted)
            + " is wanted";
  }

  private static Map<String, @Nullable Object> asMap(@Nullable Object body) {
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    if (body instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        names.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    names.put("body", body);
    return names;
  }

  /** Numbers are the same by value, everything else by its JSON. */
  private boolean isSame(@Nullable Object found, @Nullable Object wanted) {
    if (found instanceof Number one && wanted instanceof Number other) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return Objects.equals(found, wanted)
        || context.json().render(found).equals(context.json().render(wanted));
  }
}

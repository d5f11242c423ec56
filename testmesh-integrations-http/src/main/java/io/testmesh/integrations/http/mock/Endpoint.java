package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.HeaderText;
import io.testmesh.integrations.common.HttpListener;
import io.testmesh.integrations.common.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mock server answers to some requests. Immutable.
 *
 * @param matcher which requests
 * @param stateName whose state it looks at; null when it knows no states
 * @param requires the state in which it answers; null for any
 * @param sets the state after the answer; null leaves it
 * @param response the answer
 * @param delay how long the answer waits
 */
record Endpoint(
    Matcher matcher,
    @Nullable String stateName,
    @Nullable String requires,
    @Nullable String sets,
    HttpListener.Response response,
    Duration delay) {

  /** Reads the value of the key {@code endpoints}. */
  static List<Endpoint> listOf(List<?> config, JsonFormat json) throws ActionException {
    List<Endpoint> endpoints = new ArrayList<>(config.size());
    for (Object item : config) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new ActionException(
            ActionException.INVALID_VALUE,
            "an item of \"endpoints\" wants a map with path and response, got "
                + Values.kind(item));
      }
      endpoints.add(of(map, json));
    }
    return List.copyOf(endpoints);
  }

  private static Endpoint of(Map<?, ?> config, JsonFormat json) throws ActionException {
    Object method = config.get("method");
    Matcher matcher =
        new Matcher(method == null ? "GET" : method, config.get("path"), config.get("match"));
    Map<?, ?> state = config.get("state") instanceof Map<?, ?> map ? map : null;
    Object stateName = state == null ? null : state.get("name");
    Map<?, ?> response = config.get("response") instanceof Map<?, ?> map ? map : Map.of();
    Object body = response.get("body");
    Object delay = response.get("delay");
    return new Endpoint(
        matcher,
        state == null ? null : stateName == null ? MockKeys.DEFAULT_NAME : stateName.toString(),
        state == null ? null : text(state.get("requires")),
        state == null ? null : text(state.get("sets")),
        new HttpListener.Response(
            status(response.get("status")),
            headers(response.get("headers"), body),
            bytes(body, json)),
        delay == null ? Duration.ZERO : Values.duration(delay, "delay"));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static int status(@Nullable Object value) throws ActionException {
    if (value == null) {
      return 200;
    }
    String text = value.toString();
    if (text.length() == 3 && text.charAt(0) >= '2' && text.charAt(0) <= '9') {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        // Falls through to the message.
      }
    }
    throw new ActionException(
        ActionException.INVALID_VALUE,
        "the \"status\" of a mock response wants a number from 200 to 999, got " + text);
  }

  private static List<String> headers(@Nullable Object written, @Nullable Object body)
      throws ActionException {
    List<String> headers = new ArrayList<>();
    boolean typed = false;
    if (written instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = String.valueOf(entry.getKey());
        Object given = entry.getValue();
        for (Object value : given instanceof List<?> list ? list : Arrays.asList(given)) {
          String text = Values.text(value, "headers." + name);
          HeaderText.check(name, text);
          if (name.equalsIgnoreCase("Content-Length")
              || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new ActionException(
                ActionException.INVALID_VALUE,
                "the mock server itself says how long its answer is; leave out \"" + name + "\"");
          }
          headers.add(name + ": " + text);
        }
        typed |= name.equalsIgnoreCase("Content-Type");
      }
    }
    if (body != null && !typed) {
      boolean text = body instanceof String;
      headers.add("Content-Type: " + (text ? "text/plain; charset=utf-8" : "application/json"));
    }
    return headers;
  }

  private static byte[] bytes(@Nullable Object body, JsonFormat json) {
    if (body == null) {
      return new byte[0];
    }
    String text = body instanceof String plain ? plain : json.render(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

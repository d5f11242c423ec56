package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.Auth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of {@code http_request} ask of each other, before the run and in it. Names no type
 * of the HTTP client: checking flows does not load that.
 */
final class RequestCheck {
  private static final List<String> BODIES = List.of("body", "form", "multipart", "file");

  private RequestCheck() {}

  /** Reports what would fail every attempt. */
  static void check(ConfigCheck config) {
    // A placeholder alone may give null, which is no body.
    Predicate<String> given = key -> isGiven(config, config.value(key));
    String body = null;
    try {
      body = body(given);
    } catch (ActionException e) {
      report(config, lastBody(given), e);
    }
    Object method = config.value("method");
    if (body != null && config.isFixed(method)) {
      try {
        requireBody(Methods.of(method));
      } catch (ActionException e) {
        report(config, body, e);
      }
    }
    Object status = config.value("expect_status");
    if (config.isFixed(status)) {
      try {
        ExpectedStatus.of(status);
      } catch (ActionException e) {
        report(config, "expect_status", e);
      }
    }
    checkAuth(config);
  }

  private static void checkAuth(ConfigCheck config) {
    if (!(config.value("auth") instanceof Map<?, ?> written)
        || !config.isFixed(written.get("type"))) {
      return;
    }
    Map<String, @Nullable Object> auth = new LinkedHashMap<>();
    for (Map.Entry<?, ?> part : written.entrySet()) {
      auth.put(String.valueOf(part.getKey()), part.getValue());
    }
    try {
      Auth.of(auth);
    } catch (ActionException e) {
      report(config, "auth", e);
    }
  }

  private static boolean isGiven(ConfigCheck config, @Nullable Object value) {
    return value != null && !(value instanceof String && !config.isFixed(value));
  }

  private static void report(ConfigCheck config, String key, ActionException e) {
    config.reject(key, String.valueOf(e.getMessage()), e.hint().orElse(null));
  }

  private static String lastBody(Predicate<String> given) {
    String last = "body";
    for (String key : BODIES) {
      last = given.test(key) ? key : last;
    }
    return last;
  }

  /**
   * The key that says what the body is; null when none does.
   *
   * @throws ActionException code {@code invalid_value} when two do
   */
  static @Nullable String body(Predicate<String> given) throws ActionException {
    String found = null;
    for (String key : BODIES) {
      if (given.test(key)) {
        if (found != null) {
          throw new ActionException(
              ActionException.INVALID_VALUE,
              "\"" + found + "\" and \"" + key + "\" both say what the body is; give one of them");
        }
        found = key;
      }
    }
    return found;
  }

  /**
   * Does nothing when a method may have a body.
   *
   * @throws ActionException code {@code invalid_value} when it may not
   */
  static void requireBody(String method) throws ActionException {
    if (!mayHaveBody(method)) {
      throw new ActionException(
              ActionException.INVALID_VALUE, "a " + method + " request cannot carry a body")
          .hint("set \"method\", such as POST");
    }
  }

  static boolean mayHaveBody(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}

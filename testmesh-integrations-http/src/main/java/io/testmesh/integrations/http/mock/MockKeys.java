package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that the mock server actions share. */
final class MockKeys {
  /** The name of a mock server that nobody named. */
  static final String DEFAULT_NAME = "default";

  private MockKeys() {}

  static ConfigKey name() {
    return ConfigKey.optional(
            "name", ConfigType.TEXT, DEFAULT_NAME, "The mock server's name within the flow")
        .alias("server_id");
  }

  static ConfigKey match() {
    return ConfigKey.optional(
        "match",
        ConfigType.object(
            ConfigKey.optional("headers", ConfigType.MAP, "Headers that are there"),
            ConfigKey.optional("query", ConfigType.MAP, "Query parameters that are there")
                .alias("query_params"),
            ConfigKey.optional(
                    "body",
                    ConfigType.ANY,
                    "What the body holds: a map or list as part of its JSON,"
                        + " a text as all of it")
                .alias("body_json")
                .alias("body_text")),
        "What the request holds besides");
  }

  static ConfigType endpoints() {
    return ConfigType.listOf(
        ConfigType.object(
            ConfigKey.required(
                "path",
                ConfigType.TEXT,
                "The path; :name and * stand for one segment, a last * for" + " all that follow"),
            ConfigKey.optional("method", ConfigType.TEXT, "GET", "The method; * for any"),
            match(),
            ConfigKey.optional(
                "response",
                ConfigType.object(
                    ConfigKey.optional("status", ConfigType.INTEGER, 200L, "The status")
                        .alias("status_code"),
                    ConfigKey.optional("headers", ConfigType.MAP, "Headers"),
                    ConfigKey.optional(
                            "body",
                            ConfigType.ANY,
                            "The body: a map or list as JSON, a text as it is")
                        .alias("body_json")
                        .alias("body_text"),
                    ConfigKey.optional("delay", ConfigType.DURATION, "How long the answer waits")
                        .alias("delay_ms")),
                "What is answered; 200 without a body if left out"),
            ConfigKey.optional(
                "state",
                ConfigType.object(
                    ConfigKey.optional("name", ConfigType.TEXT, DEFAULT_NAME, "Whose state it is"),
                    ConfigKey.optional(
                        "requires",
                        ConfigType.TEXT,
                        "Answers in this state only; the first is " + MockServer.FIRST_STATE),
                    ConfigKey.optional("sets", ConfigType.TEXT, "The state after the answer")),
                "Answers depend on what was asked before")));
  }

  /** Reports the paths of endpoints that are none. */
  static void checkPaths(ConfigCheck config) {
    if (config.value("endpoints") instanceof List<?> endpoints) {
      for (Object endpoint : endpoints) {
        if (endpoint instanceof Map<?, ?> map) {
          checkPath(config, "endpoints", map.get("path"));
        }
      }
    }
  }

  /** Reports a path that is none. */
  static void checkPath(ConfigCheck config, String key, @Nullable Object path) {
    if (path != null && config.isFixed(path)) {
      try {
        PathPattern.parse(path.toString());
      } catch (ActionException e) {
        config.reject(key, String.valueOf(e.getMessage()), e.hint().orElse(null));
      }
    }
  }

  /** With the keys of the result that all mock server actions give. */
  static ActionDescriptor results(ActionDescriptor descriptor) {
    return descriptor
        .result("name", ConfigType.TEXT, "The mock server's name")
        .result("server_id", ConfigType.TEXT, "The same as name")
        .result("base_url", ConfigType.TEXT, "Where it listens, such as http://127.0.0.1:41234")
        .result("port", ConfigType.INTEGER, "The port on which it listens")
        .result(
            "requests",
            ConfigType.LIST,
            "The requests that came, each {method, path, query, headers, body, status}");
  }
}

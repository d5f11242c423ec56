package io.testmesh.integrations.redis;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.ArrayList;
import java.util.List;

/** The keys {@code key} and {@code keys}, one of which a step has. */
final class RedisKeyList {
  private RedisKeyList() {}

  static ActionDescriptor describe(ActionDescriptor descriptor) {
    return descriptor
        .optional("key", ConfigType.TEXT, "The key")
        .optional("keys", ConfigType.listOf(ConfigType.TEXT), "Several keys, in place of one");
  }

  static void check(ConfigCheck config) {
    if (config.has("key") && config.has("keys")) {
      config.reject("keys", "\"key\" and \"keys\" exclude each other", "keep one of them");
    } else if (!config.has("key") && !config.has("keys")) {
      config.reject(List.of(), "\"key\" is missing, or \"keys\" for several", null);
    } else if (config.value("keys") instanceof List<?> list && list.isEmpty()) {
      config.reject("keys", "\"keys\" is an empty list; it wants at least one key", null);
    }
  }

  static List<String> of(ActionConfig config) throws ActionException {
    if (config.has("key")) {
      return List.of(config.text("key"));
    }
    List<String> keys = new ArrayList<>();
    for (Object key : config.list("keys")) {
      keys.add(String.valueOf(key));
    }
    if (keys.isEmpty()) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"keys\" is an empty list; it wants at least one key");
    }
    return keys;
  }
}

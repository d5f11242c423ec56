package io.testmesh.integrations.observability;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.TlsKeys;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a server that is asked over HTTP, and their checks. */
final class EndpointKeys {
  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional("url", ConfigType.TEXT, "The server, such as http://localhost:9090"),
    ConfigKey.optional("headers", ConfigType.MAP, "Headers that every request has"),
    Auth.key(),
    TlsKeys.KEY,
    ConfigKey.optional(
        "connectionTimeout", ConfigType.DURATION, "5s", "How long it may take to connect")
  };

  private EndpointKeys() {}

  /** The descriptor with these keys behind its own. */
  static ActionDescriptor connection(ActionDescriptor descriptor, ConfigKey... more) {
    ConfigKey[] keys = new ConfigKey[CONNECTION.length + more.length];
    System.arraycopy(CONNECTION, 0, keys, 0, CONNECTION.length);
    System.arraycopy(more, 0, keys, CONNECTION.length, more.length);
    return descriptor.connection(keys);
  }

  /** Finds what no server could be reached with. */
  static void check(ConfigCheck config) {
    Map<String, @Nullable Object> values = config.values();
    for (ConfigKey key : CONNECTION) {
      if (!config.isFixed(values.get(key.name()))) {
        return;
      }
    }
    try {
      Endpoint.read(values::get, Path::of);
    } catch (ActionException e) {
      String message = String.valueOf(e.getMessage());
      int end = message.startsWith("\"") ? message.indexOf('"', 1) : -1;
      String key = end < 0 ? "auth" : message.substring(1, end);
      config.reject(key, message, e.hint().orElse(null));
    }
  }
}

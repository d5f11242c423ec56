package io.testmesh.integrations.observability;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.ConnectionCheck;
import io.testmesh.integrations.common.TlsKeys;
import java.util.ArrayList;
import java.util.List;

/** The keys of a server that is asked over HTTP, and their checks. */
final class EndpointKeys {
  static final String URL = "url";

  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional("headers", ConfigType.MAP, "Headers that every request has"),
    Auth.key(),
    TlsKeys.KEY,
    ConfigKey.optional(
        "connectionTimeout", ConfigType.DURATION, "5s", "How long it may take to connect")
  };

  private EndpointKeys() {}

  /**
   * The descriptor with these keys behind its own.
   *
   * @param urlKey the key that names the server
   * @param example an address of such a server
   */
  static ActionDescriptor connection(
      ActionDescriptor descriptor, String urlKey, String example, ConfigKey... more) {
    List<ConfigKey> keys = new ArrayList<>();
    keys.add(ConfigKey.optional(urlKey, ConfigType.TEXT, "The server, such as " + example));
    keys.addAll(List.of(CONNECTION));
    keys.addAll(List.of(more));
    return descriptor.connection(keys.toArray(ConfigKey[]::new));
  }

  /** Finds what no server could be reached with. */
  static void check(ConfigCheck config, String urlKey) {
    List<String> names = new ArrayList<>(ConnectionCheck.names(CONNECTION));
    names.add(urlKey);
    ConnectionCheck.check(
        config, names, "auth", (keys, resolve) -> Endpoint.read(urlKey, keys, resolve));
  }
}

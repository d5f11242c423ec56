package io.testmesh.integrations.redis;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.ConnectionCheck;
import io.testmesh.integrations.common.TlsKeys;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a connection to Redis, which all actions share, and their checks. */
final class RedisKeys {
  static final String HOST = "localhost";
  static final int PORT = 6379;
  static final int SENTINEL_PORT = 26_379;

  private static final List<String> BESIDE_URL = List.of("host", "port");
  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional(
        "url",
        ConfigType.oneOf(ConfigType.TEXT, ConfigType.listOf(ConfigType.TEXT)),
        "redis://user:password@host:port/db, or rediss:// for TLS; a list names nodes of a cluster,"
            + " or the sentinels of sentinel_master"),
    ConfigKey.optional("host", ConfigType.TEXT, "The host; localhost if it is left out"),
    ConfigKey.optional("port", ConfigType.INTEGER, "The port; 6379 if it is left out"),
    ConfigKey.optional("db", ConfigType.INTEGER, "The number of the database; 0 if left out"),
    ConfigKey.optional("username", ConfigType.TEXT, "The user; the default one if left out"),
    ConfigKey.optional("password", ConfigType.TEXT, "The password").asSecret(),
    TlsKeys.KEY,
    ConfigKey.optional(
        "sentinel_master",
        ConfigType.TEXT,
        "The name of the master that the sentinels in url watch; user and password in url are for"
            + " the sentinels then"),
    ConfigKey.optional(
        "connection_timeout",
        ConfigType.DURATION,
        "5s",
        "How long it may take to connect and log in"),
    ConfigKey.optional(
        "timeout", ConfigType.DURATION, "How long an answer may take; the step's time if left out"),
    ConfigKey.optional(
        "pool_size",
        ConfigType.INTEGER,
        64L,
        "How many connections to a server are open at most; a step waits for a free one")
  };

  private RedisKeys() {}

  /** The descriptor with these keys behind its own. */
  static ActionDescriptor connection(ActionDescriptor descriptor) {
    return descriptor.connection(CONNECTION);
  }

  /** Finds what no server could be reached with. */
  static void check(ConfigCheck config) {
    Map<String, @Nullable Object> values = config.values();
    for (String key : BESIDE_URL) {
      if (values.get("url") != null && values.get(key) != null) {
        config.reject(key, "\"url\" and \"" + key + "\" exclude each other", "keep one of them");
        return;
      }
    }
    ConnectionCheck.check(config, ConnectionCheck.names(CONNECTION), "url", RedisSettings::read);
  }
}

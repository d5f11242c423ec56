package io.testmesh.integrations.sql;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.ConnectionCheck;
import io.testmesh.integrations.common.TlsKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a connection, which all actions share, and their checks. */
final class SqlKeys {
  private static final List<String> BESIDE_TEXT = List.of("host", "port", "database");
  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional(
            "connectionString",
            ConfigType.TEXT,
            "postgres://user:password@host:port/database?sslmode=…, host=… dbname=… user=… as for"
                + " psql, or a jdbc: URL of any driver on the class path")
        .asSecret(),
    ConfigKey.optional("host", ConfigType.TEXT, "The host; localhost if it is left out"),
    ConfigKey.optional("port", ConfigType.INTEGER, "The port; 5432 if it is left out"),
    ConfigKey.optional("database", ConfigType.TEXT, "The database; postgres if it is left out"),
    ConfigKey.optional("user", ConfigType.TEXT, "The user; postgres if it is left out"),
    ConfigKey.optional("password", ConfigType.TEXT, "The password").asSecret(),
    ConfigKey.optional(
        "sslmode",
        ConfigType.choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
        "Whether TLS is used, as for psql; prefer if it is left out"),
    TlsKeys.KEY,
    ConfigKey.optional(
        "connectionTimeout",
        ConfigType.DURATION,
        "10s",
        "How long it may take to connect and log in"),
    ConfigKey.optional(
        "pool_size",
        ConfigType.INTEGER,
        16L,
        "How many connections are open at most; a step waits for a free one")
  };

  /** The keys that say where the database is. */
  static final List<String> NAMES =
      List.of(
          ActionDescriptor.CONNECTION,
          "connectionString",
          "host",
          "port",
          "database",
          "user",
          "password",
          "sslmode",
          "tls",
          "connectionTimeout",
          "pool_size");

  private SqlKeys() {}

  /** The descriptor with these keys behind its own. */
  static ActionDescriptor connection(ActionDescriptor descriptor) {
    return descriptor.connection(CONNECTION);
  }

  /** The same for older actions, whose {@code connection} may be a connection string. */
  static ActionDescriptor connectionOrAddress(ActionDescriptor descriptor) {
    return descriptor.connectionOrAddress(CONNECTION);
  }

  /** What a configuration says about the connection, in the order of {@link #NAMES}. */
  static List<@Nullable Object> written(Function<String, @Nullable Object> keys) {
    List<@Nullable Object> written = new ArrayList<>(NAMES.size());
    for (String key : NAMES) {
      written.add(keys.apply(key));
    }
    return written;
  }

  /**
   * Finds what no server could be reached with.
   *
   * @return false when there is something
   */
  static boolean check(ConfigCheck config) {
    Map<String, @Nullable Object> values = config.values();
    String text = values.get("connectionString") != null ? "connectionString" : "connection";
    for (String key : BESIDE_TEXT) {
      if (values.get(text) != null && values.get(key) != null) {
        config.reject(
            key, "\"" + text + "\" and \"" + key + "\" exclude each other", "keep one of them");
        return false;
      }
    }
    return ConnectionCheck.check(config, NAMES, text, SqlSettings::read);
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a flow describes it. Equal settings share their connections.
 *
 * @param tls null for what {@code sslmode} of the target says
 * @param poolSize how many connections there are at most
 */
record SqlSettings(
    Target target, @Nullable TlsSettings tls, Duration connectionTimeout, int poolSize) {
  private static final int HIGHEST_PORT = 65_535;
  private static final String DISABLE = "disable";

  static SqlSettings of(ActionContext context) throws ActionException {
    return read(context.config()::value, context::resolve);
  }

  /**
   * Reads the keys of a connection.
   *
   * @param keys gives the value of a key, in its type; null where it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; the message begins with the key
   */
  static SqlSettings read(Function<String, @Nullable Object> keys, Function<String, Path> resolve)
      throws ActionException {
    Duration timeout = Values.duration(keys.apply("connectionTimeout"), "connectionTimeout");
    if (timeout.isZero()) {
      throw invalid("connectionTimeout", "wants more than 0");
    }
    int poolSize = Values.whole(keys.apply("pool_size"), "pool_size", 1, 1_000);
    Object text = keys.apply("connectionString");
    Object older = text == null ? keys.apply("connection") : null;
    Target named =
        text != null
            ? ConnectionText.parse(text.toString())
            : older == null ? byKeys(keys) : byOlderKey(older.toString());
    Map<String, String> properties = new LinkedHashMap<>(named.properties());
    for (String key : List.of(Target.USER, Target.PASSWORD, Target.SSL_MODE)) {
      String value = text(keys.apply(key));
      if (value != null) {
        properties.put(key, value);
      }
    }
    Object tls = keys.apply("tls");
    TlsSettings secured = TlsKeys.read(tls, resolve);
    if (tls != null && !named.isPostgres()) {
      throw invalid("tls", "is for PostgreSQL; other drivers want it in their URL");
    }
    if (Boolean.FALSE.equals(tls)) {
      properties.put(Target.SSL_MODE, DISABLE);
    } else if (secured != null) {
      secure(secured, properties);
    }
    return new SqlSettings(
        new Target(named.url(), properties, named.address(), named.isPostgres()),
        secured,
        timeout,
        poolSize);
  }

  private static void secure(TlsSettings tls, Map<String, String> properties)
      throws ActionException {
    String mode = properties.get(Target.SSL_MODE);
    if (DISABLE.equals(mode)) {
      throw invalid("tls", "is set, and \"sslmode\" is disable");
    }
    if (mode == null || mode.equals("prefer") || mode.equals("allow")) {
      // Anything less would go on without TLS where the server has none.
      properties.put(Target.SSL_MODE, tls.verify() ? "verify-full" : "require");
    }
  }

  /** The same text under the key of the older actions, which messages have to name. */
  private static Target byOlderKey(String text) throws ActionException {
    try {
      return ConnectionText.parse(text);
    } catch (ActionException e) {
      String message = String.valueOf(e.getMessage());
      throw new ActionException(
              e.code(), message.replaceFirst("^\"connectionString\"", "\"connection\""), e)
          .hint(e.hint().orElse(""));
    }
  }

  private static Target byKeys(Function<String, @Nullable Object> keys) throws ActionException {
    Object host = keys.apply("host");
    Object port = keys.apply("port");
    int number = port == null ? ConnectionText.PORT : Values.whole(port, "port", 1, HIGHEST_PORT);
    String name = host == null ? "localhost" : host.toString();
    ServerAddress address = ServerAddress.parse(name, number, "host");
    if (address.port() != number) {
      throw invalid("host", "wants a host alone, got \"" + name + "\"; the port is \"port\"");
    }
    String database = text(keys.apply("database"));
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(Target.USER, "postgres");
    return ConnectionText.postgres(
        List.of(address), database == null ? "postgres" : database, properties);
  }

  /** Null also for an empty text: a variable without a value. */
  private static @Nullable String text(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  private static ActionException invalid(String key, String what) {
    return new ActionException(ActionException.INVALID_VALUE, "\"" + key + "\" " + what);
  }
}

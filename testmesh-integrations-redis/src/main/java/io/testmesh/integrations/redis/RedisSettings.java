package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a flow describes it. Equal settings share their connections.
 *
 * @param login null to log in as nobody
 * @param tls null for plain text
 * @param poolSize how many connections to one server there are at most
 */
record RedisSettings(
    Target target,
    int database,
    @Nullable Login login,
    @Nullable TlsSettings tls,
    Duration connectionTimeout,
    int poolSize) {

  private static final int HIGHEST_PORT = 65_535;

  /** What stands behind the address. */
  sealed interface Target {
    /** One server. */
    record Server(ServerAddress address) implements Target {}

    /**
     * A cluster.
     *
     * @param nodes some of its nodes
     */
    record Cluster(List<ServerAddress> nodes) implements Target {}

    /**
     * The server that sentinels name.
     *
     * @param master the name under which they watch it
     * @param login for the sentinels
     * @param tls for the sentinels
     */
    record Master(
        List<ServerAddress> sentinels,
        String master,
        @Nullable Login login,
        @Nullable TlsSettings tls)
        implements Target {}
  }

  static RedisSettings of(ActionContext context) throws ActionException {
    return read(context.config()::value, context::resolve);
  }

  /**
   * Reads the keys of a connection.
   *
   * @param keys gives the value of a key, in its type; null where it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; the message begins with the key
   */
  static RedisSettings read(Function<String, @Nullable Object> keys, Function<String, Path> resolve)
      throws ActionException {
    Duration timeout = Values.duration(keys.apply("connection_timeout"), "connection_timeout");
    if (timeout.isZero()) {
      throw invalid("connection_timeout", "wants more than 0");
    }
    int poolSize = Values.whole(keys.apply("pool_size"), "pool_size", 1, 10_000);
    List<RedisUrl> urls = urls(keys.apply("url"), keys.apply("sentinel_master") != null);
    TlsSettings tls = TlsKeys.read(keys.apply("tls"), resolve);
    Object database = keys.apply("db");
    int number = database == null ? 0 : Values.whole(database, "db", 0, Integer.MAX_VALUE);
    if (keys.apply("sentinel_master") != null) {
      return new RedisSettings(
          master(urls, keys.apply("sentinel_master"), tls),
          number,
          login(keys, null),
          tls,
          timeout,
          poolSize);
    }
    if (urls.isEmpty()) {
      return new RedisSettings(
          new Target.Server(address(keys)), number, login(keys, null), tls, timeout, poolSize);
    }
    RedisUrl first = urls.get(0);
    if (first.tls() && Boolean.FALSE.equals(keys.apply("tls"))) {
      throw invalid("tls", "is false, and \"url\" begins with rediss://, which is TLS");
    }
    Integer named = first.database();
    boolean isCluster = keys.apply("url") instanceof Collection || urls.size() > 1;
    int chosen = database == null && named != null ? named : number;
    if (isCluster && chosen != 0) {
      throw invalid("db", "is " + chosen + ", and a cluster has the database 0 alone");
    }
    return new RedisSettings(
        isCluster ? new Target.Cluster(addresses(urls)) : new Target.Server(first.address()),
        chosen,
        login(keys, first.login()),
        tls == null && first.tls() ? TlsSettings.DEFAULT : tls,
        timeout,
        poolSize);
  }

  private static Target master(
      List<RedisUrl> urls, @Nullable Object name, @Nullable TlsSettings tls)
      throws ActionException {
    if (urls.isEmpty()) {
      throw invalid("sentinel_master", "needs \"url\": the list of sentinels");
    }
    RedisUrl first = urls.get(0);
    TlsSettings own = first.tls() ? tls == null ? TlsSettings.DEFAULT : tls : null;
    if (first.database() != null) {
      throw invalid("url", "names sentinels, which have no database; it goes to \"db\"");
    }
    return new Target.Master(addresses(urls), String.valueOf(name), first.login(), own);
  }

  private static List<ServerAddress> addresses(List<RedisUrl> urls) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (RedisUrl url : urls) {
      addresses.add(url.address());
    }
    return List.copyOf(addresses);
  }

  /** A list, or a text, which may have several with commas between them. */
  private static List<RedisUrl> urls(@Nullable Object value, boolean areSentinels)
      throws ActionException {
    if (value == null) {
      return List.of();
    }
    Collection<?> texts =
        value instanceof Collection<?> list ? list : List.of(value.toString().split(",", -1));
    List<RedisUrl> urls = new ArrayList<>();
    int port = areSentinels ? RedisKeys.SENTINEL_PORT : RedisKeys.PORT;
    for (Object text : texts) {
      urls.add(RedisUrl.parse(String.valueOf(text), port));
    }
    if (urls.isEmpty()) {
      throw invalid("url", "is an empty list; it wants at least one server");
    }
    for (RedisUrl url : urls) {
      if (!url.isAlike(urls.get(0))) {
        throw invalid("url", "wants the same scheme, user, password and database in all of them");
      }
    }
    return urls;
  }

  private static ServerAddress address(Function<String, @Nullable Object> keys)
      throws ActionException {
    Object host = keys.apply("host");
    Object port = keys.apply("port");
    int number = port == null ? RedisKeys.PORT : Values.whole(port, "port", 1, HIGHEST_PORT);
    String name = host == null ? RedisKeys.HOST : host.toString();
    // A host with a port is a mistake that would end as a host nobody knows.
    ServerAddress address = ServerAddress.parse(name, number, "host");
    if (address.port() != number) {
      throw invalid("host", "wants a host alone, got \"" + name + "\"; the port is \"port\"");
    }
    return address;
  }

  /** The keys say more than the URL, each for itself. */
  private static @Nullable Login login(
      Function<String, @Nullable Object> keys, @Nullable Login ofUrl) throws ActionException {
    String user = text(keys.apply("username"));
    String password = text(keys.apply("password"));
    if (password == null && ofUrl != null) {
      return user == null ? ofUrl : new Login(user, ofUrl.password());
    }
    if (password == null) {
      if (user != null) {
        throw invalid("username", "needs \"password\" beside it");
      }
      return null;
    }
    return new Login(user == null && ofUrl != null ? ofUrl.user() : user, password);
  }

  /** Null also for an empty text: a variable without a value. */
  private static @Nullable String text(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  private static ActionException invalid(String key, String what) {
    return new ActionException(ActionException.INVALID_VALUE, "\"" + key + "\" " + what);
  }
}

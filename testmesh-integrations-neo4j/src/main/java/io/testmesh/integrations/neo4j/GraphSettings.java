package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server as a flow describes it. Equal settings share their connections.
 *
 * @param url with a scheme of the driver, without user and password
 * @param username null to log in as nobody
 * @param tls null for what the scheme says
 * @param connectionTimeout how long it may take to connect
 */
record GraphSettings(
    URI url,
    @Nullable String username,
    String password,
    @Nullable TlsSettings tls,
    Duration connectionTimeout) {
  private static final int PORT = 7687;
  private static final Set<String> SCHEMES =
      Set.of("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc");

  static GraphSettings of(ActionContext context) throws ActionException {
    return read(context.config()::value, context::resolve);
  }

  /**
   * Reads the keys of a connection.
   *
   * @param keys gives the value of a key, in its type; null where it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; the message begins with the key
   */
  static GraphSettings read(Function<String, @Nullable Object> keys, Function<String, Path> resolve)
      throws ActionException {
    URI url = url(String.valueOf(keys.apply("url")).strip());
    Duration timeout = Values.duration(keys.apply("connectionTimeout"), "connectionTimeout");
    if (timeout.isZero()) {
      throw invalid("connectionTimeout", "wants more than 0");
    }
    TlsSettings tls = TlsKeys.read(keys.apply("tls"), resolve);
    if (tls != null && url.getScheme().indexOf('+') > 0) {
      throw invalid("tls", "is set, and the scheme of \"url\" says how it is secured");
    }
    if (tls != null && (tls.certFile() != null || tls.keyFile() != null)) {
      throw invalid("tls", "has a certificate of the client, which the driver does not send");
    }
    Object username = keys.apply("username");
    Object password = keys.apply("password");
    return new GraphSettings(
        url,
        username == null || username.toString().isEmpty() ? null : username.toString(),
        password == null ? "" : password.toString(),
        tls,
        timeout);
  }

  private static URI url(String text) throws ActionException {
    try {
      URI url = URI.create(text);
      if (url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null) {
        if (url.getUserInfo() != null) {
          throw invalid("url", "has a user in it; \"username\" and \"password\" are keys");
        }
        return url.getPort() >= 0
            ? url
            : URI.create(
                url.getScheme()
                    + "://"
                    + url.getHost()
                    + ":"
                    + PORT
                    + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
      }
    } catch (IllegalArgumentException e) {
      // The message below says what is wanted.
    }
    throw new ActionException(
            ActionException.INVALID_VALUE,
            "\"url\" wants bolt:// or neo4j:// and a host, got \"" + text + "\"")
        .hint("such as bolt://localhost:7687; +s behind the scheme is TLS, +ssc any certificate");
  }

  /** Host and port, for people. */
  String address() {
    return url.getHost() + ":" + url.getPort();
  }

  private static ActionException invalid(String key, String what) {
    return new ActionException(ActionException.INVALID_VALUE, "\"" + key + "\" " + what);
  }

  /** Names no password. */
  @Override
  public String toString() {
    return url.toString();
  }
}

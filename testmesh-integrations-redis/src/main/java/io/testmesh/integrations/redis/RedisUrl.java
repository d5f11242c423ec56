package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the schemes {@code redis} and {@code rediss}: {@code
 * redis://user:password@host:port/db}.
 *
 * @param tls whether the scheme is {@code rediss}
 * @param login null when there is no password in it
 * @param database null when it names none
 */
record RedisUrl(
    boolean tls, ServerAddress address, @Nullable Login login, @Nullable Integer database) {

  private static final int MOST_DIGITS = 9;

  /**
   * Reads a URL; messages show it without what stands before the host.
   *
   * @param defaultPort when it names none
   * @throws ActionException code {@code invalid_value}
   */
  static RedisUrl parse(String text, int defaultPort) throws ActionException {
    String url = text.trim();
    int scheme = url.indexOf("://");
    boolean tls = url.startsWith("rediss://");
    if (!tls && !url.startsWith("redis://")) {
      throw invalid(url, "wants redis://host:port, or rediss:// for TLS");
    }
    String rest = url.substring(scheme + 3);
    int query = rest.indexOf('?');
    if (query >= 0 || rest.indexOf('#') >= 0) {
      throw invalid(url, "takes no parameters; they are keys beside it");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    int at = authority.lastIndexOf('@');
    Login login = at < 0 ? null : login(authority.substring(0, at), url);
    String server = authority.substring(at + 1);
    return new RedisUrl(
        tls,
        ServerAddress.parse(server.isEmpty() ? RedisKeys.HOST : server, defaultPort, "url"),
        login,
        path.isEmpty() ? null : database(path, url));
  }

  /** Whether the other one differs in its address alone. */
  boolean isAlike(RedisUrl other) {
    return tls == other.tls
        && Objects.equals(login, other.login)
        && Objects.equals(database, other.database);
  }

  private static @Nullable Login login(String userInfo, String url) throws ActionException {
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw invalid(url, "names a user without a password; a password alone is :password@");
    }
    String user = decoded(userInfo.substring(0, colon), url);
    String password = decoded(userInfo.substring(colon + 1), url);
    return password.isEmpty() ? null : new Login(user.isEmpty() ? null : user, password);
  }

  private static Integer database(String path, String url) throws ActionException {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) < '0' || path.charAt(i) > '9' || i >= MOST_DIGITS) {
        throw invalid(url, "wants the number of a database after the last /");
      }
    }
    return Integer.valueOf(path);
  }

  /** Percent-encoded characters; unlike in a form, a plus is a plus. */
  private static String decoded(String part, String url) throws ActionException {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(url, "has a % that begins no character in its user or password; write %25");
    }
  }

  private static ActionException invalid(String url, String what) {
    int at = url.lastIndexOf('@');
    int scheme = url.indexOf("://");
    String shown =
        at < 0 ? url : (scheme < 0 ? "" : url.substring(0, scheme + 3)) + "…" + url.substring(at);
    return new ActionException(
        ActionException.INVALID_VALUE, "\"url\" " + what + ", got \"" + shown + "\"");
  }
}

package io.testmesh.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask at all; decided before the path is looked at. What runs plugins must not be open to
 * any web page that a browser of this machine shows: not by another name of this address (DNS
 * rebinding), not across sites.
 */
final class Admission {
  /** The names of this machine for itself. */
  static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names;
  private final boolean anyAddress;
  private final byte @Nullable [] token;

  /**
   * What is let in.
   *
   * @param names host names and addresses by which this server is called, in small letters
   * @param anyAddress whether addresses in numbers are let in too: no name can be rebound then
   * @param token what each request has to bring, or null
   */
  Admission(Set<String> names, boolean anyAddress, @Nullable String token) {
    this.names = Set.copyOf(names);
    this.anyAddress = anyAddress;
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  boolean wantsToken() {
    return token != null;
  }

  /**
   * Refuses a request that is not for this server, or of another site, or without the token.
   *
   * @param port the port that requests come in by
   */
  void check(Exchange exchange, int port) throws RequestException {
    checkHost(exchange.headers("Host"), port);
    checkOrigin(exchange, port);
    if (token != null) {
      checkToken(token, exchange.headers("Authorization"));
    }
  }

  private void checkHost(List<String> hosts, int port) throws RequestException {
    String host = hosts.size() == 1 ? hosts.get(0).strip() : "";
    if (!isOwn(host, port)) {
      throw new RequestException(
          403,
          "FOREIGN_HOST",
          host.isEmpty()
              ? "the request does not say which host it is for"
              : "this server is not \"" + host + "\"",
          "call it localhost:" + port);
    }
  }

  private void checkOrigin(Exchange exchange, int port) throws RequestException {
    for (String origin : exchange.headers("Origin")) {
      boolean own = origin.startsWith("http://") && isOwn(origin.substring(7), port);
      if (!own) {
        throw new RequestException(
            403, "FOREIGN_ORIGIN", "pages of \"" + origin + "\" may not call this server", null);
      }
    }
    for (String site : exchange.headers("Sec-Fetch-Site")) {
      if (!site.equals("same-origin") && !site.equals("none")) {
        throw new RequestException(
            403, "FOREIGN_ORIGIN", "pages of other sites may not call this server", null);
      }
    }
  }

  private static void checkToken(byte[] token, List<String> given) throws RequestException {
    String value = given.size() == 1 ? given.get(0) : "";
    boolean bearer = value.regionMatches(true, 0, "Bearer ", 0, 7);
    byte[] offered = (bearer ? value.substring(7).strip() : "").getBytes(StandardCharsets.UTF_8);
    // Takes as long for a token that is nearly right.
    if (!MessageDigest.isEqual(token, offered)) {
      throw new RequestException(
              401,
              "UNAUTHORIZED",
              bearer ? "the token is not the right one" : "this server wants a token",
              "send the header Authorization: Bearer TOKEN; serve said where the token is")
          .header("WWW-Authenticate", "Bearer");
    }
  }

  private boolean isOwn(String hostAndPort, int port) {
    String host = hostAndPort.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    // A colon inside of brackets belongs to an address.
    if (colon <= host.lastIndexOf(']')) {
      return port == 80 && isOwnName(host);
    }
    return host.substring(colon + 1).equals(String.valueOf(port))
        && isOwnName(host.substring(0, colon));
  }

  private boolean isOwnName(String host) {
    return names.contains(host) || anyAddress && isAddress(host);
  }

  private static boolean isAddress(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return true;
    }
    int dots = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }
}

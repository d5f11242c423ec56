package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port from 1 to 65535
 */
public record ServerAddress(String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads {@code host}, {@code host:port} or {@code [address]:port}.
   *
   * @param defaultPort when the text names none
   * @param key how the text is called in messages
   * @throws ActionException code {@code invalid_value}
   */
  public static ServerAddress parse(String text, int defaultPort, String key)
      throws ActionException {
    String trimmed = text.trim();
    int colon = trimmed.lastIndexOf(':');
    boolean bracketed = trimmed.startsWith("[") && trimmed.indexOf(']') > 0;
    boolean bareSix = !bracketed && colon != trimmed.indexOf(':');
    boolean hasPort = !bareSix && colon >= 0 && !(bracketed && colon < trimmed.indexOf(']'));
    String host = hasPort ? trimmed.substring(0, colon) : trimmed;
    if (bracketed && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = hasPort ? port(trimmed.substring(colon + 1)) : defaultPort;
    if (host.isEmpty() || port < 0 || hasOddCharacter(host)) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "\"" + key + "\" wants a host and a port, got \"" + text + "\"")
          .hint("such as localhost:" + defaultPort);
    }
    return new ServerAddress(host, port);
  }

  /**
   * Reads a list, or a text with commas.
   *
   * @return at least one address
   * @throws ActionException code {@code invalid_value}
   */
  public static List<ServerAddress> parseList(@Nullable Object value, int defaultPort, String key)
      throws ActionException {
    List<ServerAddress> addresses = new ArrayList<>();
    Collection<?> parts =
        value instanceof Collection<?> list ? list : List.of(String.valueOf(value).split(",", -1));
    for (Object part : parts) {
      addresses.add(parse(String.valueOf(part), defaultPort, key));
    }
    if (addresses.isEmpty()) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"" + key + "\" wants at least one host and port");
    }
    return addresses;
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= HIGHEST_PORT ? port : -1;
  }

  private static boolean hasOddCharacter(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c == '/' || c == '@' || c == '?' || c == '#' || c == '[' || c == ']') {
        return true;
      }
    }
    return false;
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

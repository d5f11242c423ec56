package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import okhttp3.HttpUrl;

/** Reads URLs that a flow writes, strictly: the client library would repair or trim some. */
final class Urls {
  private Urls() {}

  /**
   * Reads an absolute http or https URL.
   *
   * @param key how the value is called in messages
   * @throws ActionException code {@code invalid_value}
   */
  static HttpUrl parse(String text, String key) throws ActionException {
    if (text.isBlank()) {
      throw invalid(key, text, "is empty");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        throw invalid(key, text, "has a space or line break at character " + (i + 1))
            .hint("a space is written %20; values of the query can stand in \"params\"");
      }
    }
    int scheme = text.indexOf("://");
    if (scheme < 0 || text.indexOf('/') < scheme) {
      ActionException failure = invalid(key, text, "has no scheme and host");
      boolean relative = text.startsWith("/") || text.startsWith(".");
      throw relative ? failure : failure.hint("did you mean \"http://" + text + "\"?");
    }
    String name = text.substring(0, scheme);
    if (!name.equalsIgnoreCase("http") && !name.equalsIgnoreCase("https")) {
      throw invalid(key, text, "has the scheme \"" + name + "\"");
    }
    int host = scheme + 3;
    if (host == text.length() || "/\\?#".indexOf(text.charAt(host)) >= 0) {
      throw invalid(key, text, "has no host");
    }
    try {
      return HttpUrl.get(text);
    } catch (IllegalArgumentException e) {
      throw invalid(key, text, "is no URL (" + e.getMessage() + ")");
    }
  }

  /** The URL as it may be shown: without user and password. */
  static String shown(HttpUrl url) {
    return url.encodedUsername().isEmpty() && url.encodedPassword().isEmpty()
        ? url.toString()
        : url.newBuilder().username("").password("").build().toString();
  }

  /** Host and port as people write them, such as {@code [::1]:8080}. */
  static String hostAndPort(HttpUrl url) {
    String host = url.host();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + url.port();
  }

  /** Whether both URLs lead to the same server. */
  static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }

  private static ActionException invalid(String key, String text, String what) {
    return new ActionException(
            ActionException.INVALID_VALUE,
            "\"" + key + "\" " + what + ": \"" + text + "\"; expected http://… or https://…")
        .at(key);
  }
}

package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Resources;
import io.testmesh.integrations.common.Values;
import io.testmesh.result.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The cookies of a flow (RFC 6265). Safe for use by several threads. */
final class Cookies implements AutoCloseable {
  private final List<Cookie> kept = new ArrayList<>();

  /** The cookies of the flow. */
  static Cookies of(Resources flow) throws ActionException, InterruptedException {
    return flow.resource(Cookies.class, "cookies", Cookies::new);
  }

  /** Keeps the cookies that a step gives, for the host of its URL; null takes one back. */
  void give(Map<String, @Nullable Object> given, HttpUrl url) throws ActionException {
    for (Map.Entry<String, @Nullable Object> entry : given.entrySet()) {
      Object value = entry.getValue();
      String text = value == null ? "" : Values.text(value, "cookies." + entry.getKey());
      check(entry.getKey(), text);
      Cookie cookie =
          new Cookie.Builder()
              .name(entry.getKey())
              .value(text)
              .hostOnlyDomain(url.host())
              .path("/")
              .build();
      keep(cookie, value != null);
    }
  }

  private static void check(String name, String value) throws ActionException {
    boolean bad = name.isEmpty() || name.indexOf('=') >= 0 || !value.equals(value.trim());
    String both = name + value;
    for (int i = 0; i < both.length() && !bad; i++) {
      char c = both.charAt(i);
      bad = c == ';' || c < ' ' || c == 0x7f;
    }
    if (bad) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"cookies." + name + "\" cannot be sent as a cookie: no ; and no spaces around it");
    }
  }

  /** Keeps what a response sets. */
  void receive(Response response, Map<String, @Nullable Object> set, ActionContext context) {
    List<String> headers = response.headers("Set-Cookie");
    for (int i = 0; i < headers.size(); i++) {
      HttpUrl url = response.request().url();
      Cookie cookie = Cookie.parse(url, headers.get(i));
      if (cookie == null) {
        context.log(
            Level.WARN,
            "a cookie from "
                + Urls.hostAndPort(url)
                + " is not for this host, or is malformed: "
                + headers.get(i));
      } else {
        set.put(cookie.name(), cookie.value());
        keep(cookie, cookie.expiresAt() > System.currentTimeMillis());
      }
    }
  }

  private synchronized void keep(Cookie cookie, boolean alive) {
    kept.removeIf(
        old ->
            old.name().equals(cookie.name())
                && old.domain().equals(cookie.domain())
                && old.path().equals(cookie.path()));
    if (alive) {
      kept.add(cookie);
    }
  }

  /** The header {@code Cookie} for a URL; null when no cookie is for it. */
  synchronized @Nullable String header(HttpUrl url) {
    if (kept.isEmpty()) {
      return null;
    }
    StringBuilder header = new StringBuilder();
    long now = System.currentTimeMillis();
    for (Cookie cookie : kept) {
      if (cookie.expiresAt() > now && cookie.matches(url)) {
        header.append(header.isEmpty() ? "" : "; ");
        header.append(cookie.name()).append('=').append(cookie.value());
      }
    }
    return header.isEmpty() ? null : header.toString();
  }

  @Override
  public void close() {}
}

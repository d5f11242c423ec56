package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.HeaderText;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A server as a flow describes it. Equal endpoints share their connections.
 *
 * @param url without a path of the API; ends with a slash
 * @param headers that every request has
 * @param oauth how a token is fetched that every request has; null for none
 * @param tls how https is secured
 * @param connectionTimeout how long it may take to connect
 */
record Endpoint(
    HttpUrl url,
    Map<String, String> headers,
    Auth.@Nullable OAuth2 oauth,
    TlsSettings tls,
    Duration connectionTimeout) {

  static Endpoint of(ActionContext context, String urlKey, @Nullable Map<String, String> more)
      throws ActionException {
    Endpoint endpoint = read(urlKey, context.config()::value, context::resolve);
    if (more == null || more.isEmpty()) {
      return endpoint;
    }
    Map<String, String> headers = new LinkedHashMap<>(endpoint.headers);
    headers.putAll(more);
    check(more);
    return new Endpoint(
        endpoint.url,
        Map.copyOf(headers),
        endpoint.oauth,
        endpoint.tls,
        endpoint.connectionTimeout);
  }

  private static void check(Map<String, String> headers) throws ActionException {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      HeaderText.check(header.getKey(), header.getValue());
    }
  }

  /**
   * Reads the keys of a connection.
   *
   * @param urlKey the key that names the server
   * @param keys gives the value of a key, in its type; null where it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; the message begins with the key
   */
  static Endpoint read(
      String urlKey, Function<String, @Nullable Object> keys, Function<String, Path> resolve)
      throws ActionException {
    Object text = keys.apply(urlKey);
    HttpUrl url = text == null ? null : HttpUrl.parse(text.toString());
    if (url == null) {
      throw invalid(
          urlKey,
          text == null ? "is missing" : "wants an http or https address, got \"" + text + "\"");
    }
    if (url.query() != null) {
      throw invalid(urlKey, "is the address of the server, and has a query behind it");
    }
    Duration timeout = Values.duration(keys.apply("connectionTimeout"), "connectionTimeout");
    if (timeout.isZero()) {
      throw invalid("connectionTimeout", "wants more than 0");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (keys.apply("headers") instanceof Map<?, ?> written) {
      for (Map.Entry<?, ?> header : written.entrySet()) {
        String name = String.valueOf(header.getKey());
        headers.put(name, Values.text(header.getValue(), "headers." + name));
      }
    }
    HttpUrl.Builder address = url.newBuilder().username("").password("").fragment(null);
    Auth auth = authorize(keys.apply("auth"), url, headers);
    check(headers);
    if (!url.encodedPath().endsWith("/")) {
      address.addPathSegment("");
    }
    Object tls = keys.apply("tls");
    TlsSettings secured = TlsKeys.read(tls, resolve);
    if (secured != null && !url.isHttps()) {
      throw invalid("tls", "is set, and \"" + urlKey + "\" begins with http://");
    }
    return new Endpoint(
        address.build(),
        Map.copyOf(headers),
        auth instanceof Auth.OAuth2 oauth ? oauth : null,
        secured == null ? TlsSettings.DEFAULT : secured,
        timeout);
  }

  /** Adds the header that is known before a request; gives how the flow wants to be known. */
  private static @Nullable Auth authorize(
      @Nullable Object value, HttpUrl url, Map<String, String> headers) throws ActionException {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, part) -> written.put(String.valueOf(key), part));
    }
    Auth auth = Auth.of(written);
    if (auth instanceof Auth.Basic basic) {
      headers.put("Authorization", basic(basic.username(), basic.password()));
    } else if (auth instanceof Auth.Bearer bearer) {
      headers.put("Authorization", "Bearer " + bearer.token());
    } else if (auth instanceof Auth.ApiKey key && !key.inQuery()) {
      headers.put(key.name(), key.value());
    } else if (auth instanceof Auth.OAuth2 oauth) {
      if (HttpUrl.parse(oauth.tokenUrl()) == null) {
        throw invalid(
            "auth.token_url", "wants an http or https address, got \"" + oauth.tokenUrl() + "\"");
      }
    } else if (auth != null) {
      throw invalid("auth", "is offered here with api_key in a header, not in the query");
    } else if (!url.username().isEmpty()) {
      headers.put("Authorization", basic(url.username(), url.password()));
    }
    return auth;
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Host and port, for people. */
  String address() {
    boolean isSix = url.host().indexOf(':') >= 0;
    return (isSix ? "[" + url.host() + "]" : url.host()) + ":" + url.port();
  }

  static ActionException invalid(String key, String what) {
    return new ActionException(ActionException.INVALID_VALUE, "\"" + key + "\" " + what);
  }

  /** Names no credentials. */
  @Override
  public String toString() {
    return url.toString();
  }
}

package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsSettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What makes connections differ from one another. Requests with equal transports share a client.
 *
 * @param tls how https connections are secured
 * @param proxy the proxy's URL as it was written; null for none
 */
record Transport(TlsSettings tls, @Nullable String proxy) {
  /** What a flow that says nothing about it gets. */
  static final Transport PLAIN = new Transport(TlsSettings.DEFAULT, null);

  static Transport of(ActionContext context) {
    ActionConfig config = context.config();
    Path ca = path(context, "ca_file");
    Path cert = path(context, "cert_file");
    Path key = path(context, "key_file");
    boolean verify = config.bool("verify_ssl");
    Object proxy = config.value("proxy");
    if (verify && ca == null && cert == null && key == null && proxy == null) {
      return PLAIN;
    }
    return new Transport(
        new TlsSettings(verify, ca, cert, key), proxy == null ? null : proxy.toString());
  }

  private static @Nullable Path path(ActionContext context, String key) {
    Object value = context.config().value(key);
    return value == null ? null : context.resolve(value.toString());
  }

  /**
   * Sets the proxy that the flow names. There is no other, so that a flow acts alike everywhere.
   */
  void configureProxy(OkHttpClient.Builder client) throws ActionException {
    if (proxy == null) {
      return;
    }
    boolean socks = proxy.regionMatches(true, 0, "socks5://", 0, 9);
    HttpUrl url = Urls.parse(socks ? "http://" + proxy.substring(9) : proxy, "proxy");
    client.proxy(
        new Proxy(
            socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved(url.host(), url.port())));
    if (!url.username().isEmpty()) {
      String credentials = Credentials.basic(url.username(), url.password());
      client.proxyAuthenticator(proxyAuthenticator(credentials));
    }
  }

  private static Authenticator proxyAuthenticator(String credentials) {
    // A proxy that refuses the credentials would be asked for ever.
    return (route, response) ->
        response.request().header("Proxy-Authorization") != null
            ? null
            : response.request().newBuilder().header("Proxy-Authorization", credentials).build();
  }
}

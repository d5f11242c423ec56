package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import io.testmesh.action.Resources;
import io.testmesh.integrations.common.OAuthTokens;
import io.testmesh.integrations.common.TlsMaterial;
import java.net.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/**
 * The HTTP clients of a runner, one for each transport, on one pool of connections. Safe for use by
 * several threads; closed with the runner.
 *
 * <p>Requests run on the thread of their flow. Time-outs are the flow's business (it cancels the
 * call), so that the client's own, which need a thread to watch them, are off.
 */
final class HttpClients implements AutoCloseable {
  private static final int MOST_IDLE_CONNECTIONS = 256;
  private static final int IDLE_SECONDS = 30;
  private static final int MOST_URLS = 500;

  private final ConnectionPool pool =
      new ConnectionPool(MOST_IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS);
  private final OkHttpClient base =
      new OkHttpClient.Builder()
          .connectionPool(pool)
          .proxy(Proxy.NO_PROXY)
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .protocols(List.of(Protocol.HTTP_1_1))
          .addNetworkInterceptor(new Wire())
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .fastFallback(false)
          .connectTimeout(0, TimeUnit.MILLISECONDS)
          .readTimeout(0, TimeUnit.MILLISECONDS)
          .writeTimeout(0, TimeUnit.MILLISECONDS)
          .build();
  private final Map<Transport, OkHttpClient> plain = new ConcurrentHashMap<>();
  private final Map<Transport, OkHttpClient> secured = new ConcurrentHashMap<>();
  private final Map<String, HttpUrl> urls = new ConcurrentHashMap<>();
  private final OAuthTokens tokens = new OAuthTokens();

  /** Loads the client library; leaves nothing open. */
  static void warmUp() {
    try (HttpClients clients = new HttpClients()) {
      clients.base.newCall(new Request.Builder().url("http://localhost/").build());
    }
  }

  /** The clients of the runner. */
  static HttpClients of(Resources runner) throws ActionException, InterruptedException {
    return runner.resource(HttpClients.class, "shared", HttpClients::new);
  }

  /**
   * The client for a transport.
   *
   * @param tls whether it is for https; only then the certificates are loaded
   */
  OkHttpClient client(Transport transport, boolean tls) throws ActionException {
    if (!tls && transport.proxy() == null) {
      return base;
    }
    Map<Transport, OkHttpClient> clients = tls ? secured : plain;
    OkHttpClient known = clients.get(transport);
    return known != null ? known : make(transport, tls, clients);
  }

  private synchronized OkHttpClient make(
      Transport transport, boolean tls, Map<Transport, OkHttpClient> clients)
      throws ActionException {
    OkHttpClient known = clients.get(transport);
    if (known != null) {
      return known;
    }
    OkHttpClient.Builder builder = base.newBuilder();
    transport.configureProxy(builder);
    if (tls) {
      TlsMaterial material = TlsMaterial.load(transport.tls());
      builder
          .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.COMPATIBLE_TLS))
          .sslSocketFactory(material.socketFactory(), material.trustManager());
      if (!transport.tls().verify()) {
        builder.hostnameVerifier((host, session) -> true);
      }
    }
    OkHttpClient made = builder.build();
    clients.put(transport, made);
    return made;
  }

  /**
   * Reads a URL as {@link Urls#parse} does. URLs are kept, as reading one takes a tenth of the time
   * of a request and flows often send to the same one.
   */
  HttpUrl url(String text, String key) throws ActionException {
    HttpUrl known = urls.get(text);
    if (known == null) {
      known = Urls.parse(text, key);
      if (urls.size() >= MOST_URLS) {
        urls.clear();
      }
      urls.put(text, known);
    }
    return known;
  }

  /** The tokens that were fetched for the runner. */
  OAuthTokens tokens() {
    return tokens;
  }

  /** How many connections are open; for tests. */
  int connections() {
    return pool.connectionCount();
  }

  @Override
  public void close() {
    base.dispatcher().cancelAll();
    pool.evictAll();
  }
}

package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.ConnectionErrors;
import io.testmesh.integrations.common.HeaderText;
import io.testmesh.integrations.common.OAuthTokens;
import io.testmesh.integrations.common.TlsMaterial;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked over HTTP. Connections are kept open between steps and closed with the
 * runner. Safe for use by several threads.
 */
final class Backend implements AutoCloseable {
  private static final int MOST_IDLE_CONNECTIONS = 16;
  private static final int IDLE_SECONDS = 30;
  private static final long LARGEST_ANSWER = 64L << 20;
  private static final int UNAUTHORIZED = 401;
  private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

  private final Endpoint endpoint;
  private final String kind;
  private final OkHttpClient client;
  private final OAuthTokens tokens = new OAuthTokens();

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param retryAfter the header of that name; null when there is none
   */
  record Answer(int status, String body, @Nullable String retryAfter) {}

  private record Key(String kind, Endpoint endpoint) {}

  private Backend(Key key) throws ActionException {
    this.endpoint = key.endpoint();
    this.kind = key.kind();
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(
                new ConnectionPool(MOST_IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
            .followRedirects(false)
            .connectTimeout(endpoint.connectionTimeout())
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO);
    if (endpoint.url().isHttps()) {
      TlsMaterial material = TlsMaterial.load(endpoint.tls());
      builder.sslSocketFactory(material.socketFactory(), material.trustManager());
      if (!endpoint.tls().verify()) {
        builder.hostnameVerifier((host, session) -> true);
      }
    }
    this.client = builder.build();
  }

  /**
   * The server that a step's configuration names.
   *
   * @param kind what it is, for messages
   * @param headers more of them than the configuration has
   */
  static Backend of(ActionContext context, String kind, Map<String, String> headers)
      throws ActionException, InterruptedException {
    return of(context, kind, EndpointKeys.URL, headers);
  }

  /** The same where another key names the server. */
  static Backend of(ActionContext context, String kind, String urlKey, Map<String, String> headers)
      throws ActionException, InterruptedException {
    Key key = new Key(kind, Endpoint.of(context, urlKey, headers));
    return context.runnerResources().resource(Backend.class, key, () -> new Backend(key));
  }

  /** Loads the client library. */
  static void warmUp() {
    new OkHttpClient().newCall(new Request.Builder().url("http://localhost/").build());
  }

  /** The server for people, such as {@code Prometheus at localhost:9090}. */
  String server() {
    return kind + " at " + endpoint.address();
  }

  /**
   * Asks, again when the server is too busy and there is time for it.
   *
   * @param path behind the server's URL, without a slash in front
   * @param parameters of the query
   */
  Answer get(String path, Map<String, String> parameters, ActionContext context)
      throws ActionException, InterruptedException {
    HttpUrl.Builder url = endpoint.url().newBuilder().addPathSegments(path);
    parameters.forEach(url::addQueryParameter);
    Headers.Builder headers = new Headers.Builder();
    endpoint.headers().forEach(headers::addUnsafeNonAscii);
    Auth.OAuth2 oauth = endpoint.oauth();
    String token = oauth == null ? null : token(oauth, context);
    if (token != null) {
      HeaderText.check("Authorization", token);
      headers.set("Authorization", "Bearer " + token);
    }
    Request request = new Request.Builder().url(url.build()).headers(headers.build()).build();
    Busy busy = new Busy(context);
    while (true) {
      Answer answer = once(request, context);
      if (answer.status() == UNAUTHORIZED && oauth != null && token != null) {
        tokens.refused(oauth, token);
      }
      if (!busy.waits(answer)) {
        return answer;
      }
    }
  }

  private String token(Auth.OAuth2 oauth, ActionContext context)
      throws ActionException, InterruptedException {
    HttpUrl url = HttpUrl.get(oauth.tokenUrl());
    String shown = url.newBuilder().username("").password("").build().toString();
    return tokens.token(
        oauth,
        shown,
        context.json(),
        (authorization, form) -> {
          Request.Builder request =
              new Request.Builder().url(url).header("Accept", "application/json");
          if (authorization != null) {
            request.header("Authorization", authorization);
          }
          byte[] body = form.getBytes(StandardCharsets.UTF_8);
          Answer answer = once(request.post(RequestBody.create(body, FORM)).build(), context);
          return new OAuthTokens.Answer(answer.status(), answer.body());
        });
  }

  private Answer once(Request request, ActionContext context)
      throws ActionException, InterruptedException {
    Call call = client.newCall(request);
    Registration registration = context.cancellation().onCancel(call::cancel);
    try (Response response = call.execute()) {
      BufferedSource source = response.body().source();
      if (source.request(LARGEST_ANSWER)) {
        throw new ActionException(
                "value_too_large",
                server() + " answers with more than " + (LARGEST_ANSWER >> 20) + " MiB")
            .hint("ask for less: a shorter time, a smaller limit, an aggregation");
      }
      String body = source.readString(StandardCharsets.UTF_8);
      return new Answer(response.code(), body, response.header("Retry-After"));
    } catch (IOException e) {
      if (context.cancellation().isCancelled() || Thread.interrupted()) {
        throw new InterruptedException("the step was stopped");
      }
      boolean isOwn =
          request.url().host().equals(endpoint.url().host())
              && request.url().port() == endpoint.url().port();
      String asked = isOwn ? kind : "the token server";
      String address =
          isOwn ? endpoint.address() : request.url().host() + ":" + request.url().port();
      throw isAboutConnecting(e)
          ? ConnectionErrors.unreachable(asked, address, e)
          : ConnectionErrors.lost(asked, address, e);
    } finally {
      registration.close();
    }
  }

  private static boolean isAboutConnecting(IOException e) {
    return e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException
        || e instanceof SSLException
        || String.valueOf(e.getMessage()).contains("connect");
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}

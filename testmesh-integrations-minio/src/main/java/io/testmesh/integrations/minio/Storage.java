package io.testmesh.integrations.minio;

import io.minio.MinioClient;
import io.minio.credentials.StaticProvider;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsMaterial;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The connections to one server, kept open between steps and closed with the runner. Safe for use
 * by several threads.
 */
final class Storage implements AutoCloseable {
  private static final int MOST_IDLE_CONNECTIONS = 16;
  private static final int IDLE_SECONDS = 30;

  private final StorageSettings settings;
  private final ConnectionPool connections =
      new ConnectionPool(MOST_IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "testmesh-minio");
            thread.setDaemon(true);
            return thread;
          });
  private final OkHttpClient http;

  private Storage(StorageSettings settings) throws ActionException {
    this.settings = settings;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(connections)
            .retryOnConnectionFailure(false)
            .connectTimeout(settings.connectionTimeout())
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO);
    if (settings.tls() != null) {
      TlsMaterial material = TlsMaterial.load(settings.tls());
      builder.sslSocketFactory(material.socketFactory(), material.trustManager());
      if (!settings.tls().verify()) {
        builder.hostnameVerifier((host, session) -> true);
      }
    }
    this.http = builder.build();
  }

  /** The server that a step's configuration names. */
  static Storage of(ActionContext context) throws ActionException, InterruptedException {
    StorageSettings settings = StorageSettings.of(context);
    return context.runnerResources().resource(Storage.class, settings, () -> new Storage(settings));
  }

  /** Loads the client library. */
  static void warmUp() {
    MinioClient.builder().endpoint("http://localhost").build();
  }

  StorageSettings settings() {
    return settings;
  }

  /** A client for one step, whose requests end with it. */
  StorageCall call(ActionContext context) {
    Dispatcher requests = new Dispatcher(threads);
    OkHttpClient own = http.newBuilder().dispatcher(requests).build();
    MinioClient client =
        MinioClient.builder()
            .endpoint(settings.url())
            .region(settings.region())
            .credentialsProvider(
                new StaticProvider(
                    settings.accessKey(), settings.secretKey(), settings.sessionToken()))
            .httpClient(own)
            .build();
    return new StorageCall(settings, client, requests, context);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.evictAll();
  }
}

package io.testmesh.integrations.observability;

import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import io.testmesh.action.FinishedSpan;
import io.testmesh.action.Resources;
import io.testmesh.action.SpanExporter;
import io.testmesh.integrations.common.ConnectionErrors;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends the spans of runs to a collector: OTLP over HTTP as Protobuf, which collectors of all ages
 * take. One for an address and runner. Safe for use by several threads.
 */
final class OtlpExporter implements SpanExporter, AutoCloseable {
  private static final String PATH = "v1/traces";
  private static final MediaType PROTOBUF = MediaType.get("application/x-protobuf");
  private static final int LONGEST_ANSWER = 500;

  private final HttpUrl url;
  private final OkHttpClient client;

  private OtlpExporter(HttpUrl url) {
    this.url = url;
    this.client = new OkHttpClient.Builder().followRedirects(false).build();
  }

  /**
   * The exporter to an address.
   *
   * @param endpoint with or without the path of traces
   * @throws ActionException code {@code invalid_value} when it is no address
   */
  static OtlpExporter to(String endpoint, Resources runnerResources)
      throws ActionException, InterruptedException {
    HttpUrl given = HttpUrl.parse(endpoint);
    if (given == null) {
      throw Endpoint.invalid(
          "endpoint", "wants an http or https address, got \"" + endpoint + "\"");
    }
    boolean isWhole = given.encodedPath().endsWith("/" + PATH);
    HttpUrl url = isWhole ? given : given.newBuilder().addPathSegments(PATH).build();
    return runnerResources.resource(OtlpExporter.class, url, () -> new OtlpExporter(url));
  }

  @Override
  public void export(List<FinishedSpan> spans, Deadline deadline)
      throws ActionException, InterruptedException {
    String address = url.host() + ":" + url.port();
    Request request =
        new Request.Builder()
            .url(url)
            .post(RequestBody.create(OtlpProtobuf.write(spans), PROTOBUF))
            .build();
    Call call = client.newCall(request);
    call.timeout().timeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
    try (Response response = call.execute()) {
      if (!response.isSuccessful()) {
        throw new ActionException(
            "connection_failed",
            "the collector at "
                + address
                + " answers "
                + response.code()
                + " "
                + response.peekBody(LONGEST_ANSWER).string().strip());
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the export was stopped");
      }
      throw ConnectionErrors.unreachable("the collector", address, e);
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}

package io.testmesh.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.backends.LokiServer;
import io.testmesh.backends.Ports;
import io.testmesh.backends.PrometheusServer;
import io.testmesh.backends.TempoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time from the last span, log line or sample to the return of the step that waits for it,
 * beside what a bare loop of requests without a pause sees: the store's own delay.
 */
public final class Arrivals {
  private static final int ROUNDS = 40;

  private final HttpClient client = HttpClient.newHttpClient();
  private final FlowRunner runner;

  private Arrivals(FlowRunner runner) {
    this.runner = runner;
  }

  /** Where something arrives and is looked for. */
  private interface Store {
    /** Lets number n arrive. */
    void emit(int n) throws IOException, InterruptedException;

    /** Whether a bare request sees number n. */
    boolean sees(int n) throws IOException, InterruptedException;

    /** The step that waits for number n, its keys without the braces. */
    String step(int n);
  }

  /** Measures and prints; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    int port = Ports.closed();
    AtomicLong counter = new AtomicLong();
    HttpServer counted =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    counted.createContext(
        "/metrics",
        exchange -> {
          byte[] body = ("orders_total " + counter + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    counted.start();
    Arrivals.warmUp(counted.getAddress().getPort());
    try (TempoServer tempo = TempoServer.start();
        LokiServer loki = LokiServer.start();
        PrometheusServer prometheus = PrometheusServer.scraping(counted.getAddress().getPort());
        FlowRunner runner =
            FlowRunner.builder().otel(Map.of("receiver", Map.of("port", (long) port))).build()) {
      Arrivals all = new Arrivals(runner);
      all.compare("receiver", all.new Receiver("http://127.0.0.1:" + port), "every: 10s");
      for (String every : new String[] {"every: 20ms", "every: 500ms"}) {
        all.compare("Tempo, " + every, all.new Traces(tempo), every);
        all.compare("Loki, " + every, all.new Lines(loki), every);
        all.compare("Prometheus, " + every, all.new Samples(prometheus, counter), every);
      }
    } finally {
      counted.stop(0);
    }
  }

  /** The client of this program is not what is measured. */
  private static void warmUp(int port) throws IOException, InterruptedException {
    URI url = URI.create("http://localhost:" + port + "/metrics");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofString());
  }

  private void compare(String name, Store store, String every) throws Exception {
    double[] bare = new double[ROUNDS];
    double[] steps = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      steps[i] = step(store, 2 * i, every);
      bare[i] = bare(store, 2 * i + 1);
    }
    double first = steps[0];
    Arrays.sort(steps);
    System.out.printf(
        "%-24s store %7.1f ms   step %7.1f ms   first %7.1f ms   at most %7.1f ms   (%d rounds)%n",
        name, InTurns.median(bare), InTurns.median(steps), first, steps[ROUNDS - 1], ROUNDS);
  }

  private static double bare(Store store, int n) throws IOException, InterruptedException {
    long start = System.nanoTime();
    store.emit(n);
    while (!store.sees(n)) {
      Thread.onSpinWait();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private double step(Store store, int n, String every) throws Exception {
    FlowSet flows =
        runner
            .tools()
            .parse(
                "f.yaml",
                "flow:\n  name: f\n  steps:\n    - {"
                    + store.step(n).replace("EVERY", every + ", within: 60s")
                    + ", timeout: 2m}\n");
    RunHandle handle = runner.start(flows);
    // The step has looked and waits.
    Thread.sleep(150 + n * 7 % 100);
    long start = System.nanoTime();
    store.emit(n);
    handle.result().join().orThrow();
    return (System.nanoTime() - start) / 1e6;
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private void post(String url, String json) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(url + " answers " + answer.statusCode() + " " + answer.body());
    }
  }

  private static String trace(int n) {
    return "%032x".formatted(0x10af_7651_916c_d43dL + n);
  }

  private static String spans(String scopes, int n) {
    long now = Instant.now().getEpochSecond();
    return """
    {"resourceSpans":[{"resource":{"attributes":[
      {"key":"service.name","value":{"stringValue":"s"}}]},
      "%s":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"n",
        "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d000000000"}]}]}]}
    """
        .formatted(scopes, trace(n), now, now);
  }

  private final class Receiver implements Store {
    private final String url;

    Receiver(String url) {
      this.url = url;
    }

    @Override
    public void emit(int n) throws IOException, InterruptedException {
      post(url + "/v1/traces", spans("scopeSpans", n));
    }

    @Override
    public boolean sees(int n) {
      return true;
    }

    @Override
    public String step(int n) {
      return "action: otel.assert, config: {backend_url: receiver, trace_id: '"
          + trace(n)
          + "', min_spans: 1, EVERY}";
    }
  }

  private final class Traces implements Store {
    private final TempoServer server;

    Traces(TempoServer server) {
      this.server = server;
    }

    @Override
    public void emit(int n) throws IOException, InterruptedException {
      post(server.collector() + "/v1/traces", spans("instrumentationLibrarySpans", n + offset()));
    }

    private int offset() {
      return System.identityHashCode(this);
    }

    @Override
    public boolean sees(int n) throws IOException, InterruptedException {
      return get(server.url() + "/api/traces/" + trace(n + offset())).statusCode() == 200;
    }

    @Override
    public String step(int n) {
      return "action: otel.assert, config: {backend_url: '"
          + server.url()
          + "', trace_id: '"
          + trace(n + offset())
          + "', min_spans: 1, EVERY}";
    }
  }

  private final class Lines implements Store {
    private final LokiServer server;
    private final String app = "a" + System.identityHashCode(this);

    Lines(LokiServer server) {
      this.server = server;
    }

    @Override
    public void emit(int n) throws IOException, InterruptedException {
      post(
          server.url() + "/loki/api/v1/push",
          "{\"streams\": [{\"stream\": {\"app\": \"%s\"}, \"values\": [[\"%d000000\", \"line %d.\"]]}]}"
              .formatted(app, System.currentTimeMillis() - 5, n));
    }

    private String query(int n) {
      return "{app=\"" + app + "\"} |= \"line " + n + ".\"";
    }

    @Override
    public boolean sees(int n) throws IOException, InterruptedException {
      String query = URLEncoder.encode(query(n), StandardCharsets.UTF_8);
      return get(server.url() + "/loki/api/v1/query_range?query=" + query).body().contains("line ");
    }

    @Override
    public String step(int n) {
      return "action: loki.assert, config: {url: '"
          + server.url()
          + "', query: '"
          + query(n)
          + "', start: -5m, assert: [count == 1], EVERY}";
    }
  }

  private final class Samples implements Store {
    private final PrometheusServer server;
    private final AtomicLong counter;
    private final long base;

    Samples(PrometheusServer server, AtomicLong counter) {
      this.server = server;
      this.counter = counter;
      this.base = counter.get() + 1;
    }

    @Override
    public void emit(int n) {
      counter.set(base + n);
    }

    @Override
    public boolean sees(int n) throws IOException, InterruptedException {
      return get(server.url() + "/api/v1/query?query=orders_total")
          .body()
          .contains("\"" + (base + n) + "\"");
    }

    @Override
    public String step(int n) {
      return "action: prometheus.assert, config: {url: '"
          + server.url()
          + "', query: orders_total, assert: [value == "
          + (base + n)
          + "], EVERY}";
    }
  }
}

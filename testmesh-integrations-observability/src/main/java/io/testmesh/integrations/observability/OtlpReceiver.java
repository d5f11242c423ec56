package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.FinishedSpan;
import io.testmesh.action.FlowContext;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.Resources;
import io.testmesh.action.TraceContext;
import io.testmesh.integrations.common.HttpListener;
import io.testmesh.integrations.common.HttpListener.Request;
import io.testmesh.integrations.common.HttpListener.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes spans from services under test: OTLP over HTTP, as Protobuf and as JSON (OTLP
 * specification, "OTLP/HTTP"). One for a runner. Metrics and logs are taken and let go. Safe for
 * use by several threads.
 */
final class OtlpReceiver implements AutoCloseable {
  /** The name under which flows know the address. */
  static final String NAME = "OTEL_RECEIVER";

  /** What {@code backend_url} says where this receiver is meant. */
  static final String BACKEND = "receiver";

  private static final String KEY = "the runner's";
  private static final int MOST_SPANS = 100_000;
  private static final int LARGEST_BODY = 64 << 20;
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final SpanStore store = new SpanStore(MOST_SPANS);
  private final Map<String, Long> marks = new ConcurrentHashMap<>();
  private final HttpListener listener;
  private final Thread loading = new Thread(OtlpReceiver::load, "testmesh-otel-load");
  private final JsonFormat json;

  private OtlpReceiver(int port, JsonFormat json) throws ActionException {
    this.json = json;
    try {
      this.listener = new HttpListener("testmesh-otel-receiver", port, this::answer);
    } catch (IOException e) {
      throw new ActionException(
              ActionException.ACTION_FAILED,
              "the receiver cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(),
              e)
          .hint("\"port: 0\" takes any free port; ${" + NAME + "} is the address");
    }
    loading.setDaemon(true);
    loading.start();
  }

  /** Loads what the first span needs, so that the step that waits for it goes on at once. */
  private static void load() {
    TraceContext context = TraceContext.of("1".repeat(32), "1".repeat(16), true, "");
    Map<String, @Nullable Object> attributes = Map.of("text", "", "number", 1L);
    FinishedSpan span =
        new FinishedSpan(
            null, context, null, null, "", Instant.EPOCH, Instant.EPOCH, null, attributes);
    try {
      List<Span> spans = OtlpProtobuf.read(OtlpProtobuf.write(List.of(span)));
      spans.get(0).values();
      SpanTree.of(spans);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The runner's receiver, made by the first flow that wants one.
   *
   * @param port 0 for any
   */
  static OtlpReceiver start(FlowContext flow, int port)
      throws ActionException, InterruptedException {
    OtlpReceiver receiver =
        flow.runnerResources()
            .resource(OtlpReceiver.class, KEY, () -> new OtlpReceiver(port, flow.json()));
    if (port != 0 && receiver.listener.port() != port) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "a runner has one receiver, and it listens on port "
                  + receiver.listener.port()
                  + " already; this flow wants "
                  + port)
          .hint("give all flows of the run the same port, or \"port: 0\"");
    }
    return receiver;
  }

  /** The runner's receiver; fails where no flow has started one. */
  static OtlpReceiver of(Resources runnerResources) throws ActionException, InterruptedException {
    return runnerResources.resource(
        OtlpReceiver.class,
        KEY,
        () -> {
          throw new ActionException(
                  ActionException.INVALID_VALUE,
                  "\"backend_url: receiver\" wants a receiver, and there is none")
              .hint(
                  "add \"otel: {receiver: {port: 0}}\" to the flow's config, and let the service"
                      + " export to ${"
                      + NAME
                      + "}");
        });
  }

  /** The receiver as a step looks into it, which is woken by what arrives. */
  static TraceSource look(ActionContext context) throws ActionException, InterruptedException {
    OtlpReceiver receiver = of(context.runnerResources());
    long before = receiver.mark(context.executionId(), context.flowId(), context.flowResources());
    // Before the look: what arrives during it is not missed.
    context.lookAgainAt(receiver.store.next());
    return new TraceSource() {
      @Override
      public List<Span> trace(String id) throws ActionException {
        List<Span> spans = receiver.store.trace(id);
        // A trace that is not there may be one that gave way before the flow.
        receiver.requireAll(spans.isEmpty() ? 0 : before);
        return spans;
      }

      @Override
      public Collection<String> search(String service, @Nullable String operation)
          throws ActionException {
        receiver.requireAll(before);
        return receiver.store.search(service, operation, before);
      }
    };
  }

  /** Fails when spans are gone that had come after so many others: their absence says nothing. */
  private void requireAll(long after) throws ActionException {
    if (store.hasDropped(after)) {
      throw new ActionException(
              "value_too_large",
              "the receiver keeps the last " + MOST_SPANS + " spans, and some had to give way")
          .hint("let the service export fewer spans, or look for them before there are so many");
    }
  }

  /** Notes what had arrived before the flow: its searches do not find what others caused. */
  void mark(FlowContext flow) throws ActionException, InterruptedException {
    mark(flow.executionId(), flow.flowId(), flow.flowResources());
  }

  /** How much had arrived before a flow, or before the flow that calls it. */
  private long mark(String executionId, String flowId, Resources flowResources)
      throws ActionException, InterruptedException {
    // The id of a called flow is its caller's, a dot, and the step's.
    int dot = flowId.indexOf('.', executionId.length());
    String outermost = dot < 0 ? flowId : flowId.substring(0, dot);
    return flowResources.resource(Mark.class, KEY, () -> newMark(outermost)).arrivals;
  }

  private Mark newMark(String outermost) {
    long arrivals = store.arrivals();
    Long known = marks.putIfAbsent(outermost, arrivals);
    return known == null
        ? new Mark(arrivals, () -> marks.remove(outermost))
        : new Mark(known, () -> {});
  }

  private record Mark(long arrivals, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Its address, for exporters of OTLP over HTTP. */
  String url() {
    return "http://127.0.0.1:" + listener.port();
  }

  private Response answer(Request request) {
    String path = request.target().replaceAll("[?].*", "");
    if (!List.of("/v1/traces", "/v1/metrics", "/v1/logs").contains(path)) {
      return refuse(404, "there is /v1/traces (and /v1/metrics and /v1/logs, which are let go)");
    }
    if (!request.method().equals("POST")) {
      return refuse(405, "spans come with POST");
    }
    String type = header(request, "Content-Type").replaceAll(";.*", "").strip();
    boolean isJson = type.equalsIgnoreCase(JSON);
    if (!isJson && !type.equalsIgnoreCase(PROTOBUF)) {
      return refuse(
          415, "the content type is " + PROTOBUF + " or " + JSON + ", not \"" + type + "\"");
    }
    try {
      byte[] body = body(request);
      if (path.equals("/v1/traces")) {
        store.add(isJson ? json(body) : OtlpProtobuf.read(body));
      }
    } catch (IOException | ActionException | RuntimeException e) {
      return refuse(400, "the body cannot be read: " + e.getMessage());
    }
    // An empty message says that all was taken.
    byte[] taken = isJson ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
    return new Response(200, List.of("Content-Type: " + (isJson ? JSON : PROTOBUF)), taken);
  }

  private List<Span> json(byte[] body) throws ActionException, IOException {
    Object message = json.parse(new String(body, StandardCharsets.UTF_8));
    if (!(message instanceof Map<?, ?> map)
        || !map.isEmpty() && !(map.get("resourceSpans") instanceof List)) {
      throw new IOException("it has no list \"resourceSpans\"");
    }
    return SpanReader.read(message);
  }

  private static byte[] body(Request request) throws IOException {
    String coding = header(request, "Content-Encoding").toLowerCase(Locale.ROOT);
    if (coding.isEmpty() || coding.equals("identity")) {
      return request.body();
    }
    if (!coding.equals("gzip")) {
      throw new IOException("the content encoding \"" + coding + "\" is not known");
    }
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] body = unpacked.readNBytes(LARGEST_BODY + 1);
      if (body.length > LARGEST_BODY) {
        throw new IOException("it is larger than " + (LARGEST_BODY >> 20) + " MiB");
      }
      return body;
    }
  }

  private static String header(Request request, String name) {
    List<String> values = request.headers().get(name);
    return values == null ? "" : values.get(0);
  }

  private static Response refuse(int status, String why) {
    return new Response(
        status,
        List.of("Content-Type: text/plain; charset=utf-8"),
        why.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    listener.close();
    boolean interrupted = false;
    while (loading.isAlive()) {
      try {
        loading.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

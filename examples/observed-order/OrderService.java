import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The service that the flows of this folder test: takes an order, stores it in PostgreSQL, announces
 * it on Kafka, counts it for Prometheus, writes a line to Loki and exports the spans of the request.
 *
 * <p>Where everything is comes from the environment: PORT, DB_URL, DB_USER, DB_PASSWORD, BROKERS,
 * LOKI_URL and OTEL_EXPORTER_OTLP_ENDPOINT.
 */
public final class OrderService {
  private static final Map<String, String> ENV = System.getenv();
  private static final String TOPIC = "observed-orders";
  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong orders = new AtomicLong();
  private final KafkaProducer<String, String> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", ENV.get("BROKERS")),
          new StringSerializer(),
          new StringSerializer());

  public static void main(String[] arguments) throws Exception {
    OrderService service = new OrderService();
    try (Connection connection = connect();
        PreparedStatement table =
            connection.prepareStatement(
                "CREATE TABLE IF NOT EXISTS observed_orders"
                    + " (id serial PRIMARY KEY, sku text NOT NULL, amount int NOT NULL)")) {
      table.execute();
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", ENV.get("BROKERS")))) {
      if (!admin.listTopics().names().get().contains(TOPIC)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(ENV.get("PORT"))), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/orders", service::order);
    server.createContext(
        "/metrics",
        exchange ->
            answer(
                exchange,
                200,
                "text/plain; version=0.0.4",
                "# TYPE orders_total counter\norders_total " + service.orders + "\n"));
    server.createContext("/health", exchange -> answer(exchange, 200, "text/plain", "ok"));
    server.start();
  }

  private static Connection connect() throws Exception {
    return DriverManager.getConnection(
        ENV.get("DB_URL"), ENV.get("DB_USER"), ENV.get("DB_PASSWORD"));
  }

  private void order(HttpExchange exchange) throws IOException {
    String traceparent = exchange.getRequestHeaders().getFirst("traceparent");
    Matcher parent = PARENT.matcher(traceparent == null ? "" : traceparent);
    String trace = parent.matches() ? parent.group(1) : id() + id();
    String span = id();
    long start = System.currentTimeMillis();
    try {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String sku = field(body, "\"sku\"\\s*:\\s*\"([^\"]+)\"");
      String amount = field(body, "\"amount\"\\s*:\\s*([0-9]+)");
      if (sku == null || amount == null) {
        answer(exchange, 400, "application/json", "{\"error\": \"sku and amount are needed\"}");
        return;
      }
      long insert = System.currentTimeMillis();
      int id = store(sku, Integer.parseInt(amount));
      long stored = System.currentTimeMillis();
      String event = "{\"id\": %d, \"sku\": \"%s\", \"amount\": %s}".formatted(id, sku, amount);
      producer.send(new ProducerRecord<>(TOPIC, Integer.toString(id), event)).get();
      orders.incrementAndGet();
      log("order " + id + " placed", trace);
      answer(exchange, 201, "application/json", "{\"id\": %d}".formatted(id));
      export(
          span(trace, span, parent.matches() ? parent.group(2) : "", "POST /orders", 2, start, now()),
          span(trace, id(), span, "INSERT observed_orders", 3, insert, stored));
    } catch (Exception e) {
      answer(exchange, 500, "text/plain", e.toString());
    }
  }

  private static int store(String sku, int amount) throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO observed_orders (sku, amount) VALUES (?, ?) RETURNING id")) {
      insert.setString(1, sku);
      insert.setInt(2, amount);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static String field(String body, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(body);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static String id() {
    return "%016x".formatted(ThreadLocalRandom.current().nextLong() | 1);
  }

  private void log(String line, String trace) throws Exception {
    post(
        ENV.get("LOKI_URL") + "/loki/api/v1/push",
        """
        {"streams": [{"stream": {"app": "order-service", "level": "info"},
          "values": [["%d000000", "%s trace=%s"]]}]}
        """
            .formatted(now(), line, trace));
  }

  private static String span(
      String trace, String id, String parent, String name, int kind, long start, long end) {
    return """
    {"traceId": "%s", "spanId": "%s", "parentSpanId": "%s", "name": "%s", "kind": %d,
     "startTimeUnixNano": "%d000000", "endTimeUnixNano": "%d000000"}
    """
        .formatted(trace, id, parent, name, kind, start, end);
  }

  private void export(String... spans) throws Exception {
    post(
        ENV.get("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces",
        """
        {"resourceSpans": [{"resource": {"attributes": [
          {"key": "service.name", "value": {"stringValue": "order-service"}}]},
          "scopeSpans": [{"spans": [%s]}]}]}
        """
            .formatted(String.join(",", spans)));
  }

  private void post(String url, String json) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.discarding());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The servers of the examples, on the ports that the examples name: Kafka on 19092, PostgreSQL on
 * 15432, Redis on 16379; for examples/observed-order also Loki on 13100, Prometheus on 19090 and
 * the service itself on 18080. End when nobody has used them for 30 minutes, or with a signal.
 * Arguments: the file that says that they are ready, then the source of the service, where it is
 * wanted, and, for tests, the idle time in seconds.
 */
public final class ExampleServers {
  private static final int KAFKA_PORT = 19_092;
  private static final int POSTGRES_PORT = 15_432;
  private static final int REDIS_PORT = 16_379;
  private static final int LOKI_PORT = 13_100;
  private static final int PROMETHEUS_PORT = 19_090;
  private static final int SERVICE_PORT = 18_080;
  private static final int RECEIVER_PORT = 14_318;
  private static final long IDLE_SECONDS = 30 * 60;
  private static final long LOOK_SECONDS = 20;

  private final KafkaServer kafka;
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final List<AutoCloseable> observed = new ArrayList<>();
  private long looks;

  private ExampleServers(KafkaServer kafka, PostgresServer postgres, RedisServer redis) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Runs until nobody uses the servers any more. */
  public static void main(String[] arguments) throws Exception {
    long idle = IDLE_SECONDS;
    Path service = null;
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      if (argument.endsWith(".java")) {
        service = Path.of(argument);
      } else {
        idle = Long.parseLong(argument);
      }
    }
    for (int port : new int[] {KAFKA_PORT, POSTGRES_PORT, REDIS_PORT}) {
      Ports.require(port);
    }
    ExampleServers servers = start();
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
    if (service != null) {
      servers.observe(service);
    }
    Path ready = Path.of(arguments[0]);
    Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
    servers.awaitIdle(idle);
    Files.deleteIfExists(ready);
    System.exit(0);
  }

  private static ExampleServers start() throws Exception {
    ExecutorService starting = Executors.newFixedThreadPool(3);
    try {
      Future<KafkaServer> kafka = starting.submit(call(() -> KafkaServer.startAt(KAFKA_PORT)));
      Future<PostgresServer> postgres =
          starting.submit(call(() -> PostgresServer.startAt(POSTGRES_PORT)));
      Future<RedisServer> redis = starting.submit(call(() -> RedisServer.startAt(REDIS_PORT)));
      return new ExampleServers(kafka.get(), postgres.get(), redis.get());
    } finally {
      starting.shutdownNow();
    }
  }

  private void observe(Path service) throws IOException, InterruptedException {
    for (int port : new int[] {LOKI_PORT, PROMETHEUS_PORT, SERVICE_PORT}) {
      Ports.require(port);
    }
    LokiServer loki = LokiServer.startAt(LOKI_PORT);
    observed.add(loki);
    observed.add(
        ExampleService.start(
            service,
            SERVICE_PORT,
            postgres.url(),
            kafka.brokers(),
            loki.url(),
            "http://" + ServerProcess.HOST + RECEIVER_PORT));
    observed.add(PrometheusServer.startAt(PROMETHEUS_PORT, SERVICE_PORT));
  }

  private static <T> Callable<T> call(Callable<T> callable) {
    return callable;
  }

  private void awaitIdle(long idleSeconds) throws Exception {
    List<Object> last = List.of();
    long end = System.nanoTime();
    do {
      List<Object> now = use();
      if (!now.equals(last)) {
        last = now;
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(idleSeconds);
      }
      TimeUnit.SECONDS.sleep(Math.min(LOOK_SECONDS, Math.max(1, idleSeconds / 2)));
    } while (System.nanoTime() < end);
  }

  /** Counts that change when somebody uses a server. */
  private List<Object> use() throws IOException, InterruptedException, ExecutionException {
    looks++;
    String stats = String.valueOf(redis.ask("INFO", "stats"));
    long connections =
        stats
            .lines()
            .filter(line -> line.startsWith("total_connections_received:"))
            .mapToLong(line -> Long.parseLong(line.substring(27).strip()))
            .sum();
    String sessions =
        postgres.sqlAsOwner(
            "SELECT sessions FROM pg_stat_database WHERE datname = '"
                + PostgresServer.DATABASE
                + "'");
    return List.of(connections - looks, sessions, messages());
  }

  private Object messages() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.brokers()))) {
      Map<TopicPartition, OffsetSpec> ends = new java.util.HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                one ->
                    ends.put(
                        new TopicPartition(topic.name(), one.partition()), OffsetSpec.latest()));
      }
      Map<TopicPartition, Long> offsets = new java.util.HashMap<>();
      admin.listOffsets(ends).all().get().forEach((at, found) -> offsets.put(at, found.offset()));
      return offsets;
    }
  }

  private void close() {
    for (AutoCloseable one : observed) {
      try {
        one.close();
      } catch (Exception e) {
        System.err.println("a server does not end: " + e.getMessage());
      }
    }
    redis.close();
    postgres.close();
    kafka.close();
  }
}

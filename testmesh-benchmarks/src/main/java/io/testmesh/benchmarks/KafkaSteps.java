package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.backends.KafkaServer;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Pairs of {@code kafka.produce} and {@code kafka.consume} against the bare clients, which send a
 * message and read it, in turns; and the first pair of a run against the first of new clients.
 */
public final class KafkaSteps {
  private static final int PAIRS = 50;
  private static final int ROUNDS = 60;
  private static final int FIRSTS = 15;
  private static final String TOPIC = "orders";
  private static final String VALUE = "{\"id\": 17, \"total\": 59.97}";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private KafkaSteps() {}

  /** Measures and prints; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    try (KafkaServer server = KafkaServer.start()) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.brokers()))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      FlowSet pairs = pairs(server.brokers(), PAIRS);
      try (Clients clients = new Clients(server.brokers());
          FlowRunner runner = FlowRunner.builder().build()) {
        InTurns.compare(
            "kafka.produce + consume",
            PAIRS,
            ROUNDS,
            () -> clients.pairs(PAIRS),
            () -> Runs.run(runner, pairs, Runs.options(1)));
      }
      first(server.brokers());
    }
  }

  /** The first use: clients are made, connect, and find the topic. */
  private static void first(String brokers) throws Exception {
    FlowSet pair = pairs(brokers, 1);
    double[] bare = new double[FIRSTS];
    double[] measured = new double[FIRSTS];
    for (int i = 0; i < FIRSTS; i++) {
      long start = System.nanoTime();
      Clients clients = new Clients(brokers);
      clients.pairs(1);
      bare[i] = millisSince(start);
      clients.close();
      FlowRunner runner = FlowRunner.builder().build();
      start = System.nanoTime();
      Runs.run(runner, pair, Runs.options(1));
      measured[i] = millisSince(start);
      runner.close();
    }
    System.out.printf(
        "first use                bare %7.1f ms   measured %7.1f ms   (%d times)%n",
        InTurns.median(bare), InTurns.median(measured), FIRSTS);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static FlowSet pairs(String brokers, int count) {
    Flow.Builder flow = Flow.builder("pairs");
    for (int i = 0; i < count; i++) {
      flow.step(
          Step.of("kafka.produce")
              .config("brokers", brokers)
              .config("topic", TOPIC)
              .config("key", "k" + i)
              .config("value", VALUE));
      flow.step(
          Step.of("kafka.consume")
              .config("brokers", brokers)
              .config("topic", TOPIC)
              .config("count", 1L)
              .config("match", Map.of("key", "k" + i)));
    }
    return FlowSet.of(flow.build());
  }

  /** A producer and a consumer as one would write them by hand for a test. */
  private static final class Clients implements AutoCloseable {
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;

    Clients(String brokers) {
      Properties properties = new Properties();
      properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
      properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
      producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
      properties = new Properties();
      properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
      consumer =
          new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
      consumer.assign(List.of(PARTITION));
      consumer.seekToEnd(List.of(PARTITION));
      consumer.position(PARTITION);
    }

    /** Sends a message, waits for the broker, and reads until the message is there. */
    int pairs(int count) throws Exception {
      int bytes = 0;
      for (int i = 0; i < count; i++) {
        String key = "b" + i;
        producer.send(new ProducerRecord<>(TOPIC, key, VALUE)).get();
        boolean isThere = false;
        while (!isThere) {
          for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
            isThere |= key.equals(message.key());
            bytes += message.value().getBytes(StandardCharsets.UTF_8).length;
          }
        }
      }
      return bytes;
    }

    @Override
    public void close() {
      producer.close();
      consumer.close();
    }
  }
}

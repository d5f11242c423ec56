package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of a connection, kept between steps: one is used by one step at a time. Partitions
 * are assigned by the step itself, so no group is joined. Safe for many threads.
 */
final class Consumers implements AutoCloseable {
  /** How long a broker holds a request for which it has nothing; a step may wait for it to end. */
  private static final int LONGEST_FETCH_MS = 25;

  private static final int MOST_IDLE = 16;

  private final Key key;
  private final Deque<KafkaConsumer<byte[], byte[]>> idle = new ArrayDeque<>();
  private boolean closed;

  private Consumers(Key key) {
    this.key = key;
  }

  /**
   * What tells consumers from others.
   *
   * @param connection where they read
   * @param group whose offsets they commit; null for none
   */
  record Key(KafkaSettings connection, @Nullable String group) {
    Consumers open() {
      return new Consumers(this);
    }
  }

  /**
   * A consumer, which may still have the partitions of the step before; to be given back or thrown
   * away.
   */
  KafkaConsumer<byte[], byte[]> take() throws ActionException {
    synchronized (this) {
      KafkaConsumer<byte[], byte[]> known = idle.pollFirst();
      if (known != null) {
        return known;
      }
    }
    KafkaErrors.probe(key.connection());
    Map<String, Object> own = new HashMap<>();
    if (key.group() != null) {
      own.put(ConsumerConfig.GROUP_ID_CONFIG, key.group());
    }
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MS);
    // What a transaction took back never happened.
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Map<String, Object> config = ClientConfig.of(key.connection(), own);
    return KafkaErrors.make(
        key.connection(),
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /** Keeps a consumer that works for the next step. */
  void giveBack(KafkaConsumer<byte[], byte[]> consumer) {
    synchronized (this) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.addFirst(consumer);
        return;
      }
    }
    discard(consumer);
  }

  /** Closes a consumer of which nobody knows what state it is in. */
  static void discard(KafkaConsumer<byte[], byte[]> consumer) {
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    while (true) {
      KafkaConsumer<byte[], byte[]> next;
      synchronized (this) {
        next = idle.pollFirst();
      }
      if (next == null) {
        return;
      }
      discard(next);
    }
  }
}

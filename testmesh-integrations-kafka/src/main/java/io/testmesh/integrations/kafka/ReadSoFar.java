package io.testmesh.integrations.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The messages since the beginning of a flow that its steps have read, so that no step fetches them
 * again: each step sees all of them first. Gives up when they get too many. Safe for use by several
 * threads.
 */
final class ReadSoFar {
  private static final long MOST_BYTES = 8L << 20;
  private static final int OVERHEAD = 200;

  private final Map<TopicPartition, Log> logs = new HashMap<>();
  private long bytes;
  private boolean gaveUp;

  /** The messages of a partition without a gap, and the offset behind the last one. */
  private static final class Log {
    private final List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    private long next;

    Log(long next) {
      this.next = next;
    }
  }

  /**
   * What is known of a partition.
   *
   * @param messages in their order
   * @param next the offset to read on from
   */
  record Known(List<ConsumerRecord<byte[], byte[]>> messages, long next) {}

  /**
   * What is known of a partition.
   *
   * @param start the offset at which the flow began
   */
  synchronized Known of(TopicPartition partition, long start) {
    Log log = gaveUp ? null : logs.computeIfAbsent(partition, key -> new Log(start));
    return log == null
        ? new Known(List.of(), start)
        : new Known(List.copyOf(log.messages), log.next);
  }

  /** Keeps a message that a step has read, unless another step was quicker. */
  synchronized void add(ConsumerRecord<byte[], byte[]> message) {
    Log log = logs.get(new TopicPartition(message.topic(), message.partition()));
    if (gaveUp || log == null || message.offset() < log.next) {
      return;
    }
    bytes +=
        OVERHEAD
            + Math.max(0, message.serializedKeySize())
            + Math.max(0, message.serializedValueSize());
    if (bytes > MOST_BYTES) {
      gaveUp = true;
      logs.clear();
      return;
    }
    log.messages.add(message);
    log.next = message.offset() + 1;
  }
}

package io.testmesh.integrations.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Where all topics of a connection ended when the flow began, and what was read since.
 *
 * @param ends the offset after the last message, by partition; never changed
 * @param read what steps of the flow have read
 */
record FlowStart(Map<TopicPartition, Long> ends, ReadSoFar read) implements AutoCloseable {

  /** Asks the brokers, once for all topics. */
  static FlowStart note(KafkaConsumer<byte[], byte[]> consumer, Duration timeout) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics(timeout).entrySet()) {
      for (PartitionInfo partition : topic.getValue()) {
        // A partition without a leader has no end that could be asked for.
        if (partition.leader() != null && !partition.leader().isEmpty()) {
          partitions.add(new TopicPartition(topic.getKey(), partition.partition()));
        }
      }
    }
    return new FlowStart(new HashMap<>(consumer.endOffsets(partitions, timeout)), new ReadSoFar());
  }

  /** The first offset that came after the flow began; 0 in a partition that was not there. */
  long offset(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  @Override
  public void close() {}
}

package io.testmesh.integrations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReadSoFarTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final ReadSoFar read = new ReadSoFar();

  private static ConsumerRecord<byte[], byte[]> message(long offset, int size) {
    return new ConsumerRecord<>(
        "t",
        0,
        offset,
        0L,
        TimestampType.CREATE_TIME,
        0,
        size,
        new byte[0],
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void messages_are_kept_once_and_reading_goes_on_behind_them() {
    assertThat(read.of(PARTITION, 5).next()).isEqualTo(5);
    read.add(message(5, 10));
    read.add(message(6, 10));
    read.add(message(5, 10));
    read.add(message(9, 10));

    ReadSoFar.Known known = read.of(PARTITION, 5);
    assertThat(known.messages()).extracting(ConsumerRecord::offset).containsExactly(5L, 6L, 9L);
    assertThat(known.next()).isEqualTo(10);
  }

  @Test
  void too_many_are_not_kept_and_reading_begins_where_the_flow_began() {
    read.of(PARTITION, 5);
    read.add(message(5, 5 << 20));
    read.add(message(6, 5 << 20));
    read.add(message(7, 1));

    assertThat(read.of(PARTITION, 5)).isEqualTo(new ReadSoFar.Known(java.util.List.of(), 5));
  }

  @Test
  void what_nobody_has_asked_for_is_not_kept() {
    read.add(message(5, 10));

    assertThat(read.of(PARTITION, 5).messages()).isEmpty();
  }
}

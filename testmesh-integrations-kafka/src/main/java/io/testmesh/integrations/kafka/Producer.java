package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that the flows of a runner share; closed with the runner. Safe for many threads. */
final class Producer implements AutoCloseable {
  private static final long MOST_MEMORY = 256L << 20;
  private static final int LARGEST_REQUEST = 200 << 20;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> client;

  private Producer(KafkaProducer<byte[], byte[]> client) {
    this.client = client;
  }

  /**
   * What tells one producer from another.
   *
   * @param connection where it sends to
   * @param compression as the client has it
   * @param acks as the client has it
   */
  record Key(KafkaSettings connection, String compression, String acks) {

    Producer open() throws ActionException {
      KafkaErrors.probe(connection);
      long timeout = connection.connectionTimeout().toMillis();
      Map<String, Object> own = new HashMap<>();
      own.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
      own.put(ProducerConfig.ACKS_CONFIG, acks);
      // A step waits for its message: to wait for others that could travel with it would be in
      // vain.
      own.put(ProducerConfig.LINGER_MS_CONFIG, 0);
      own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
      own.put(
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          (int) Math.min(Integer.MAX_VALUE, 2 * timeout));
      // How large a message may be is for the broker to say.
      own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
      own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MOST_MEMORY);
      Map<String, Object> config = ClientConfig.of(connection, own);
      return new Producer(
          KafkaErrors.make(
              connection,
              () ->
                  new KafkaProducer<>(
                      config, new ByteArraySerializer(), new ByteArraySerializer())));
    }
  }

  KafkaProducer<byte[], byte[]> client() {
    return client;
  }

  @Override
  public void close() {
    client.close(GRACE);
  }
}

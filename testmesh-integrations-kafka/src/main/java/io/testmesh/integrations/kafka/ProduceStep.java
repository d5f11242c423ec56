package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Sends messages, and waits until the brokers have them. */
final class ProduceStep {
  private static final String TRACE = "traceparent";

  private final ActionContext context;
  private final KafkaSettings settings;
  private final Payloads payloads;

  ProduceStep(ActionContext context, KafkaSettings settings) {
    this.context = context;
    this.settings = settings;
    this.payloads = new Payloads(context.json());
  }

  /**
   * Sends.
   *
   * @param messages maps with key, value, headers, partition and timestamp
   */
  ActionResult send(
      String topic, List<Map<String, @Nullable Object>> messages, String compression, String acks)
      throws ActionException, InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Map<String, @Nullable Object> message : messages) {
      records.add(record(topic, message));
    }
    Producer.Key key = new Producer.Key(settings, compression, acks);
    List<Object> partitions = new ArrayList<>();
    try {
      Producer producer = context.runnerResources().resource(Producer.class, key, key::open);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        sent.add(producer.client().send(record));
      }
      for (Future<RecordMetadata> one : sent) {
        RecordMetadata where = one.get(context.deadline().remainingNanos(), TimeUnit.NANOSECONDS);
        Map<String, @Nullable Object> place = new LinkedHashMap<>();
        place.put("partition", (long) where.partition());
        place.put("offset", where.hasOffset() ? where.offset() : null);
        partitions.add(place);
      }
    } catch (ExecutionException | RuntimeException e) {
      throw failed(e, topic, partitions.size(), records.size());
    } catch (TimeoutException e) {
      throw new ActionException(
          ActionException.TIMEOUT,
          "the brokers at " + settings.address() + " did not confirm the message in time",
          e);
    }
    return ActionResult.of("topic", topic)
        .with("messages_sent", (long) partitions.size())
        .with("partitions", partitions);
  }

  private ActionException failed(Exception e, String topic, int confirmed, int all)
      throws ActionException, InterruptedException {
    ActionException failure = KafkaErrors.of(e, settings, "send to the topic \"" + topic + "\"");
    if (String.valueOf(failure.getMessage()).contains("not present in metadata")) {
      // The client says the same when no broker answers.
      AdminClient.of(context, settings).topics(false);
      failure =
          new ActionException(
                  "topic_not_found",
                  "there is no topic \"" + topic + "\" on " + settings.address(),
                  e)
              .hint("kafka.admin.createTopic makes one")
              .at("topic");
    }
    return all > 1 ? failure.detail("messages_sent", (long) confirmed) : failure;
  }

  private ProducerRecord<byte[], byte[]> record(String topic, Map<String, @Nullable Object> message)
      throws ActionException {
    Object format = message.get("value_format");
    Object partition = message.get("partition");
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            partition == null ? null : partition((Number) partition),
            timestamp(message.get("timestamp")),
            payloads.bytes(message.get("key"), null, "key"),
            payloads.bytes(
                message.get("value"), format == null ? null : format.toString(), "value"));
    Headers headers = record.headers();
    if (message.get("headers") instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> header : map.entrySet()) {
        String name = String.valueOf(header.getKey());
        List<?> values = header.getValue() instanceof List<?> all ? all : null;
        if (values == null) {
          add(headers, name, header.getValue());
        } else {
          for (Object value : values) {
            add(headers, name, value);
          }
        }
      }
    }
    if (context.trace().isPresent() && headers.lastHeader(TRACE) == null) {
      add(headers, TRACE, context.trace().get().traceparent());
      String state = context.trace().get().tracestate();
      if (!state.isEmpty()) {
        add(headers, "tracestate", state);
      }
    }
    return record;
  }

  private static Integer partition(Number partition) throws ActionException {
    long number = partition.longValue();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw invalid("\"partition\" wants a number from 0 on, got " + number);
    }
    return (int) number;
  }

  private static void add(Headers headers, String name, @Nullable Object value)
      throws ActionException {
    headers.add(
        name,
        value == null
            ? null
            : Values.text(value, "headers." + name).getBytes(StandardCharsets.UTF_8));
  }

  /** An instant, or milliseconds since 1970. */
  private static @Nullable Long timestamp(@Nullable Object value) throws ActionException {
    if (value == null) {
      return null;
    }
    if (value instanceof Number millis) {
      return millis.longValue();
    }
    try {
      return OffsetDateTime.parse(value.toString()).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw invalid(
          "\"timestamp\" wants an instant such as "
              + Instant.EPOCH.plus(Duration.ofDays(20_000))
              + ", or milliseconds since 1970, got \""
              + value
              + "\"");
    }
  }

  private static ActionException invalid(String message) {
    return new ActionException(ActionException.INVALID_VALUE, message);
  }
}

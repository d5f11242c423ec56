package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.Deadline;
import io.testmesh.result.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** One attempt to read messages: until there are enough of them, or the time is up. */
final class ConsumeStep {
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration LAST_ANSWER = Duration.ofSeconds(2);
  private static final Duration NO_TOPIC_PAUSE = Duration.ofMillis(100);
  private static final Set<String> COUNTED = Set.of("count", "messages", "messages_received");

  private final ActionContext context;
  private final KafkaSettings settings;
  private final Wanted wanted;
  private final Matcher matcher;
  private final Payloads payloads;
  private final Misses misses;
  private final List<Object> messages = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
  private final Set<String> missing;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Deadline end;
  private @Nullable ReadSoFar kept;
  private long seen;
  private boolean started;

  /**
   * What is to be read.
   *
   * @param topics at least one
   * @param from where to begin
   * @param group whose offsets are committed; null for none
   * @param format how values are read; null for JSON where it is JSON
   * @param count how many messages are wanted; null for as many as come
   * @param atLeast how many it has to be; 0 when none is fine
   * @param most how many are kept at most
   * @param timeout how long to wait for them
   * @param matchKey the configuration's key that holds the conditions
   */
  record Wanted(
      List<String> topics,
      ReadFrom from,
      @Nullable String group,
      @Nullable String format,
      @Nullable Long count,
      long atLeast,
      long most,
      Duration timeout,
      String matchKey) {}

  ConsumeStep(ActionContext context, KafkaSettings settings, Wanted wanted) {
    this.context = context;
    this.settings = settings;
    this.wanted = wanted;
    this.matcher = new Matcher(context, wanted.matchKey);
    this.misses = new Misses(matcher);
    this.payloads = new Payloads(context.json());
    this.missing = new HashSet<>(wanted.topics);
    this.end = Deadline.after(wanted.timeout);
  }

  ActionResult run() throws ActionException, InterruptedException {
    Consumers.Key key = new Consumers.Key(settings, wanted.group);
    Consumers consumers = context.runnerResources().resource(Consumers.class, key, key::open);
    KafkaConsumer<byte[], byte[]> consumer = consumers.take();
    boolean works = false;
    try {
      read(consumer);
      confirm(consumer);
      if (wanted.group != null && !read.isEmpty()) {
        consumer.commitSync(read, settings.connectionTimeout());
      }
      works = true;
    } catch (RuntimeException e) {
      throw KafkaErrors.of(e, settings, "read " + topicWords());
    } finally {
      if (works) {
        consumers.giveBack(consumer);
      } else {
        Consumers.discard(consumer);
      }
    }
    return result();
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer)
      throws ActionException, InterruptedException {
    long most = wanted.count == null ? wanted.most : wanted.count;
    do {
      if (!missing.isEmpty() && !assign(consumer, most)) {
        Thread.sleep(Math.min(NO_TOPIC_PAUSE.toMillis(), end.remaining().toMillis() + 1));
        continue;
      }
      if (messages.size() >= most) {
        // The steps before this one have read enough.
        return;
      }
      Duration left = end.remaining();
      for (ConsumerRecord<byte[], byte[]> message :
          consumer.poll(left.compareTo(SLICE) < 0 ? left : SLICE)) {
        if (kept != null) {
          kept.add(message);
        }
        if (messages.size() < most) {
          look(message);
        }
      }
    } while (messages.size() < most && !end.isOver());
  }

  /**
   * Fails unless a broker answers: one that is gone, and one without messages, look the same to the
   * client.
   */
  private void confirm(KafkaConsumer<byte[], byte[]> consumer) {
    if (end.isOver() && !assigned.isEmpty()) {
      Duration timeout = settings.connectionTimeout();
      Duration patience = timeout.compareTo(LAST_ANSWER) < 0 ? timeout : LAST_ANSWER;
      consumer.endOffsets(assigned, patience);
    }
  }

  private void look(ConsumerRecord<byte[], byte[]> message) throws ActionException {
    seen++;
    Map<String, @Nullable Object> values = payloads.message(message, wanted.format);
    int unmet = matcher.unmet(values);
    if (unmet == 0) {
      messages.add(values);
    } else {
      misses.add(values, unmet);
    }
    read.put(
        new TopicPartition(message.topic(), message.partition()),
        new OffsetAndMetadata(message.offset() + 1));
  }

  /** Assigns the partitions of topics that are there now; false while no topic is. */
  private boolean assign(KafkaConsumer<byte[], byte[]> consumer, long most)
      throws ActionException, InterruptedException {
    FlowStart start = wanted.from instanceof ReadFrom.SinceFlowStart ? flowStart(consumer) : null;
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (String topic : List.copyOf(missing)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      if (!partitions.isEmpty()) {
        missing.remove(topic);
        offsets.putAll(offsets(consumer, partitions, start));
      }
    }
    started = true;
    if (!offsets.isEmpty()) {
      if (start != null && wanted.group == null) {
        goOn(start, offsets, most);
      }
      assigned.addAll(offsets.keySet());
      Set<TopicPartition> before = Set.copyOf(consumer.assignment());
      // Costs nothing when the step before this one read the same.
      consumer.assign(assigned);
      offsets.forEach(
          (partition, offset) -> {
            boolean isThere =
                before.contains(partition)
                    && consumer.position(partition, settings.connectionTimeout()) == offset;
            if (!isThere) {
              consumer.seek(partition, offset);
            }
          });
    }
    return !assigned.isEmpty();
  }

  /** Looks at what the steps before this one have read, and reads on from there. */
  private void goOn(FlowStart start, Map<TopicPartition, Long> offsets, long most)
      throws ActionException {
    kept = start.read();
    for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
      ReadSoFar.Known known = start.read().of(entry.getKey(), entry.getValue());
      for (ConsumerRecord<byte[], byte[]> message : known.messages()) {
        if (messages.size() < most) {
          look(message);
        }
      }
      entry.setValue(known.next());
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    try {
      List<PartitionInfo> found = consumer.partitionsFor(topic, settings.connectionTimeout());
      if (found != null) {
        found.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
      }
    } catch (UnknownTopicOrPartitionException e) {
      // It may come yet.
      return List.of();
    }
    return partitions;
  }

  private Map<TopicPartition, Long> offsets(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      @Nullable FlowStart start)
      throws ActionException {
    Duration timeout = settings.connectionTimeout();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (wanted.from instanceof ReadFrom.Offsets given) {
      for (Map.Entry<Integer, Long> entry : given.offsets().entrySet()) {
        TopicPartition partition = new TopicPartition(partitions.get(0).topic(), entry.getKey());
        if (!partitions.contains(partition)) {
          throw new ActionException(
                  ActionException.INVALID_VALUE,
                  "\"from\" names partition "
                      + entry.getKey()
                      + ", and the topic \""
                      + partition.topic()
                      + "\" has "
                      + partitions.size())
              .at("from");
        }
        offsets.put(partition, entry.getValue());
      }
      return offsets;
    }
    // A topic that was not there when the step began is read from its first message.
    if (start != null) {
      partitions.forEach(partition -> offsets.put(partition, start.offset(partition)));
    } else if (wanted.from instanceof ReadFrom.Since since && !started) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, since.time().toEpochMilli()));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, timeout);
      partitions.forEach(
          partition -> {
            OffsetAndTimestamp at = found.get(partition);
            offsets.put(partition, at == null ? ends.get(partition) : (Long) at.offset());
          });
    } else if (wanted.from instanceof ReadFrom.Latest && !started) {
      offsets.putAll(consumer.endOffsets(partitions, timeout));
    } else {
      offsets.putAll(consumer.beginningOffsets(partitions, timeout));
    }
    if (wanted.group != null) {
      consumer
          .committed(new HashSet<>(partitions), timeout)
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  offsets.put(partition, committed.offset());
                }
              });
    }
    return offsets;
  }

  private FlowStart flowStart(KafkaConsumer<byte[], byte[]> consumer)
      throws ActionException, InterruptedException {
    return context
        .flowResources()
        .resource(
            FlowStart.class,
            settings,
            () -> {
              context.log(
                  Level.WARN,
                  "this connection was not known when the flow began: messages that were sent"
                      + " before this step are not read");
              return FlowStart.note(consumer, settings.connectionTimeout());
            });
  }

  private ActionResult result() throws ActionException {
    ActionResult result =
        ActionResult.of("topic", wanted.topics.get(0))
            .with("messages_received", (long) messages.size())
            .with("count", (long) messages.size())
            .with("messages", messages)
            .with("seen", seen)
            .with("misses", misses.values());
    if (!missing.isEmpty() && messages.isEmpty()) {
      throw new ActionException(
              "topic_not_found",
              "there is no topic \""
                  + String.join("\", \"", missing)
                  + "\" on "
                  + settings.address())
          .hint("check its spelling; kafka.admin.topics lists all")
          .at("topic")
          .result(result);
    }
    long least = wanted.atLeast;
    if (wanted.count != null && context.assertedKeys().stream().noneMatch(COUNTED::contains)) {
      least = Math.max(least, wanted.count);
    }
    if (messages.size() < least) {
      throw new ActionException(
              "too_few_messages",
              messages.size()
                  + " of "
                  + least
                  + (least == 1 ? " wanted message" : " wanted messages")
                  + " came within "
                  + wanted.timeout.toMillis()
                  + " ms on "
                  + topicWords()
                  + "; "
                  + seenWords()
                  + missWords())
          .hint(hint())
          .at(seen > messages.size() ? wanted.matchKey : "topic")
          .result(result);
    }
    if (seen > messages.size()) {
      context.log(Level.INFO, seenWords() + missWords());
    }
    return result;
  }

  private String missWords() {
    return misses.words(wanted.topics.size() > 1);
  }

  private String hint() {
    if (seen > messages.size()) {
      return "compare \"" + wanted.matchKey + "\" with what came";
    }
    return seen == 0
        ? "was it sent to this topic, and since the flow began? \"from: beginning\" reads older"
            + " ones too"
        : "no other message came; a longer \"timeout\" waits for later ones";
  }

  private String seenWords() {
    return seen == 1 ? "1 message was seen" : seen + " messages were seen";
  }

  private String topicWords() {
    return (wanted.topics.size() == 1 ? "the topic \"" : "the topics \"")
        + String.join("\", \"", wanted.topics)
        + "\"";
  }
}

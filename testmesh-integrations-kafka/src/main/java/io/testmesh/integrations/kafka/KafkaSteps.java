package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.FlowContext;
import io.testmesh.integrations.common.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** From the configuration of each action to what the clients do. */
final class KafkaSteps {
  private static final long EVERYTHING = 10_000;

  private KafkaSteps() {}

  private static KafkaSettings settings(ActionContext context) throws ActionException {
    return KafkaSettings.read(context.config()::value, context::resolve);
  }

  static ActionResult produce(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    boolean one = !config.has("messages");
    ActionResult result =
        new ProduceStep(context, settings(context))
            .send(
                config.text("topic"),
                one ? List.of(config.values()) : messages(config.list("messages")),
                config.text("compression"),
                acks(config.value("acks")));
    return one ? withPlace(result) : result;
  }

  private static String acks(@Nullable Object value) throws ActionException {
    String acks = String.valueOf(value);
    if (!Set.of("all", "-1", "0", "1").contains(acks)) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"acks\" wants all, 1 or 0, got " + acks);
    }
    return acks;
  }

  @SuppressWarnings("unchecked") // the descriptor says so
  private static List<Map<String, @Nullable Object>> messages(List<@Nullable Object> list) {
    List<Map<String, @Nullable Object>> messages = new ArrayList<>();
    for (Object message : list) {
      messages.add((Map<String, @Nullable Object>) message);
    }
    return messages;
  }

  /** Partition and offset of the only message beside the list. */
  private static ActionResult withPlace(ActionResult result) {
    if (!(result.values().get("partitions") instanceof List<?> places)
        || !(places.get(0) instanceof Map<?, ?> place)) {
      return result;
    }
    return result.with("partition", place.get("partition")).with("offset", place.get("offset"));
  }

  static ActionResult oldProduce(ActionContext context)
      throws ActionException, InterruptedException {
    long start = System.nanoTime();
    ActionConfig config = context.config();
    Map<String, @Nullable Object> message = new LinkedHashMap<>(config.values());
    message.put("value", config.value("payload"));
    ActionResult result =
        new ProduceStep(context, settings(context))
            .send(
                config.text("topic"),
                List.of(message),
                config.text("compression"),
                acks(config.value("acks")));
    return withPlace(result)
        .with("success", true)
        .with("key", config.value("key"))
        .with("duration_ms", (System.nanoTime() - start) / 1_000_000);
  }

  static ActionResult consume(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    boolean beginning = config.bool("fromBeginning");
    ConsumeStep.Wanted wanted =
        new ConsumeStep.Wanted(
            topics(config),
            ReadFrom.of(config.value("from"), beginning),
            config.optionalText("group_id").orElse(null),
            config.optionalText("value_format").orElse(null),
            config.value("count") == null ? null : positive(config.integer("count"), "count"),
            config.value("min_messages") == null ? 0 : config.integer("min_messages"),
            positive(config.integer("maxMessages"), "maxMessages"),
            config.duration("timeout"),
            "match");
    return new ConsumeStep(context, settings(context), wanted).run();
  }

  static ActionResult oldConsume(ActionContext context)
      throws ActionException, InterruptedException {
    long start = System.nanoTime();
    ActionConfig config = context.config();
    long count = config.integer("count");
    boolean latest =
        config.value("auto_offset_reset") != null
            && config.text("auto_offset_reset").equals("latest");
    boolean earliest =
        config.bool("from_beginning")
            || config.value("auto_offset_reset") != null
                && config.text("auto_offset_reset").equals("earliest");
    if (config.bool("from_beginning") && latest) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"from_beginning\" and \"auto_offset_reset: latest\" exclude each other");
    }
    ConsumeStep.Wanted wanted =
        new ConsumeStep.Wanted(
            topics(config),
            latest
                ? new ReadFrom.Latest()
                : earliest ? new ReadFrom.Beginning() : new ReadFrom.SinceFlowStart(),
            config.optionalText("group_id").orElse(null),
            null,
            count == 0 ? null : positive(count, "count"),
            0,
            config.value("max_messages") == null
                ? EVERYTHING
                : positive(config.integer("max_messages"), "max_messages"),
            config.duration("timeout"),
            config.has("filter") ? "filter" : "match");
    ActionResult result = new ConsumeStep(context, settings(context), wanted).run();
    return result
        .with("success", true)
        .with("duration_ms", (System.nanoTime() - start) / 1_000_000);
  }

  /** Rejects numbers below 1 that are written out. */
  static void checkPositive(ConfigCheck config, String... keys) {
    for (String key : keys) {
      if (config.value(key) instanceof Long number && number < 1) {
        config.reject(key, notPositive(number, key), null);
      }
    }
  }

  private static long positive(long number, String key) throws ActionException {
    if (number < 1) {
      throw new ActionException(ActionException.INVALID_VALUE, notPositive(number, key)).at(key);
    }
    return number;
  }

  private static String notPositive(long number, String key) {
    return "\"" + key + "\" wants a number from 1 on, got " + number;
  }

  private static List<String> topics(ActionConfig config) throws ActionException {
    Set<String> topics = new LinkedHashSet<>();
    config.optionalText("topic").ifPresent(topics::add);
    for (Object topic : config.list("topics")) {
      topics.add(String.valueOf(topic));
    }
    if (topics.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, "\"topic\" names no topic");
    }
    return List.copyOf(topics);
  }

  /**
   * Notes where all topics end, for steps that read what comes from now on. A broker that cannot be
   * reached is for the step to report.
   */
  static void noteStart(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws InterruptedException {
    Set<KafkaSettings> noted = new LinkedHashSet<>();
    for (Map<String, @Nullable Object> step : steps) {
      Object from = step.get("from");
      if (Boolean.TRUE.equals(step.get("fromBeginning"))
          || Boolean.TRUE.equals(step.get("from_beginning"))
          || step.get("auto_offset_reset") != null
          || from != null && !from.equals("flow_start")) {
        continue;
      }
      try {
        KafkaSettings settings =
            KafkaSettings.read(key -> rendered(flow, step.get(key)), flow::resolve);
        if (noted.add(settings)) {
          note(flow, settings);
        }
      } catch (ActionException | Unknown e) {
        // What is not known yet, or not there, is looked for again by the step.
        continue;
      }
    }
  }

  private static void note(FlowContext flow, KafkaSettings settings)
      throws ActionException, InterruptedException {
    flow.flowResources()
        .resource(
            FlowStart.class,
            settings,
            () -> {
              Consumers.Key key = new Consumers.Key(settings, null);
              Consumers consumers =
                  flow.runnerResources().resource(Consumers.class, key, key::open);
              KafkaConsumer<byte[], byte[]> consumer = consumers.take();
              boolean works = false;
              try {
                FlowStart start = FlowStart.note(consumer, settings.connectionTimeout());
                works = true;
                return start;
              } catch (RuntimeException e) {
                throw KafkaErrors.of(e, settings, "list the topics");
              } finally {
                if (works) {
                  consumers.giveBack(consumer);
                } else {
                  Consumers.discard(consumer);
                }
              }
            });
  }

  private static @Nullable Object rendered(FlowContext flow, @Nullable Object value) {
    try {
      return flow.render(value);
    } catch (ActionException e) {
      throw new Unknown(e);
    }
  }

  /** A placeholder has no value before the first step. */
  private static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(ActionException cause) {
      super(cause);
    }
  }

  static ActionResult topicList(ActionContext context)
      throws ActionException, InterruptedException {
    return AdminClient.of(context, settings(context))
        .topics(context.config().bool("include_internal"));
  }

  static ActionResult createTopic(ActionContext context)
      throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    Map<String, String> configs = new LinkedHashMap<>();
    config.map("configs").forEach((key, value) -> configs.put(key, String.valueOf(value)));
    return AdminClient.of(context, settings(context))
        .create(
            context,
            config.text("topic"),
            (int) Math.min(Integer.MAX_VALUE, positive(config.integer("partitions"), "partitions")),
            (short)
                Math.min(
                    Short.MAX_VALUE,
                    positive(config.integer("replicationFactor"), "replicationFactor")),
            configs,
            config.bool("if_not_exists"));
  }

  static ActionResult deleteTopic(ActionContext context)
      throws ActionException, InterruptedException {
    return AdminClient.of(context, settings(context))
        .delete(context.config().text("topic"), context.config().bool("if_exists"));
  }

  /** Loads the classes of a first consumer or producer; contacts nothing. */
  static void warmUp() {
    KafkaSettings nobody =
        new KafkaSettings(
            List.of(new ServerAddress("127.0.0.1", 1)),
            Duration.ofMillis(1),
            null,
            "PLAINTEXT",
            null,
            null,
            Map.of());
    try {
      ClientConfig.of(nobody, Map.of());
      new ConsumerConfig(
          Map.of(
              "key.deserializer",
              ByteArrayDeserializer.class,
              "value.deserializer",
              ByteArrayDeserializer.class));
    } catch (ActionException e) {
      throw new IllegalStateException(e);
    }
  }
}

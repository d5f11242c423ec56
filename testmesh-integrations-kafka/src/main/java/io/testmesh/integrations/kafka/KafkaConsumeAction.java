package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;

/** The action {@code kafka.consume}. */
public final class KafkaConsumeAction extends ReadAction {
  /** For {@link java.util.ServiceLoader}. */
  public KafkaConsumeAction() {}

  @Override
  ActionDescriptor describe() {
    return KafkaKeys.connection(own())
        // What a message holds is not known before the run.
        .expressionsOver("timeout")
        .result("topic", ConfigType.TEXT, "The topic")
        .result("messages_received", ConfigType.INTEGER, "How many were wanted and came")
        .result("count", ConfigType.INTEGER, "The same")
        .result(
            "messages",
            ConfigType.LIST,
            "Each with topic, partition, offset, key, value (parsed where it is JSON), text, json,"
                + " headers and timestamp")
        .result("seen", ConfigType.INTEGER, "How many came, wanted or not")
        .result("misses", ConfigType.LIST, "The nearest of those not wanted, and why")
        .example(
            """
            - action: kafka.consume
              config:
                brokers: localhost:9092
                topic: orders
                match: {where: value.id == 17}
                count: 1
                timeout: 10s
              assert:
                - messages[0].value.total == 59.97
            """);
  }

  private static ActionDescriptor own() {
    return ActionDescriptor.of("kafka.consume")
        .describedAs(
            "Reads messages until there are enough of them or the time is up. Begins with those that"
                + " were sent since the flow began, so that an event that came before the step is"
                + " not missed.")
        .optional("topic", ConfigType.TEXT, "The topic")
        .optional("topics", ConfigType.listOf(ConfigType.TEXT), "Several topics")
        .optional("match", ConsumeKeys.MATCH, "Which messages are wanted; all if it is left out")
        .optional("count", ConfigType.INTEGER, "Stops after so many wanted messages")
        .optional("min_messages", ConfigType.INTEGER, "Fewer wanted messages are a failure")
        .optional(
            "maxMessages", ConfigType.INTEGER, 10L, "Without count: how many are read at most")
        .optional("timeout", ConfigType.DURATION, "5s", "How long to wait")
        .optional(
            "from",
            ConfigType.oneOf(ConfigType.MAP, ConfigType.TEXT),
            "flow_start (if it is left out), beginning, latest, an instant, or a map of partitions"
                + " and offsets")
        .optional("fromBeginning", ConfigType.BOOLEAN, false, "The same as from: beginning")
        .optional(
            "group_id",
            ConfigType.TEXT,
            "A consumer group: reading goes on where it has committed, and commits")
        .optional(
            "value_format",
            ConfigType.choice("json", "text", "base64"),
            "How values are shown; parsed where they are JSON if it is left out");
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    KafkaSteps.checkPositive(config, "count");
    Object from = config.value("from");
    if (from != null && config.isFixed(from)) {
      try {
        ReadFrom.of(from, Boolean.TRUE.equals(config.value("fromBeginning")));
      } catch (ActionException e) {
        config.reject("from", String.valueOf(e.getMessage()), null);
      }
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.consume(context);
  }
}

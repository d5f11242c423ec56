package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;

/** The action {@code kafka.produce}. */
public final class KafkaProduceAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public KafkaProduceAction() {
    super("send to");
  }

  @Override
  public ActionDescriptor descriptor() {
    return KafkaKeys.connection(own())
        .result("topic", ConfigType.TEXT, "The topic")
        .result("messages_sent", ConfigType.INTEGER, "How many the brokers have")
        .result("partitions", ConfigType.LIST, "Of each message: {partition, offset}")
        .result("partition", ConfigType.INTEGER, "The partition, when one message was sent")
        .result("offset", ConfigType.INTEGER, "The offset, when one message was sent")
        .example(
            """
            - action: kafka.produce
              config:
                brokers: localhost:9092
                topic: orders
                key: order-17
                headers: {source: shop}
                value: {id: 17, total: 59.97}
            """);
  }

  private static ActionDescriptor own() {
    return ActionDescriptor.of("kafka.produce")
        .describedAs("Sends a message, or several, and waits until the brokers have them.")
        .required("topic", ConfigType.TEXT, "The topic")
        .optional("key", ConfigType.ANY, "The key: a text, or a value that is sent as JSON")
        .optional("value", ConfigType.ANY, "The value: a text as it is, anything else as JSON")
        .optional("headers", ConfigType.MAP, "Headers; a list sends one several times")
        .optional("partition", ConfigType.INTEGER, "The partition; the key decides if left out")
        .optional(
            "timestamp",
            ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT),
            "An instant, or milliseconds since 1970; now if it is left out")
        .optional(
            "value_format",
            ConfigType.choice("json", "text", "base64"),
            "How value is meant, where its type does not say it")
        .optional(
            "messages",
            ConfigType.listOf(
                ConfigType.object(
                    ConfigKey.optional("key", ConfigType.ANY, "The key"),
                    ConfigKey.optional("value", ConfigType.ANY, "The value"),
                    ConfigKey.optional("headers", ConfigType.MAP, "Headers"),
                    ConfigKey.optional("partition", ConfigType.INTEGER, "The partition"),
                    ConfigKey.optional(
                        "timestamp",
                        ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT),
                        "An instant, or milliseconds since 1970"),
                    ConfigKey.optional(
                        "value_format",
                        ConfigType.choice("json", "text", "base64"),
                        "How value is meant"))),
            "Several messages in place of one")
        .optional(
            "compression",
            ConfigType.choice("none", "gzip", "snappy", "lz4", "zstd"),
            "none",
            "How messages are packed")
        .optional(
            "acks",
            ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT),
            "all",
            "How many brokers have to confirm: all, 1 or 0");
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    if (!config.has("messages")) {
      return;
    }
    for (String key : new String[] {"key", "value", "headers", "partition", "timestamp"}) {
      if (config.has(key)) {
        config.reject(
            key, "\"messages\" and \"" + key + "\" exclude each other", "move it into a message");
      }
    }
    if (config.value("messages") instanceof List<?> list && list.isEmpty()) {
      config.reject("messages", "\"messages\" is empty: nothing would be sent", null);
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.produce(context);
  }
}

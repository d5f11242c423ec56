package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;

/** The action {@code kafka.produce}. */
public final class KafkaProduceAction extends KafkaAction {
  private static final String VALUE_HINT =
      "add \"value\"; \"value: null\" sends a message without one (a tombstone)";
  private static final ConfigType FORMAT = ConfigType.choice("json", "text", "base64");

  /** For {@link java.util.ServiceLoader}. */
  public KafkaProduceAction() {
    super("send to");
  }

  @Override
  ActionDescriptor describe() {
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
    ActionDescriptor named =
        ActionDescriptor.of("kafka.produce")
            .describedAs("Sends a message, or several, and waits until the brokers have them.")
            .required("topic", ConfigType.TEXT, "The topic")
            .optional("key", ConfigType.ANY, "The key: a text, or a value that is sent as JSON")
            .optional("value", ConfigType.ANY, "The value: a text as it is, anything else as JSON");
    return SendKeys.sending(
        SendKeys.message(named)
            .optional("value_format", FORMAT, "How value is meant, where its type does not say it")
            .optional(
                "messages",
                ConfigType.listOf(
                    ConfigType.object(
                        ConfigKey.optional("key", ConfigType.ANY, "The key"),
                        ConfigKey.optional("value", ConfigType.ANY, "The value"),
                        ConfigKey.optional("headers", ConfigType.MAP, "Headers"),
                        ConfigKey.optional("partition", ConfigType.INTEGER, "The partition"),
                        ConfigKey.optional(
                            "timestamp", SendKeys.TIME, "An instant, or milliseconds since 1970"),
                        ConfigKey.optional("value_format", FORMAT, "How value is meant"))),
                "Several messages in place of one"));
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    if (!config.has("messages")) {
      // An explicit null is a value, too.
      if (!config.values().containsKey("value")) {
        config.reject(List.of(), "there is neither \"value\" nor \"messages\"", VALUE_HINT);
      }
      return;
    }
    if (config.value("messages") instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> message && !message.containsKey("value")) {
          config.reject(List.of("messages", i), "the message has no \"value\"", VALUE_HINT);
        }
      }
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

package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** The older names of the actions, and the keys that they have. */
final class OldKeys {
  private OldKeys() {}

  static ActionDescriptor produce(String id) {
    ActionDescriptor named =
        ActionDescriptor.of(id)
            .describedAs("Sends a message; an older name of kafka.produce.")
            .required("topic", ConfigType.TEXT, "The topic")
            .key(
                ConfigKey.required(
                        "payload",
                        ConfigType.ANY,
                        "The value: a text as it is, anything else as JSON")
                    .alias("value"))
            .optional("key", ConfigType.ANY, "The key: a text, or a value that is sent as JSON");
    ActionDescriptor own = SendKeys.sending(SendKeys.message(named));
    return KafkaKeys.connection(own)
        .result("success", ConfigType.BOOLEAN, "true")
        .result("topic", ConfigType.TEXT, "The topic")
        .result("partition", ConfigType.INTEGER, "The partition")
        .result("offset", ConfigType.INTEGER, "The offset")
        .result("key", ConfigType.ANY, "The key")
        .result("messages_sent", ConfigType.INTEGER, "1")
        .result("partitions", ConfigType.LIST, "{partition, offset}")
        .result("duration_ms", ConfigType.INTEGER, "How long it took")
        .example(
            """
            - action: %s
              config: {brokers: "localhost:9092", topic: orders, payload: {id: 17}}
            """
                .formatted(id));
  }

  static ActionDescriptor consume(String id) {
    ActionDescriptor own =
        ActionDescriptor.of(id)
            .describedAs("Reads messages; an older name of kafka.consume.")
            .optional("topic", ConfigType.TEXT, "The topic")
            .optional("topics", ConfigType.listOf(ConfigType.TEXT), "Several topics")
            .optional("group_id", ConfigType.TEXT, "A consumer group, whose offsets are committed")
            .optional("count", ConfigType.INTEGER, 1L, "Stops after so many; 0 reads until the end")
            .optional("from_beginning", ConfigType.BOOLEAN, false, "Begins with the oldest message")
            .optional(
                "auto_offset_reset",
                ConfigType.choice("earliest", "latest"),
                "Where to begin: with the oldest, or with the next message")
            .optional("timeout", ConfigType.DURATION, "30s", "How long to wait")
            .optional("max_messages", ConfigType.INTEGER, "How many are read at most")
            .optional("match", ConsumeKeys.MATCH, "Which messages are wanted")
            .optional(
                "filter",
                ConfigType.object(
                    ConfigKey.optional("key", ConfigType.ANY, "The key that a message has"),
                    ConfigKey.optional("headers", ConfigType.MAP, "Headers that it has")
                        .alias("header")),
                "Which messages are wanted");
    return KafkaKeys.connection(own)
        .expressionsOver("timeout")
        .result("success", ConfigType.BOOLEAN, "true")
        .result("topic", ConfigType.TEXT, "The topic")
        .result("messages_received", ConfigType.INTEGER, "How many were wanted and came")
        .result("count", ConfigType.INTEGER, "The same")
        .result("messages", ConfigType.LIST, "As kafka.consume has them")
        .result("seen", ConfigType.INTEGER, "How many came, wanted or not")
        .result("misses", ConfigType.LIST, "The nearest of those not wanted, and why")
        .result("duration_ms", ConfigType.INTEGER, "How long it took")
        .example(
            """
            - action: %s
              config: {brokers: "localhost:9092", topic: orders, from_beginning: true, count: 1}
              assert: [len(messages) == 1]
            """
                .formatted(id));
  }
}

package io.testmesh.integrations.kafka;

import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** Which messages are wanted, as the actions that read have it. */
final class ConsumeKeys {
  /** The conditions that a message has to meet. */
  static final ConfigType MATCH =
      ConfigType.object(
          ConfigKey.optional("key", ConfigType.ANY, "The key that it has"),
          ConfigKey.optional("headers", ConfigType.MAP, "Headers that it has"),
          ConfigKey.optional(
              "json_path",
              ConfigType.listOf(ConfigType.EXPRESSION),
              "Paths that find something in its value"),
          ConfigKey.optional(
              "where",
              ConfigType.EXPRESSION,
              "A condition over key, value, headers, partition, offset and timestamp"));

  private ConsumeKeys() {}

  static void checkTopic(ConfigCheck config) {
    if (!config.has("topic") && !config.has("topics")) {
      config.reject("topic", "\"topic\" is missing", "name the topic, or several under \"topics\"");
    }
  }
}

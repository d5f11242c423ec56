package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigType;

/** The keys of the actions that send, whatever they call the value. */
final class SendKeys {
  /** When a message was made: an instant, or milliseconds since 1970. */
  static final ConfigType TIME = ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT);

  private SendKeys() {}

  /** What a message has beside its key and value. */
  static ActionDescriptor message(ActionDescriptor descriptor) {
    return descriptor
        .optional("headers", ConfigType.MAP, "Headers; a list sends one several times")
        .optional("partition", ConfigType.INTEGER, "The partition; the key decides if left out")
        .optional(
            "timestamp", TIME, "An instant, or milliseconds since 1970; now if it is left out");
  }

  /** How messages travel. */
  static ActionDescriptor sending(ActionDescriptor descriptor) {
    return descriptor
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
}

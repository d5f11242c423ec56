package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.TlsKeys;
import java.nio.file.Path;

/** The keys of a connection to Kafka, which all actions share, and their checks. */
final class KafkaKeys {
  static final String BROKERS = "localhost:9092";
  static final int PORT = 9092;

  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional(
        "brokers",
        ConfigType.oneOf(ConfigType.TEXT, ConfigType.listOf(ConfigType.TEXT)),
        "Host and port of brokers, a list or a text with commas; localhost:9092 if left out"),
    ConfigKey.optional(
        "connection_timeout", ConfigType.DURATION, "10s", "How long a broker may take to answer"),
    ConfigKey.optional("client_id", ConfigType.TEXT, "The name that brokers log"),
    ConfigKey.optional(
        "security_protocol",
        ConfigType.choice("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
        "How it is secured; follows from sasl and tls if it is left out"),
    ConfigKey.optional(
        "sasl",
        ConfigType.object(
            ConfigKey.optional(
                "mechanism",
                ConfigType.choice("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"),
                "PLAIN",
                "How the user is proved"),
            ConfigKey.optional("username", ConfigType.TEXT, "The user"),
            ConfigKey.optional("password", ConfigType.TEXT, "The password").asSecret()),
        "User and password"),
    TlsKeys.KEY,
    ConfigKey.optional(
        "properties", ConfigType.MAP, "Anything else that the Kafka client takes, such as acks")
  };

  private KafkaKeys() {}

  /** The descriptor with these keys behind its own. */
  static ActionDescriptor connection(ActionDescriptor descriptor) {
    return descriptor.connection(CONNECTION);
  }

  /** Finds what no broker could be reached with. */
  static void check(ConfigCheck config) {
    for (ConfigKey key : CONNECTION) {
      if (!config.isFixed(config.value(key.name()))) {
        return;
      }
    }
    try {
      KafkaSettings.read(config::value, Path::of);
    } catch (ActionException e) {
      config.reject(
          e.details().getOrDefault("key", "brokers") instanceof String key ? key : "brokers",
          String.valueOf(e.getMessage()),
          e.hint().orElse(null));
    }
  }
}

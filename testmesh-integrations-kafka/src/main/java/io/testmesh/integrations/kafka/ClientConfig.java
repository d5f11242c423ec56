package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsMaterial;
import io.testmesh.integrations.common.TlsSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** The properties that all clients of a connection have in common. */
final class ClientConfig {
  private ClientConfig() {}

  /**
   * The properties; what the flow names itself goes last and wins.
   *
   * @param own what this kind of client needs
   */
  static Map<String, Object> of(KafkaSettings settings, Map<String, Object> own)
      throws ActionException {
    Map<String, Object> config = new HashMap<>();
    List<String> brokers = new ArrayList<>();
    for (ServerAddress broker : settings.brokers()) {
      brokers.add(broker.toString());
    }
    int timeout = (int) Math.min(Integer.MAX_VALUE, settings.connectionTimeout().toMillis());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, settings.protocol());
    config.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, (long) timeout);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20L);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    config.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
    // Nobody reads them, and a reporter is a class and an MBean more.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    if (settings.clientId() != null) {
      config.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId());
    }
    KafkaSettings.Sasl sasl = settings.sasl();
    if (sasl != null) {
      config.put(SaslConfigs.SASL_MECHANISM, sasl.mechanism());
      config.put(SaslConfigs.SASL_JAAS_CONFIG, login(sasl));
    }
    TlsSettings tls = settings.tls();
    if (tls != null) {
      config.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, TlsEngines.class);
      config.put(TlsEngines.MATERIAL, TlsMaterial.load(tls));
      config.put(TlsEngines.VERIFY, tls.verify());
      if (!tls.verify()) {
        config.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
      }
    }
    config.putAll(own);
    config.putAll(settings.properties());
    return config;
  }

  private static String login(KafkaSettings.Sasl sasl) {
    String module =
        switch (sasl.mechanism()) {
          case "PLAIN" -> "org.apache.kafka.common.security.plain.PlainLoginModule";
          case "OAUTHBEARER" ->
              "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
          default -> "org.apache.kafka.common.security.scram.ScramLoginModule";
        };
    if (sasl.username().isEmpty() && sasl.password().isEmpty()) {
      return module + " required;";
    }
    boolean token = sasl.mechanism().equals("OAUTHBEARER");
    return module
        + " required "
        + (token ? "clientId" : "username")
        + "="
        + quoted(sasl.username())
        + " "
        + (token ? "clientSecret" : "password")
        + "="
        + quoted(sasl.password())
        + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

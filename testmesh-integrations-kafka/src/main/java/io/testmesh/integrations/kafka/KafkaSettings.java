package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Kafka as a flow says it. Equal settings share their clients.
 *
 * @param brokers at least one
 * @param connectionTimeout how long a broker may take to answer
 * @param clientId the name that brokers log; null for the library's own
 * @param protocol how it is secured, as the client has it
 * @param sasl user and password; null without
 * @param tls null without
 * @param properties what else the client takes
 */
record KafkaSettings(
    List<ServerAddress> brokers,
    Duration connectionTimeout,
    @Nullable String clientId,
    String protocol,
    @Nullable Sasl sasl,
    @Nullable TlsSettings tls,
    Map<String, String> properties) {

  /**
   * Who the client is.
   *
   * @param mechanism as the client has it
   * @param username may be empty
   * @param password may be empty
   */
  record Sasl(String mechanism, String username, String password) {
    /** Names no password. */
    @Override
    public String toString() {
      return mechanism + " " + username;
    }
  }

  /**
   * Reads the keys of a connection.
   *
   * @param value the value of a key; null when it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; detail {@code key} says which
   */
  static KafkaSettings read(
      Function<String, @Nullable Object> value, Function<String, Path> resolve)
      throws ActionException {
    Object brokers = value.apply("brokers");
    Sasl sasl = sasl(value.apply("sasl"));
    TlsSettings tls = TlsKeys.read(value.apply("tls"), resolve);
    Object protocol = value.apply("security_protocol");
    String secured =
        protocol == null
            ? (sasl == null ? "" : "SASL_") + (tls == null ? "PLAINTEXT" : "SSL")
            : protocol.toString();
    if (secured.startsWith("SASL") != (sasl != null)) {
      throw invalid(
          "security_protocol",
          sasl == null
              ? "\"security_protocol: " + secured + "\" needs \"sasl\" beside it"
              : "\"sasl\" is not used with \"security_protocol: " + secured + "\"");
    }
    if (!secured.endsWith("SSL") && tls != null) {
      throw invalid(
          "security_protocol", "\"tls\" is not used with \"security_protocol: " + secured + "\"");
    }
    Object clientId = value.apply("client_id");
    Object timeout = value.apply("connection_timeout");
    return new KafkaSettings(
        ServerAddress.parseList(
            brokers == null ? KafkaKeys.BROKERS : brokers, KafkaKeys.PORT, "brokers"),
        Values.duration(timeout == null ? "10s" : timeout, "connection_timeout"),
        clientId == null ? null : clientId.toString(),
        secured,
        sasl,
        secured.endsWith("SSL") && tls == null ? TlsSettings.DEFAULT : tls,
        properties(value.apply("properties")));
  }

  private static @Nullable Sasl sasl(@Nullable Object value) throws ActionException {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Object mechanism = map.get("mechanism");
    String name = mechanism == null ? "PLAIN" : mechanism.toString();
    Object username = map.get("username");
    Object password = map.get("password");
    if (!name.equals("OAUTHBEARER") && (username == null || password == null)) {
      throw invalid("sasl", "\"sasl\" needs \"username\" and \"password\"");
    }
    return new Sasl(
        name,
        username == null ? "" : username.toString(),
        password == null ? "" : password.toString());
  }

  private static Map<String, String> properties(@Nullable Object value) throws ActionException {
    Map<String, String> properties = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = String.valueOf(entry.getKey());
        properties.put(name, Values.text(entry.getValue(), name));
      }
    }
    return Map.copyOf(properties);
  }

  private static ActionException invalid(String key, String message) {
    return new ActionException(ActionException.INVALID_VALUE, message).detail("key", key);
  }

  /** The brokers, for people. */
  String address() {
    StringBuilder text = new StringBuilder();
    for (ServerAddress broker : brokers) {
      text.append(text.length() == 0 ? "" : ", ").append(broker);
    }
    return text.toString();
  }

  /** Names no password. */
  @Override
  public String toString() {
    return address();
  }
}

package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who a client says it is, as the key {@code auth} of a flow declares it. Immutable. */
public sealed interface Auth {

  /** The declaration of the key {@code auth}. */
  static ConfigKey key() {
    return ConfigKey.optional("auth", type(), "Who the client says it is");
  }

  /** The type of the key's value. */
  static ConfigType type() {
    return ConfigType.object(
        ConfigKey.required(
            "type",
            ConfigType.choice("basic", "bearer", "api_key", "oauth2"),
            "The kind of authentication"),
        ConfigKey.optional("username", ConfigType.TEXT, "basic: the user"),
        ConfigKey.optional("password", ConfigType.TEXT, "basic: the password").asSecret(),
        ConfigKey.optional("token", ConfigType.TEXT, "bearer: the token").asSecret(),
        ConfigKey.optional("name", ConfigType.TEXT, "api_key: the name of the header or parameter"),
        ConfigKey.optional("value", ConfigType.TEXT, "api_key: the key").asSecret(),
        ConfigKey.optional(
            "in", ConfigType.choice("header", "query"), "api_key: where it is sent; header"),
        ConfigKey.optional("token_url", ConfigType.TEXT, "oauth2: where tokens are given out"),
        ConfigKey.optional("client_id", ConfigType.TEXT, "oauth2: the client"),
        ConfigKey.optional("client_secret", ConfigType.TEXT, "oauth2: the client's secret")
            .asSecret(),
        ConfigKey.optional("scope", ConfigType.TEXT, "oauth2: what the token is for"));
  }

  /**
   * Reads the value of the key.
   *
   * @param config the value; empty when the key was not given
   * @return null when the map is empty
   * @throws ActionException code {@code invalid_value} for a part that is missing or does not
   *     belong
   */
  static @Nullable Auth of(Map<String, @Nullable Object> config) throws ActionException {
    if (config.isEmpty()) {
      return null;
    }
    String type = String.valueOf(config.get("type"));
    switch (type) {
      case "basic":
        onlyKeys(config, type, "username", "password");
        return new Basic(text(config, type, "username"), text(config, type, "password"));
      case "bearer":
        onlyKeys(config, type, "token");
        return new Bearer(text(config, type, "token"));
      case "api_key":
        onlyKeys(config, type, "name", "value", "in");
        return new ApiKey(
            text(config, type, "name"),
            text(config, type, "value"),
            "query".equals(config.get("in")));
      case "oauth2":
        onlyKeys(config, type, "token_url", "client_id", "client_secret", "scope");
        return new OAuth2(
            text(config, type, "token_url"),
            text(config, type, "client_id"),
            text(config, type, "client_secret"),
            config.get("scope") == null ? "" : text(config, type, "scope"));
      default:
        throw new ActionException(
            ActionException.INVALID_VALUE,
            "auth has no type \"" + type + "\"; expected one of basic, bearer, api_key, oauth2");
    }
  }

  private static void onlyKeys(Map<String, @Nullable Object> config, String type, String... keys)
      throws ActionException {
    List<String> allowed = List.of(keys);
    for (Map.Entry<String, @Nullable Object> entry : config.entrySet()) {
      if (!entry.getKey().equals("type")
          && entry.getValue() != null
          && !allowed.contains(entry.getKey())) {
        throw new ActionException(
            ActionException.INVALID_VALUE,
            "auth of type "
                + type
                + " has no \""
                + entry.getKey()
                + "\"; expected "
                + String.join(", ", allowed));
      }
    }
  }

  private static String text(Map<String, @Nullable Object> config, String type, String key)
      throws ActionException {
    Object value = config.get(key);
    if (value == null) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "auth of type " + type + " needs \"" + key + "\"");
    }
    return Values.text(value, "auth." + key);
  }

  /**
   * A user and a password (RFC 7617).
   *
   * @param username the user
   * @param password the password
   */
  record Basic(String username, String password) implements Auth {}

  /**
   * A token (RFC 6750).
   *
   * @param token the token
   */
  record Bearer(String token) implements Auth {}

  /**
   * A key in a header or in the query.
   *
   * @param name the name of the header or of the parameter
   * @param value the key
   * @param inQuery whether it is sent in the query
   */
  record ApiKey(String name, String value, boolean inQuery) implements Auth {}

  /**
   * A token that is fetched with the client's credentials (RFC 6749, 4.4).
   *
   * @param tokenUrl where tokens are given out
   * @param clientId the client
   * @param clientSecret the client's secret
   * @param scope what the token is for; may be empty
   */
  record OAuth2(String tokenUrl, String clientId, String clientSecret, String scope)
      implements Auth {}
}

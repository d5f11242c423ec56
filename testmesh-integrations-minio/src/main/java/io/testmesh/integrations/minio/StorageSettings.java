package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsKeys;
import io.testmesh.integrations.common.TlsSettings;
import io.testmesh.integrations.common.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server as a flow describes it. Equal settings share their connections.
 *
 * @param accessKey the user
 * @param secretKey the password
 * @param sessionToken of temporary credentials; null for others
 * @param region that requests are signed for
 * @param tls null for plain text
 * @param connectionTimeout how long it may take to connect
 */
record StorageSettings(
    ServerAddress address,
    String accessKey,
    String secretKey,
    @Nullable String sessionToken,
    String region,
    @Nullable TlsSettings tls,
    Duration connectionTimeout) {
  private static final int PORT = 9000;

  static StorageSettings of(ActionContext context) throws ActionException {
    return read(context.config()::value, context::resolve);
  }

  /**
   * Reads the keys of a connection.
   *
   * @param keys gives the value of a key, in its type; null where it is left out
   * @param resolve finds a file that the flow names
   * @throws ActionException code {@code invalid_value}; the message begins with the key
   */
  static StorageSettings read(
      Function<String, @Nullable Object> keys, Function<String, Path> resolve)
      throws ActionException {
    String written = String.valueOf(keys.apply("endpoint")).strip();
    String lower = written.toLowerCase(Locale.ROOT);
    boolean isHttps = lower.startsWith("https://");
    boolean isHttp = lower.startsWith("http://");
    String rest = isHttps || isHttp ? written.substring(written.indexOf("://") + 3) : written;
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    boolean isSecured = isHttps || Boolean.TRUE.equals(keys.apply("use_ssl"));
    TlsSettings tls = TlsKeys.read(keys.apply("tls"), resolve);
    if (isHttp && (isSecured || tls != null)) {
      throw invalid(
          tls == null ? "use_ssl" : "tls", "is set, and \"endpoint\" begins with http://");
    }
    int port = isHttps ? 443 : isHttp ? 80 : PORT;
    Duration timeout = Values.duration(keys.apply("connectionTimeout"), "connectionTimeout");
    if (timeout.isZero()) {
      throw invalid("connectionTimeout", "wants more than 0");
    }
    Object token = keys.apply("session_token");
    return new StorageSettings(
        ServerAddress.parse(rest, port, "endpoint"),
        String.valueOf(keys.apply("access_key")),
        String.valueOf(keys.apply("secret_key")),
        token == null ? null : token.toString(),
        String.valueOf(keys.apply("region")),
        tls == null && isSecured ? TlsSettings.DEFAULT : tls,
        timeout);
  }

  /** The address with its scheme. */
  String url() {
    return (tls == null ? "http://" : "https://") + address;
  }

  private static ActionException invalid(String key, String what) {
    return new ActionException(ActionException.INVALID_VALUE, "\"" + key + "\" " + what);
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return url();
  }
}

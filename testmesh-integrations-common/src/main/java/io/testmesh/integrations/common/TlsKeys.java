package io.testmesh.integrations.common;

import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The key {@code tls} of a connection: how it is written and what it says. */
public final class TlsKeys {
  private static final String CA_FILE = "ca_file";
  private static final String CERT_FILE = "cert_file";
  private static final String KEY_FILE = "key_file";
  private static final String INSECURE = "insecure_skip_verify";

  /** The key, for a descriptor. */
  public static final ConfigKey KEY =
      ConfigKey.optional(
          "tls",
          ConfigType.oneOf(
              ConfigType.BOOLEAN,
              ConfigType.object(
                  ConfigKey.optional(
                      CA_FILE,
                      ConfigType.FILE,
                      "PEM certificates to trust in place of the Java's own"),
                  ConfigKey.optional(
                      CERT_FILE, ConfigType.FILE, "The client's certificates, in PEM"),
                  ConfigKey.optional(KEY_FILE, ConfigType.FILE, "The client's key, in PEM"),
                  ConfigKey.optional(
                      INSECURE,
                      ConfigType.BOOLEAN,
                      false,
                      "Whether any certificate of the server will do"))),
          "TLS: true, or the files and rules that it goes by");

  private TlsKeys() {}

  /**
   * The settings that a value of the key asks for.
   *
   * @param value as the key has it; null when it is left out
   * @param resolve finds a file that the flow names
   * @return null when the connection is not to be secured
   */
  public static @Nullable TlsSettings read(@Nullable Object value, Function<String, Path> resolve) {
    if (value instanceof Map<?, ?> map) {
      return new TlsSettings(
          !Boolean.TRUE.equals(map.get(INSECURE)),
          file(map.get(CA_FILE), resolve),
          file(map.get(CERT_FILE), resolve),
          file(map.get(KEY_FILE), resolve));
    }
    return Boolean.TRUE.equals(value) ? TlsSettings.DEFAULT : null;
  }

  private static @Nullable Path file(@Nullable Object value, Function<String, Path> resolve) {
    return value == null ? null : resolve.apply(value.toString());
  }
}

package io.testmesh.integrations.minio;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.ConnectionCheck;
import io.testmesh.integrations.common.TlsKeys;

/** The keys of a connection, which all actions share, and their checks. */
final class StorageKeys {
  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional(
        "endpoint", ConfigType.TEXT, "localhost:9000", "The server: host:port, or its URL"),
    ConfigKey.optional("access_key", ConfigType.TEXT, "minioadmin", "The access key"),
    ConfigKey.optional("secret_key", ConfigType.TEXT, "minioadmin", "The secret key").asSecret(),
    ConfigKey.optional("session_token", ConfigType.TEXT, "The token of temporary credentials")
        .asSecret(),
    ConfigKey.optional("use_ssl", ConfigType.BOOLEAN, false, "Whether the server speaks TLS"),
    ConfigKey.optional(
        "region", ConfigType.TEXT, "us-east-1", "The region that requests are signed for"),
    TlsKeys.KEY,
    ConfigKey.optional(
        "connectionTimeout", ConfigType.DURATION, "5s", "How long it may take to connect")
  };

  private StorageKeys() {}

  /** The descriptor with these keys behind its own. */
  static ActionDescriptor connection(ActionDescriptor descriptor) {
    return descriptor.connection(CONNECTION);
  }

  /** The descriptor with the keys that name an object. */
  static ActionDescriptor object(ActionDescriptor descriptor) {
    return descriptor
        .required("bucket", ConfigType.TEXT, "The bucket")
        .required("object", ConfigType.TEXT, "The object's name, such as reports/day.json");
  }

  /** Finds what no server could be reached with. */
  static void check(ConfigCheck config) {
    ConnectionCheck.check(
        config, ConnectionCheck.names(CONNECTION), "endpoint", StorageSettings::read);
  }
}

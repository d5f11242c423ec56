package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsMaterial;
import io.testmesh.integrations.common.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/**
 * Makes the TLS sockets of PostgreSQL's driver from the files that a connection names. Public, as
 * the driver makes it by its name.
 */
public final class TlsSocketFactory extends WrappedFactory {
  private static final String PREFIX = "testmesh.tls.";
  private static final String VERIFY = PREFIX + "verify";
  private static final String CA_FILE = PREFIX + "ca_file";
  private static final String CERT_FILE = PREFIX + "cert_file";
  private static final String KEY_FILE = PREFIX + "key_file";

  /**
   * Called by the driver.
   *
   * @param properties of the connection
   * @throws IOException when a file cannot be used, with the reason
   */
  public TlsSocketFactory(Properties properties) throws IOException {
    try {
      TlsSettings settings =
          new TlsSettings(
              Boolean.parseBoolean(properties.getProperty(VERIFY)),
              path(properties, CA_FILE),
              path(properties, CERT_FILE),
              path(properties, KEY_FILE));
      factory = TlsMaterial.load(settings).socketFactory();
    } catch (ActionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Puts the settings where the factory finds them; null leaves the driver's own way. */
  static void describe(@Nullable TlsSettings tls, Properties properties) {
    if (tls == null) {
      return;
    }
    properties.put("sslfactory", TlsSocketFactory.class.getName());
    properties.put(VERIFY, Boolean.toString(tls.verify()));
    put(properties, CA_FILE, tls.caFile());
    put(properties, CERT_FILE, tls.certFile());
    put(properties, KEY_FILE, tls.keyFile());
  }

  private static void put(Properties properties, String name, @Nullable Path file) {
    if (file != null) {
      properties.put(name, file.toString());
    }
  }

  private static @Nullable Path path(Properties properties, String name) {
    String file = properties.getProperty(name);
    return file == null ? null : Path.of(file);
  }
}

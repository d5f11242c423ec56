package io.testmesh.integrations.common;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is secured, as a flow says it. Equal settings can share a client.
 *
 * @param verify whether the server's certificate and host name are checked
 * @param caFile PEM certificates to trust instead of the Java's own; null for the Java's own
 * @param certFile the client's PEM certificate chain; null when the client has none
 * @param keyFile the client's PEM private key; null when it stands in {@code certFile}
 */
public record TlsSettings(
    boolean verify, @Nullable Path caFile, @Nullable Path certFile, @Nullable Path keyFile) {

  /** Checks against the certificates that the Java trusts, without a client certificate. */
  public static final TlsSettings DEFAULT = new TlsSettings(true, null, null, null);
}

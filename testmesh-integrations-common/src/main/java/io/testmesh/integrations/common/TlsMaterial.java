package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates and keys, loaded and ready for a client library. Immutable. */
public final class TlsMaterial {
  private final SSLContext context;
  private final X509TrustManager trustManager;

  private TlsMaterial(SSLContext context, X509TrustManager trustManager) {
    this.context = context;
    this.trustManager = trustManager;
  }

  /**
   * Loads the files of the settings.
   *
   * @throws ActionException code {@code file_not_found} or {@code invalid_value}, with the file's
   *     name
   */
  public static TlsMaterial load(TlsSettings settings) throws ActionException {
    try {
      X509TrustManager trust = settings.verify() ? trusting(settings.caFile()) : new TrustAll();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), new TrustManager[] {trust}, null);
      return new TlsMaterial(context, trust);
    } catch (GeneralSecurityException | IOException e) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The context; shared, so do not change its session settings. */
  public SSLContext context() {
    return context;
  }

  /** Makes secured sockets. */
  public SSLSocketFactory socketFactory() {
    return context.getSocketFactory();
  }

  /** What decides about the server's certificate. */
  public X509TrustManager trustManager() {
    return trustManager;
  }

  private static X509TrustManager trusting(@Nullable Path caFile)
      throws ActionException, GeneralSecurityException, IOException {
    KeyStore trusted = null;
    if (caFile != null) {
      trusted = emptyStore();
      List<X509Certificate> certificates = Pem.read(caFile, "ca_file").certificates();
      for (int i = 0; i < certificates.size(); i++) {
        trusted.setCertificateEntry("ca-" + i, certificates.get(i));
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("this Java has no trust manager for X.509");
  }

  private static KeyManager @Nullable [] keys(TlsSettings settings)
      throws ActionException, GeneralSecurityException, IOException {
    Path certFile = settings.certFile();
    Path keyFile = settings.keyFile();
    if (certFile == null) {
      if (keyFile != null) {
        throw new ActionException(
            ActionException.INVALID_VALUE, "key_file needs cert_file beside it");
      }
      return null;
    }
    Pem certificates = Pem.read(certFile, "cert_file");
    PrivateKey key =
        keyFile == null
            ? certificates.privateKey(certFile, "cert_file")
            : Pem.read(keyFile, "key_file").privateKey(keyFile, "key_file");
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client", key, new char[0], certificates.certificates().toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Trusts everybody. The extended kind: the Java adds checks of its own to the plain one. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package io.testmesh.integrations.kafka;

import io.testmesh.integrations.common.TlsMaterial;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Lets the Kafka client use certificates that were loaded as for every other family. */
public final class TlsEngines implements SslEngineFactory {
  static final String MATERIAL = "testmesh.tls.material";
  static final String VERIFY = "testmesh.tls.verify";

  private @Nullable TlsMaterial material;
  private boolean verify = true;

  /** Made by the Kafka client. */
  public TlsEngines() {}

  @Override
  public void configure(Map<String, ?> configs) {
    material = (TlsMaterial) configs.get(MATERIAL);
    verify = !Boolean.FALSE.equals(configs.get(VERIFY));
  }

  @Override
  public SSLEngine createClientSslEngine(
      String peerHost, int peerPort, @Nullable String endpointIdentification) {
    TlsMaterial loaded = material;
    if (loaded == null) {
      throw new IllegalStateException("TLS was not configured");
    }
    SSLEngine engine = loaded.context().createSSLEngine(peerHost, peerPort);
    engine.setUseClientMode(true);
    if (verify) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    throw new UnsupportedOperationException("this is a client");
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void close() {}
}

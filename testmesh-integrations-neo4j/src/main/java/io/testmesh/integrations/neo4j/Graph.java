package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsSettings;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Config.TrustStrategy;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;

/**
 * The connections to one server, made when they are needed, closed with the runner. Safe for use by
 * several threads.
 */
final class Graph implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int UNLIMITED = -1;

  private final GraphSettings settings;
  private final Driver driver;

  private Graph(GraphSettings settings) {
    this.settings = settings;
    String user = settings.username();
    AuthToken login =
        user == null ? AuthTokens.none() : AuthTokens.basic(user, settings.password());
    this.driver = GraphDatabase.driver(settings.url(), login, config(settings));
  }

  @SuppressWarnings(
      "deprecation") // the other way is to configure java.util.logging, the user's own
  private static Config config(GraphSettings settings) {
    long timeout = settings.connectionTimeout().toMillis();
    Config.ConfigBuilder config =
        Config.builder()
            .withEventLoopThreads(THREADS)
            .withConnectionTimeout(timeout, TimeUnit.MILLISECONDS)
            // The driver does not end this wait for an interrupt: a server that says nothing would
            // hold the step. So nobody waits for a connection of another step.
            .withConnectionAcquisitionTimeout(timeout, TimeUnit.MILLISECONDS)
            .withMaxConnectionPoolSize(UNLIMITED)
            .withTelemetryDisabled(true)
            // What is to be known of a failure is in its message.
            .withLogging(Logging.none())
            .withUserAgent("testmesh")
            // What is sent twice may be done twice.
            .withAutoCommitRetriesDisabled(true);
    TlsSettings tls = settings.tls();
    if (tls != null) {
      config.withEncryption();
      if (!tls.verify()) {
        config.withTrustStrategy(TrustStrategy.trustAllCertificates());
      } else if (tls.caFile() != null) {
        config.withTrustStrategy(
            TrustStrategy.trustCustomCertificateSignedBy(tls.caFile().toFile()));
      }
    }
    return config.build();
  }

  /** The server that a step's configuration names. */
  static Graph of(ActionContext context) throws ActionException, InterruptedException {
    GraphSettings settings = GraphSettings.of(context);
    return context.runnerResources().resource(Graph.class, settings, () -> new Graph(settings));
  }

  /** Loads the driver. */
  @SuppressWarnings("deprecation") // as above
  static void warmUp() {
    Config quiet = Config.builder().withLogging(Logging.none()).build();
    GraphDatabase.driver("bolt://localhost:7687", AuthTokens.none(), quiet).close();
  }

  GraphSettings settings() {
    return settings;
  }

  Driver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.close();
  }
}

package io.testmesh.backends;

import io.testmesh.backends.Backends.Backend;
import io.testmesh.backends.Backends.Kind;
import io.testmesh.backends.Backends.Source;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Servers in containers; Testcontainers ends them with this JVM. Not verified: the machines that
 * run the tests of this project have no Docker.
 */
final class Containers {
  private static final String KAFKA = "apache/kafka-native:4.1.0";
  private static final String POSTGRES = "postgres:17-alpine";
  private static final String REDIS = "redis:7-alpine";
  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;
  private static final String NEO4J = "neo4j:5.26-community";
  private static final int BOLT_PORT = 7687;
  private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";
  private static final int S3_PORT = 9000;
  private static final String LOKI = "grafana/loki:3.5.0";
  private static final int LOKI_PORT = 3100;
  private static final String TEMPO = "grafana/tempo:2.8.0";
  private static final int TEMPO_PORT = 3200;
  private static final int OTLP_PORT = 4318;
  private static final String TEMPO_FILE = "/etc/tempo.yaml";
  private static final String TEMPO_SETTINGS =
      """
      server: {http_listen_port: 3200}
      distributor: {receivers: {otlp: {protocols: {http: {endpoint: "0.0.0.0:4318"}}}}}
      query_frontend: {search: {query_end_cutoff: 0s}}
      storage: {trace: {backend: local, wal: {path: /tmp/wal}, local: {path: /tmp/blocks}}}
      """;

  private Containers() {}

  @SuppressWarnings("resource") // whoever asked for it closes it
  static Backend start(Kind kind) {
    switch (kind) {
      case KAFKA -> {
        KafkaContainer kafka = new KafkaContainer(KAFKA);
        kafka.start();
        return new Backend(kafka.getBootstrapServers(), Source.CONTAINER, kafka);
      }
      case POSTGRES -> {
        GenericContainer<?> postgres =
            new GenericContainer<>(POSTGRES)
                .withExposedPorts(POSTGRES_PORT)
                .withEnv("POSTGRES_USER", PostgresServer.USER)
                .withEnv("POSTGRES_PASSWORD", PostgresServer.PASSWORD)
                .withEnv("POSTGRES_DB", PostgresServer.DATABASE)
                // Once for the script that makes the database, once for the server itself.
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\s", 2));
        postgres.start();
        return new Backend(
            PostgresServer.url(address(postgres, POSTGRES_PORT)), Source.CONTAINER, postgres);
      }
      case REDIS -> {
        GenericContainer<?> redis = new GenericContainer<>(REDIS).withExposedPorts(REDIS_PORT);
        redis.start();
        return new Backend("redis://" + address(redis, REDIS_PORT), Source.CONTAINER, redis);
      }
      case NEO4J -> {
        GenericContainer<?> neo4j =
            new GenericContainer<>(NEO4J)
                .withExposedPorts(BOLT_PORT)
                .withEnv("NEO4J_AUTH", Neo4jServer.USER + "/" + Neo4jServer.PASSWORD)
                .waitingFor(Wait.forLogMessage(".*Started\\.\\s", 1));
        neo4j.start();
        String url = "bolt://" + address(neo4j, BOLT_PORT);
        return new Backend(
            Backends.withUser(url, Neo4jServer.USER, Neo4jServer.PASSWORD),
            Source.CONTAINER,
            neo4j);
      }
      case MINIO -> {
        GenericContainer<?> minio =
            new GenericContainer<>(MINIO)
                .withExposedPorts(S3_PORT)
                .withEnv("MINIO_ROOT_USER", MinioServer.ACCESS_KEY)
                .withEnv("MINIO_ROOT_PASSWORD", MinioServer.SECRET_KEY)
                .withCommand("server", "/data")
                .waitingFor(Wait.forHttp("/minio/health/ready").forPort(S3_PORT));
        minio.start();
        String url = "http://" + address(minio, S3_PORT);
        return new Backend(
            Backends.withUser(url, MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY),
            Source.CONTAINER,
            minio);
      }
      case LOKI -> {
        GenericContainer<?> loki =
            new GenericContainer<>(LOKI)
                .withExposedPorts(LOKI_PORT)
                .waitingFor(Wait.forHttp("/ready").forPort(LOKI_PORT));
        loki.start();
        return new Backend("http://" + address(loki, LOKI_PORT), Source.CONTAINER, loki);
      }
      default -> {
        GenericContainer<?> tempo =
            new GenericContainer<>(TEMPO)
                .withExposedPorts(TEMPO_PORT, OTLP_PORT)
                .withCopyToContainer(Transferable.of(TEMPO_SETTINGS), TEMPO_FILE)
                .withCommand("-config.file=" + TEMPO_FILE)
                .waitingFor(Wait.forHttp("/ready").forPort(TEMPO_PORT));
        tempo.start();
        return new Backend(
            "http://" + address(tempo, TEMPO_PORT) + " http://" + address(tempo, OTLP_PORT),
            Source.CONTAINER,
            tempo);
      }
    }
  }

  private static String address(GenericContainer<?> container, int port) {
    return container.getHost() + ":" + container.getMappedPort(port);
  }
}

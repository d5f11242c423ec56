package io.testmesh.backends;

import io.testmesh.backends.Backends.Backend;
import io.testmesh.backends.Backends.Kind;
import io.testmesh.backends.Backends.Source;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
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
        String address = postgres.getHost() + ":" + postgres.getMappedPort(POSTGRES_PORT);
        return new Backend(PostgresServer.url(address), Source.CONTAINER, postgres);
      }
      default -> {
        GenericContainer<?> redis = new GenericContainer<>(REDIS).withExposedPorts(REDIS_PORT);
        redis.start();
        String url = "redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT);
        return new Backend(url, Source.CONTAINER, redis);
      }
    }
  }
}

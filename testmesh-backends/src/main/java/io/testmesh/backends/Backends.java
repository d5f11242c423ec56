package io.testmesh.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Servers that all JVMs of a build share, each started when it is first asked for. Where one is
 * looked for, in this order: the address in an environment variable, a container where Docker
 * answers, a process of this machine. All of them end with the build, however that ends; where no
 * build runs this JVM, as in an editor, with the JVM. A {@link PrometheusServer} is not among them:
 * it is told what it scrapes when it starts.
 */
public final class Backends implements AutoCloseable {
  private static final Backends SHARED = shared();

  private final Map<String, String> environment;
  private final BooleanSupplier docker;
  private final @Nullable BuildServers build;
  private final Map<Kind, Backend> running = new EnumMap<>(Kind.class);

  /** Where a server comes from. */
  public enum Source {
    /** Somebody else's, named in the environment. */
    ENVIRONMENT,
    /** A container that was started for us. */
    CONTAINER,
    /** A process that was started for us. */
    PROCESS
  }

  /** The servers that there are. */
  public enum Kind {
    /** An address such as {@code localhost:9092}. */
    KAFKA("TESTMESH_KAFKA_BROKERS"),
    /** A connection string with user, password and database. */
    POSTGRES("TESTMESH_POSTGRES_URL"),
    /** A URL such as {@code redis://localhost:6379}. */
    REDIS("TESTMESH_REDIS_URL"),
    /** A URL such as {@code bolt://user:password@localhost:7687}. */
    NEO4J("TESTMESH_NEO4J_URL"),
    /** A URL such as {@code http://access:secret@localhost:9000}. */
    MINIO("TESTMESH_MINIO_URL"),
    /** A URL such as {@code http://localhost:3100}. */
    LOKI("TESTMESH_LOKI_URL"),
    /**
     * The URL where it is asked, a space, and the one where it takes spans, such as {@code
     * http://localhost:3200 http://localhost:4318}.
     */
    TEMPO("TESTMESH_TEMPO_URL");

    private final String variable;

    Kind(String variable) {
      this.variable = variable;
    }

    /** The variable of the environment that names one. */
    public String variable() {
      return variable;
    }
  }

  /**
   * A server that runs.
   *
   * @param address as its kind has it
   * @param source where it comes from
   * @param server ends it; nothing when it is somebody else's
   */
  public record Backend(String address, Source source, AutoCloseable server) {}

  /**
   * Servers of one's own.
   *
   * @param environment where addresses are looked for
   * @param docker whether Docker answers; asked at most once for each kind
   * @param build the build whose servers they are; null when they end with these
   */
  Backends(Map<String, String> environment, BooleanSupplier docker, @Nullable BuildServers build) {
    this.environment = environment;
    this.docker = docker;
    this.build = build;
  }

  /**
   * Ends with the JVM, folders included; a JVM that is killed leaves those behind, and no process.
   */
  private static Backends shared() {
    Backends shared = new Backends(System.getenv(), Docker::answers, BuildServers.ofThisBuild());
    atExit(shared::close);
    return shared;
  }

  /** What is done when this JVM ends. */
  interface Ending {
    /** Does it. */
    void run() throws IOException;
  }

  /** Does something when this JVM ends, unless it is killed. */
  static void atExit(Ending ending) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    ending.run();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  /** The shared broker. */
  public static Backend kafka() throws IOException, InterruptedException {
    return SHARED.get(Kind.KAFKA);
  }

  /** The shared database. */
  public static Backend postgres() throws IOException, InterruptedException {
    return SHARED.get(Kind.POSTGRES);
  }

  /** The shared Redis. */
  public static Backend redis() throws IOException, InterruptedException {
    return SHARED.get(Kind.REDIS);
  }

  /** The shared Neo4j; its process is in testmesh-backends-neo4j. */
  public static Backend neo4j() throws IOException, InterruptedException {
    return SHARED.get(Kind.NEO4J);
  }

  /** The shared MinIO. */
  public static Backend minio() throws IOException, InterruptedException {
    return SHARED.get(Kind.MINIO);
  }

  /** The shared Loki. */
  public static Backend loki() throws IOException, InterruptedException {
    return SHARED.get(Kind.LOKI);
  }

  /** The shared Tempo. */
  public static Backend tempo() throws IOException, InterruptedException {
    return SHARED.get(Kind.TEMPO);
  }

  /** A server of a kind, started when it is the first call. */
  synchronized Backend get(Kind kind) throws IOException, InterruptedException {
    Backend known = running.get(kind);
    if (known == null) {
      known = start(kind);
      running.put(kind, known);
    }
    return known;
  }

  private Backend start(Kind kind) throws IOException, InterruptedException {
    Source source = source(kind);
    if (source == Source.ENVIRONMENT) {
      return new Backend(address(kind), source, () -> {});
    }
    if (source == Source.PROCESS) {
      requireProgram(kind);
    }
    if (build != null) {
      return build.get(kind);
    }
    return source == Source.CONTAINER ? Containers.start(kind) : process(kind);
  }

  /** Where a server of a kind would come from. */
  Source source(Kind kind) {
    if (!address(kind).isBlank()) {
      return Source.ENVIRONMENT;
    }
    return docker.getAsBoolean() ? Source.CONTAINER : Source.PROCESS;
  }

  /** The address in the environment; empty when there is none. */
  private String address(Kind kind) {
    return environment.getOrDefault(kind.variable(), "");
  }

  /** Ends the test when a server needs a program that is not there. */
  private static void requireProgram(Kind kind) throws IOException {
    switch (kind) {
      case POSTGRES -> PostgresPrograms.find();
      case REDIS -> RedisServer.program();
      case MINIO -> MinioServer.program();
      case LOKI -> LokiServer.program();
      case TEMPO -> TempoServer.program();
      default -> {
        // The build brings them.
      }
    }
  }

  private static Backend process(Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case KAFKA -> {
        KafkaServer kafka = KafkaServer.start();
        return new Backend(kafka.brokers(), Source.PROCESS, kafka);
      }
      case POSTGRES -> {
        PostgresServer postgres = PostgresServer.start();
        return new Backend(postgres.url(), Source.PROCESS, postgres);
      }
      case REDIS -> {
        RedisServer redis = RedisServer.start();
        String url = "redis://" + RedisServer.HOST + ":" + redis.port();
        return new Backend(url, Source.PROCESS, redis);
      }
      case NEO4J -> {
        Neo4jServer neo4j = Neo4jServer.start();
        String url = withUser(neo4j.url(), Neo4jServer.USER, Neo4jServer.PASSWORD);
        return new Backend(url, Source.PROCESS, neo4j);
      }
      case MINIO -> {
        MinioServer minio = MinioServer.start();
        String url = withUser(minio.endpoint(), MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
        return new Backend(url, Source.PROCESS, minio);
      }
      case LOKI -> {
        LokiServer loki = LokiServer.start();
        return new Backend(loki.url(), Source.PROCESS, loki);
      }
      default -> {
        TempoServer tempo = TempoServer.start();
        return new Backend(tempo.url() + " " + tempo.collector(), Source.PROCESS, tempo);
      }
    }
  }

  /** An address with its credentials. */
  static String withUser(String url, String user, String password) {
    return url.replaceFirst("://", "://" + user + ":" + password + "@");
  }

  /** Ends what was started. */
  @Override
  public synchronized void close() throws IOException {
    IOException failed = null;
    for (Backend backend : running.values()) {
      try {
        backend.server().close();
      } catch (Exception e) {
        failed = new IOException("a server does not end: " + e.getMessage(), e);
      }
    }
    running.clear();
    if (failed != null) {
      throw failed;
    }
  }
}

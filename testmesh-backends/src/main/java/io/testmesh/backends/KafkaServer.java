package io.testmesh.backends;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Kafka broker in a JVM of its own, for one test class; killed when it is closed. */
public final class KafkaServer implements AutoCloseable {
  /** The user of SASL PLAIN. */
  public static final String USER = "tester";

  /** The password of SASL PLAIN. */
  public static final String PASSWORD = "kafka-s3cret";

  /** The user of SASL SCRAM-SHA-256. */
  public static final String SCRAM_USER = "scrammer";

  /** The password of SASL SCRAM-SHA-256. */
  public static final String SCRAM_PASSWORD = "scram-s3cret";

  private static final String HOST = "127.0.0.1:";

  private final Path folder;
  private final int[] ports;
  private final Certificates certificates;
  private Process process;

  private KafkaServer(Path folder, int[] ports, Certificates certificates, Process process) {
    this.folder = folder;
    this.ports = ports.clone();
    this.certificates = certificates;
    this.process = process;
  }

  /** A broker that answers. */
  public static KafkaServer start() throws IOException, InterruptedException {
    return startAt(Ports.free(1)[0]);
  }

  /** A broker that answers at a port. */
  static KafkaServer startAt(int port) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kafka");
    Certificates certificates = Certificates.in(folder);
    int[] ports = Ports.beside(port, 4);
    Process process = launch(folder, ports, certificates);
    KafkaServer server = new KafkaServer(folder, ports, certificates, process);
    server.awaitReady();
    return server;
  }

  private static Process launch(Path folder, int[] ports, Certificates certificates)
      throws IOException {
    Files.deleteIfExists(folder.resolve("ready"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), KafkaBroker.class.getName(), folder.toString()));
    for (int port : ports) {
      command.add(Integer.toString(port));
    }
    command.addAll(List.of(certificates.keyStore().toString(), Certificates.PASSWORD));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** The jars of the broker, as the build of this module resolved them. */
  static String classPath() throws IOException {
    try (InputStream jars = KafkaServer.class.getResourceAsStream("broker.classpath")) {
      if (jars == null) {
        throw new IOException("testmesh-backends was not built by Maven");
      }
      URI own = KafkaServer.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(own)
          + System.getProperty("path.separator")
          + new String(jars.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(folder.resolve("ready"))) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("the broker does not start: " + log);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Where it listens without credentials, {@code host:port}. */
  public String brokers() {
    return HOST + ports[0];
  }

  /** Where it wants SASL. */
  public String saslBrokers() {
    return HOST + ports[1];
  }

  /** Where it speaks TLS. */
  public String tlsBrokers() {
    return HOST + ports[2];
  }

  /** Where it speaks TLS and wants a certificate of its client. */
  public String mutualTlsBrokers() {
    return HOST + ports[3];
  }

  /** A key in PEM, whose certificate is {@link #caFile()}: the broker's own, which it trusts. */
  public Path keyFile() {
    return certificates.keyFile();
  }

  /** Lets it say nothing more, as a broker that is overloaded, until {@link #resume()}. */
  public void pause() throws IOException, InterruptedException {
    Signals.send("STOP", process);
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    Signals.send("CONT", process);
  }

  /** The certificate that its own was signed with, in PEM. */
  public Path caFile() {
    return certificates.caFile();
  }

  /** Kills it, as a crash would; its data stay. */
  public void kill() {
    process.destroyForcibly();
    Ending.await(process);
  }

  /** Starts it again on the same ports, with its data. */
  public void restart() throws IOException, InterruptedException {
    process = launch(folder, ports, certificates);
    awaitReady();
  }

  @Override
  public void close() {
    kill();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.testmesh.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  private final ServerProcess process;

  private KafkaServer(Path folder, int[] ports, Certificates certificates, ServerProcess process) {
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
    Path folder = ServerProcess.folder("kafka");
    Certificates certificates = Certificates.in(folder);
    int[] ports = Ports.beside(port, 4);
    ServerProcess process =
        ServerProcess.start(
            new ServerProcess.Launch(
                "the broker", folder, command(folder, ports, certificates), Map.of(), null),
            () -> Files.exists(ready(folder)));
    return new KafkaServer(folder, ports, certificates, process);
  }

  private static Path ready(Path folder) {
    return folder.resolve("ready");
  }

  private static List<String> command(Path folder, int[] ports, Certificates certificates)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ServerProcess.java(), "-Xmx256m"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), KafkaBroker.class.getName(), folder.toString()));
    for (int port : ports) {
      command.add(Integer.toString(port));
    }
    command.addAll(List.of(certificates.keyStore().toString(), Certificates.PASSWORD));
    return command;
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
    process.signal("STOP");
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  /** The certificate that its own was signed with, in PEM. */
  public Path caFile() {
    return certificates.caFile();
  }

  /** Kills it, as a crash would; its data stay. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same ports, with its data. */
  public void restart() throws IOException, InterruptedException {
    Files.deleteIfExists(ready(folder));
    process.restart();
  }

  @Override
  public void close() {
    process.close();
  }
}

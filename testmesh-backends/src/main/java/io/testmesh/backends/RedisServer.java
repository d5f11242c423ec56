package io.testmesh.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis-server} of the PATH as a server, a node of a cluster or a sentinel, without
 * files of its own; killed when it is closed.
 */
public final class RedisServer implements AutoCloseable {
  /** Where all of them listen. */
  public static final String HOST = "127.0.0.1";

  private final Path folder;
  private final int port;
  private final @Nullable Certificates certificates;
  private final int tlsPort;
  private final int busPort;
  private final ServerProcess process;

  private RedisServer(Path folder, int[] ports, boolean withTls, List<String> options)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.port = ports[0];
    this.tlsPort = ports[1];
    this.busPort = ports[2];
    this.certificates = withTls ? Certificates.in(folder) : null;
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(arguments(options));
    this.process =
        ServerProcess.start(
            new ServerProcess.Launch("redis-server", folder, command, Map.of(), "9"),
            this::answers);
  }

  /** What is started; ends the test when it is not there. */
  static Path program() {
    return Programs.require("redis-server", "apt-get install redis-server");
  }

  private static Path folder() throws IOException {
    program();
    return ServerProcess.folder("redis");
  }

  /**
   * A server that answers.
   *
   * @param options of {@code redis-server}, such as {@code --requirepass}
   */
  public static RedisServer start(String... options) throws IOException, InterruptedException {
    return start(folder(), false, List.of(options));
  }

  /** A server that answers at a port. */
  static RedisServer startAt(int port) throws IOException, InterruptedException {
    int[] ports = Ports.free(3);
    ports[0] = port;
    return new RedisServer(folder(), ports, false, List.of());
  }

  /** A server that also speaks TLS, on another port. */
  public static RedisServer startWithTls(String... options)
      throws IOException, InterruptedException {
    return start(folder(), true, List.of(options));
  }

  /** A node for a cluster, which knows no other one yet. */
  public static RedisServer startNode() throws IOException, InterruptedException {
    return start("--cluster-enabled", "yes", "--cluster-node-timeout", "1000");
  }

  /**
   * A sentinel.
   *
   * @param configuration the lines of its file, such as {@code sentinel monitor main 127.0.0.1 6379
   *     2}
   */
  public static RedisServer startSentinel(String configuration)
      throws IOException, InterruptedException {
    Path folder = folder();
    Path file = Files.writeString(folder.resolve("sentinel.conf"), configuration);
    return start(folder, false, List.of(file.toString(), "--sentinel"));
  }

  private static RedisServer start(Path folder, boolean withTls, List<String> options)
      throws IOException, InterruptedException {
    return new RedisServer(folder, Ports.free(3), withTls, options);
  }

  private List<String> arguments(List<String> options) {
    boolean isSentinel = options.contains("--sentinel");
    List<String> all = new ArrayList<>(isSentinel ? options : List.of());
    all.addAll(List.of("--port", Integer.toString(port), "--bind", HOST));
    all.addAll(List.of("--dir", folder.toString(), "--daemonize", "no"));
    if (!isSentinel) {
      all.addAll(List.of("--save", "", "--appendonly", "no"));
      all.addAll(options);
    }
    if (options.contains("--cluster-enabled")) {
      all.addAll(List.of("--cluster-port", Integer.toString(busPort)));
    }
    if (certificates != null) {
      all.addAll(List.of("--tls-port", Integer.toString(tlsPort), "--tls-auth-clients", "no"));
      all.addAll(List.of("--tls-cert-file", certificates.caFile().toString()));
      all.addAll(List.of("--tls-key-file", certificates.keyFile().toString()));
      all.addAll(List.of("--tls-ca-cert-file", certificates.caFile().toString()));
    }
    return all;
  }

  private boolean answers() {
    try (RedisTalk talk = new RedisTalk(port)) {
      // One that wants a password answers, too, and is not ready while it loads.
      return !String.valueOf(talk.ask(List.of("PING"))).startsWith("LOADING");
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it listens without TLS. */
  public int port() {
    return port;
  }

  /** Where it speaks TLS. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Where the nodes of a cluster talk to it. */
  public int busPort() {
    return busPort;
  }

  /** The certificate that its own was signed with, in PEM. */
  public Path caFile() {
    if (certificates == null) {
      throw new IllegalStateException("started without TLS");
    }
    return certificates.caFile();
  }

  /**
   * The answer to a command: text, Long, null, or a list of these; an error as its text.
   *
   * @param words the command and its arguments
   */
  public @Nullable Object ask(String... words) {
    return ask(List.of(), List.of(words));
  }

  /** The same after logging in with a password. */
  public @Nullable Object askAs(String password, String... words) {
    return ask(List.of("AUTH", password), List.of(words));
  }

  private @Nullable Object ask(List<String> first, List<String> words) {
    try (RedisTalk talk = new RedisTalk(port)) {
      if (!first.isEmpty()) {
        talk.ask(first);
      }
      return talk.ask(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many connections a client with that name has to it. */
  public long sessions(String clientName) {
    String list = String.valueOf(ask("CLIENT", "LIST"));
    return list.lines().filter(line -> line.contains(" name=" + clientName + " ")).count();
  }

  /** Kills it, as a crash would; what it held is gone. */
  public void kill() {
    process.kill();
  }

  /** Starts it again, empty, on the same ports. */
  public void restart() throws IOException, InterruptedException {
    process.restart();
  }

  @Override
  public void close() {
    process.close();
  }
}

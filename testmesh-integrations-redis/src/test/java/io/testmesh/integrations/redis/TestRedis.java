package io.testmesh.integrations.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** A real server for tests, on a port of its own; killed when it is closed. */
final class TestRedis implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private final Path folder;
  private final List<String> options;
  private final int port;
  private Process process;

  private TestRedis(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** A server that answers. */
  static TestRedis with(String... options) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("redis");
    TestRedis server = new TestRedis(folder, freePort(), List.of(options));
    server.start();
    return server;
  }

  /** A sentinel with that configuration. */
  static TestRedis sentinel(Path file) throws IOException, InterruptedException {
    return with(file.toString(), "--sentinel");
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Starts it again, empty, on the same port. */
  void start() throws IOException, InterruptedException {
    boolean isSentinel = options.contains("--sentinel");
    List<String> command = new ArrayList<>(List.of("redis-server"));
    command.addAll(isSentinel ? options : List.of());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", HOST));
    command.addAll(List.of("--dir", folder.toString(), "--daemonize", "no"));
    if (!isSentinel) {
      command.addAll(List.of("--save", "", "--appendonly", "no"));
      command.addAll(options);
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("no answer: " + Files.readString(folder.resolve("log")));
      }
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (Connection connection = new Connection(HOST, port)) {
      connection.executeCommand(arguments("PING"));
      return true;
    } catch (JedisException e) {
      // One that wants a password answers, too.
      return String.valueOf(e.getMessage()).startsWith("NOAUTH");
    }
  }

  /** Kills it, as a crash would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** The answer to a command, text as text. */
  Object ask(String command, String... arguments) {
    return ask(null, command, arguments);
  }

  /** The same with a password. */
  Object ask(String password, List<String> words) {
    return ask(password, words.get(0), words.subList(1, words.size()).toArray(String[]::new));
  }

  private Object ask(String password, String command, String[] arguments) {
    JedisClientConfig config = DefaultJedisClientConfig.builder().password(password).build();
    try (Connection connection = new Connection(new HostAndPort(HOST, port), config)) {
      Object answer = connection.executeCommand(arguments(command, arguments));
      return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : answer;
    }
  }

  private static CommandArguments arguments(String command, String... arguments) {
    CommandArguments all = new CommandArguments(() -> command.getBytes(StandardCharsets.UTF_8));
    for (String argument : arguments) {
      all.add(argument);
    }
    return all;
  }

  /** Tells a node of a cluster of another one. */
  void meet(TestRedis other) {
    int bus = other.options.indexOf("--cluster-port") + 1;
    ask("CLUSTER", "MEET", HOST, Integer.toString(other.port), other.options.get(bus));
  }

  /** How many connections the product has to it. */
  long sessions() {
    String list = String.valueOf(ask("CLIENT", "LIST"));
    return list.lines().filter(line -> line.contains(" name=" + Dialer.CLIENT_NAME + " ")).count();
  }

  @Override
  public void close() {
    kill();
  }
}

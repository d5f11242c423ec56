package io.testmesh.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process in a folder of its own: killed when it is closed, and when this JVM ends
 * however that ends.
 */
public final class ServerProcess implements AutoCloseable {
  /** Where servers listen. */
  public static final String HOST = "127.0.0.1:";

  private static final int READY = 200;

  private final Launch launch;
  private final BooleanSupplier ready;
  private Process process;

  /**
   * How a server is started.
   *
   * @param name of the server, for messages
   * @param folder its own, which is deleted in the end
   * @param command what starts it
   * @param environment what it finds in its environment besides ours
   * @param signal that kills it; null when it ends itself with its standard input
   */
  record Launch(
      String name,
      Path folder,
      List<String> command,
      Map<String, String> environment,
      @Nullable String signal) {

    Process start() throws IOException {
      List<String> words = new ArrayList<>();
      if (signal != null) {
        // Kills the server when nobody holds the other end of standard input any more.
        String whileHeld =
            "exec 3<&0; \"$@\" 3<&- & server=$!; (cat <&3 >/dev/null; kill -"
                + signal
                + " $server) & exec 3<&-; wait $server";
        words.addAll(List.of("sh", "-c", whileHeld, name));
      }
      words.addAll(command);
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log().toFile());
      builder.environment().putAll(environment);
      // What a program leaves at home is left in the folder.
      builder.environment().put("HOME", folder.toString());
      return builder.start();
    }

    Path log() {
      return folder.resolve("log");
    }
  }

  private ServerProcess(Launch launch, BooleanSupplier ready) throws IOException {
    this.launch = launch;
    this.ready = ready;
    this.process = launch.start();
  }

  /**
   * A server that answers.
   *
   * @param name of the server, for messages
   * @param folder its own, which is deleted in the end
   * @param command what starts it
   * @param environment what it finds in its environment besides ours
   * @param ready the address that answers 200 when it is ready
   */
  public static ServerProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment, String ready)
      throws IOException, InterruptedException {
    return start(new Launch(name, folder, command, environment, "9"), () -> isReady(ready));
  }

  /** A server that answers. */
  static ServerProcess start(Launch launch, BooleanSupplier ready)
      throws IOException, InterruptedException {
    ServerProcess server = new ServerProcess(launch, ready);
    server.awaitReady();
    return server;
  }

  /** A folder for a server. */
  public static Path folder(String name) throws IOException {
    return Files.createTempDirectory(name);
  }

  /** The program that runs this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void awaitReady() throws IOException, InterruptedException {
    try {
      awaitReady(launch.name(), process, launch.log(), ready);
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits until a server is ready.
   *
   * @param log what it prints, which is told when it ends before or takes two minutes
   */
  static void awaitReady(String name, Process process, Path log, BooleanSupplier ready)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(name + " does not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean isReady(String ready) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(ready).toURL().openConnection();
      connection.setReadTimeout(2000);
      return connection.getResponseCode() == READY;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends a signal.
   *
   * @param signal of POSIX, without SIG
   */
  void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + signal + " failed");
    }
  }

  /** Kills it, as a crash would; its folder stays. */
  void kill() {
    try {
      process.getOutputStream().close();
      if (launch.signal() == null) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    }
    awaitEnd(process);
  }

  /**
   * Not by {@link Process#onExit}: from Java 25 on it needs the common pool, whose only thread a
   * test may be using to wait for this very server.
   */
  private static void awaitEnd(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again with its folder. */
  void restart() throws IOException, InterruptedException {
    process = launch.start();
    awaitReady();
  }

  @Override
  public void close() {
    kill();
    try {
      if (Files.exists(launch.folder())) {
        Folders.delete(launch.folder());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

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

/**
 * A server as a process in a folder of its own: killed when it is closed, and when this JVM ends
 * however that ends.
 */
public final class ServerProcess implements AutoCloseable {
  /** Where servers listen. */
  public static final String HOST = "127.0.0.1:";

  private static final int READY = 200;

  /** Kills the server when nobody holds the other end of standard input any more. */
  private static final String WHILE_HELD =
      "exec 3<&0; \"$@\" 3<&- & server=$!;"
          + " (cat <&3 >/dev/null; kill -9 $server) & exec 3<&-; wait $server";

  private final String name;
  private final Path folder;
  private final Process process;

  private ServerProcess(String name, Path folder, Process process) {
    this.name = name;
    this.folder = folder;
    this.process = process;
  }

  /**
   * A server that answers.
   *
   * @param name of the server, for messages and its folder
   * @param folder its own, which is deleted in the end
   * @param command what starts it
   * @param environment what it finds in its environment besides ours
   * @param ready the address that answers 200 when it is ready
   */
  public static ServerProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment, String ready)
      throws IOException, InterruptedException {
    return start(name, folder, command, environment, () -> isReady(ready));
  }

  /**
   * A server that makes a file when it is ready.
   *
   * @param ready the file
   */
  public static ServerProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment, Path ready)
      throws IOException, InterruptedException {
    return start(name, folder, command, environment, () -> Files.exists(ready));
  }

  private static ServerProcess start(
      String name,
      Path folder,
      List<String> command,
      Map<String, String> environment,
      BooleanSupplier ready)
      throws IOException, InterruptedException {
    List<String> held = new ArrayList<>(List.of("sh", "-c", WHILE_HELD, name));
    held.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(held)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    // What a program leaves at home is left in the folder.
    builder.environment().put("HOME", folder.toString());
    ServerProcess server = new ServerProcess(name, folder, builder.start());
    server.awaitReady(ready);
    return server;
  }

  /** A folder for a server. */
  public static Path folder(String name) throws IOException {
    return Files.createTempDirectory(name);
  }

  private void awaitReady(BooleanSupplier ready) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException(name + " does not start: " + log);
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

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    Ending.await(process);
    try {
      if (Files.exists(folder)) {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

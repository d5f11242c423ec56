package io.testmesh.plugin.process;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the processes of one host. Safe for use by several threads; closed when none of its
 * processes is needed any more, which it does not end.
 *
 * <p>All of them are started by one thread that lives as long as this does: some systems end a
 * process with the thread that started it.
 */
public final class Processes implements AutoCloseable {
  private static final int BUSY_TRIES = 3;

  private final Map<String, String> environment;
  private final Map<String, Set<String>> granted;
  private final Path logs;
  private final Ledger ledger;
  private final AtomicBoolean swept = new AtomicBoolean();
  private final ExecutorService spawner = Executors.newSingleThreadExecutor(Processes::name);

  /**
   * Starts nothing yet.
   *
   * @param environment the environment that plugins are given parts of
   * @param granted the names of further parts, by plugin
   * @param folder where logs and what runs are written down
   */
  public Processes(Map<String, String> environment, Map<String, Set<String>> granted, Path folder) {
    this.environment = Map.copyOf(environment);
    this.granted = Map.copyOf(granted);
    this.logs = folder.resolve("logs");
    this.ledger = new Ledger(folder.resolve("run"));
  }

  private static Thread name(Runnable task) {
    Thread thread = new Thread(task, "testmesh-plugin-spawner");
    thread.setDaemon(true);
    return thread;
  }

  /** The kept output of a plugin. */
  public PluginLog log(String plugin) {
    return new PluginLog(logs, plugin);
  }

  /** Starts a plugin on a port that is free; it is not known yet whether it will serve. */
  public PluginProcess start(Manifest manifest, PluginLog log) throws PluginException {
    if (swept.compareAndSet(false, true)) {
      ledger.sweep();
    }
    String id = manifest.id();
    List<String> command = Command.of(manifest, environment);
    String cookie = UUID.randomUUID().toString().replace("-", "");
    ProcessBuilder builder = new ProcessBuilder(Launcher.before(command, Machine.CURRENT));
    builder.directory(manifest.folder().toFile());
    Map<String, String> seen = builder.environment();
    seen.clear();
    seen.putAll(
        ChildEnvironment.of(environment, granted.getOrDefault(id, Set.of()), Machine.CURRENT));
    seen.put(ChildEnvironment.ID, id);
    seen.put(ChildEnvironment.COOKIE, cookie);
    seen.put(ChildEnvironment.HOST, Long.toString(ProcessHandle.current().pid()));
    try (Ports port = Ports.reserve(id)) {
      seen.put(ChildEnvironment.PORT, Integer.toString(port.port()));
      log.note("starting " + String.join(" ", command) + " on port " + port.port());
      Process process = spawn(id, () -> start(builder, port));
      try {
        Path entry = ledger.add(id, process.toHandle(), cookie);
        return new PluginProcess(id, process, port.port(), cookie, entry, log);
      } catch (Throwable e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw spawnFailed(id, e);
    }
  }

  /** Waits to the end even when interrupted: nobody else knows of the process. */
  private Process spawn(String id, Callable<Process> task) throws PluginException {
    Future<Process> started = spawner.submit(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return started.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw spawnFailed(id, e.getCause() == null ? e : e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Process start(ProcessBuilder builder, Ports port) throws IOException {
    port.close();
    for (int i = 1; ; i++) {
      try {
        return builder.start();
      } catch (IOException e) {
        // A file that was just written may still be open in a process that is being made.
        if (i == BUSY_TRIES || !String.valueOf(e.getMessage()).contains("error=26")) {
          throw e;
        }
      }
    }
  }

  static PluginException spawnFailed(String id, Throwable cause) {
    String what = String.valueOf(cause.getMessage());
    String hint = null;
    if (what.contains("jspawnhelper") || what.contains("posix_spawn")) {
      hint = "the Java runtime may have been replaced while it runs: start this program again";
    } else if (what.contains("error=11")
        || what.contains("error=12")
        || what.contains("error=24")) {
      hint = "a limit of processes, files or memory is reached: see ulimit -a";
    }
    return new PluginException(
        "SPAWN_FAILED", "plugin \"" + id + "\" cannot be started: " + what, hint, cause);
  }

  /** Ends the thread that starts processes. */
  @Override
  public void close() {
    spawner.shutdown();
    try {
      spawner.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

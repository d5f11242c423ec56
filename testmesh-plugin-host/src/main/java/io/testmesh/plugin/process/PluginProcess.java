package io.testmesh.plugin.process;

import io.testmesh.plugin.process.ProcFiles.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One process of a plugin, from its start to the end of all that it started. Safe for use by
 * several threads; who starts it ends it with {@link #kill}.
 */
public final class PluginProcess {
  private static final Duration TO_KILL = Duration.ofSeconds(5);
  private static final long LAST_OUTPUT_MILLIS = 500;

  private final String plugin;
  private final Process process;
  private final int port;
  private final String cookie;
  private final ProcessTree tree;
  private final @Nullable Path entry;
  private final OutputTail tail = new OutputTail();
  private final CompletableFuture<Exit> exited = new CompletableFuture<>();

  PluginProcess(
      String plugin,
      Process process,
      int port,
      String cookie,
      @Nullable Path entry,
      PluginLog log) {
    this.plugin = plugin;
    this.process = process;
    this.port = port;
    this.cookie = cookie;
    this.entry = entry;
    this.tree = new ProcessTree(process.toHandle(), cookie);
    Thread output =
        thread("out", new OutputReader(process.getInputStream(), PluginLog.STDOUT, tail, log));
    Thread errors =
        thread("err", new OutputReader(process.getErrorStream(), PluginLog.STDERR, tail, log));
    thread("exit", () -> watch(output, errors));
  }

  private Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, "testmesh-plugin-" + plugin + "-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void watch(Thread output, Thread errors) {
    try {
      int code = process.waitFor();
      output.join(LAST_OUTPUT_MILLIS);
      errors.join(LAST_OUTPUT_MILLIS);
      exited.complete(new Exit(code));
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
      exited.completeExceptionally(e);
    }
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Where it was told to listen. */
  public int port() {
    return port;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended, once it has and its output is read. */
  public CompletableFuture<Exit> exited() {
    return exited;
  }

  /** The last lines of its output, cut. */
  public List<String> tail() {
    return tail.lines();
  }

  /** Remembers what it has started, while it can still be seen. */
  public void look() {
    tree.look();
  }

  /** Asks it and what it has started to end. */
  public void terminate() {
    tree.look();
    tree.terminate();
  }

  /**
   * Ends it and all that it has started, at once; waits until that is done.
   *
   * @return the processes that could not be ended
   */
  public List<Long> kill() {
    List<Long> left = tree.kill(TO_KILL);
    if (left.isEmpty() && entry != null) {
      try {
        Files.deleteIfExists(entry);
      } catch (IOException e) {
        // The next host finds that the process is gone.
      }
    }
    return left;
  }

  /** Looks who listens; Linux alone tells. */
  public Listening listening() {
    List<Listener> all = ProcFiles.isThere() ? ProcFiles.listeners() : List.of();
    if (all.isEmpty()) {
      return Listening.UNKNOWN;
    }
    Set<String> own = new HashSet<>(ProcFiles.sockets(pid()));
    List<Listener> here = new ArrayList<>();
    for (Listener listener : all) {
      if (listener.port() == port) {
        here.add(listener);
      }
    }
    if (!ownsOne(here, own)) {
      for (long pid : ProcFiles.withCookie(cookie)) {
        own.addAll(ProcFiles.sockets(pid));
      }
    }
    List<Integer> others = new ArrayList<>();
    for (Listener listener : all) {
      if (listener.port() != port && own.contains(listener.inode())) {
        others.add(listener.port());
      }
    }
    return summary(here, own, others);
  }

  private static boolean ownsOne(List<Listener> listeners, Set<String> own) {
    for (Listener listener : listeners) {
      if (own.contains(listener.inode())) {
        return true;
      }
    }
    return false;
  }

  private static Listening summary(List<Listener> here, Set<String> own, List<Integer> others) {
    boolean foreign = !here.isEmpty() && !ownsOne(here, own);
    boolean exposed = false;
    boolean onlyIpv6 = !here.isEmpty();
    for (Listener listener : here) {
      exposed |= listener.isWildcard() && own.contains(listener.inode());
      onlyIpv6 &= listener.isLoopback6();
    }
    return new Listening(foreign, exposed, onlyIpv6, others);
  }
}

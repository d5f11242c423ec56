package io.testmesh.plugin.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process and all that it started: what was seen below it, and on Linux what has its cookie. A
 * tree cannot be followed once its root is gone, so it is looked at before anything is ended. Safe
 * for use by several threads.
 */
final class ProcessTree {
  private static final long PAUSE_NANOS = 5_000_000;

  private final @Nullable ProcessHandle root;
  private final String cookie;
  private final Map<Long, ProcessHandle> known = new LinkedHashMap<>();

  ProcessTree(@Nullable ProcessHandle root, String cookie) {
    this.root = root;
    this.cookie = cookie;
  }

  /** Remembers what there is now. */
  synchronized void look() {
    if (root != null) {
      add(root);
      root.descendants().forEach(this::add);
    }
    for (long pid : ProcFiles.withCookie(cookie)) {
      ProcessHandle.of(pid).ifPresent(this::add);
    }
  }

  private void add(ProcessHandle process) {
    known.putIfAbsent(process.pid(), process);
  }

  /** The processes that were seen and still run, in the order in which they were seen. */
  synchronized List<ProcessHandle> living() {
    List<ProcessHandle> living = new ArrayList<>();
    for (ProcessHandle process : known.values()) {
      // One that its parent has not noticed to be dead is alive to the JDK, maybe for ever.
      if (process.isAlive() && !(ProcFiles.isThere() && ProcFiles.isDead(process.pid()))) {
        living.add(process);
      }
    }
    return living;
  }

  /** Asks all that was seen to end; Windows knows no such thing. */
  void terminate() {
    for (ProcessHandle process : living()) {
      if (process.supportsNormalTermination()) {
        process.destroy();
      }
    }
  }

  /**
   * Kills all that can be found, the last one first, until nothing is left.
   *
   * @return what could not be killed in that time
   */
  List<Long> kill(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    List<ProcessHandle> living;
    do {
      look();
      living = living();
      for (int i = living.size() - 1; i >= 0; i--) {
        living.get(i).destroyForcibly();
      }
      if (!living.isEmpty()) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } while (!living.isEmpty() && System.nanoTime() - end < 0);
    List<Long> left = new ArrayList<>();
    for (ProcessHandle process : living()) {
      left.add(process.pid());
    }
    return left;
  }
}

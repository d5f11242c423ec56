package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One at a time changes a plugin folder: among the threads of this object, among all objects of the
 * JVM, and among processes.
 *
 * <p>Two files are locked, because closing any channel of a file gives up all locks that the
 * process has on it (fcntl(2)): a thread that tries in vain must not open the file whose lock
 * counts, not even to read it. On the first file the JDK's own table of locks keeps the JVM's
 * threads apart; only who has it opens the second one. Who holds them stands in a third. The files
 * stay, since deleting a locked file splits its users.
 */
final class FolderLock {
  private static final String THREADS = "lock.threads";
  private static final String PROCESSES = "lock";
  private static final String HOLDER = "lock.holder";
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final OwnFolder own;
  private final Duration limit;
  private final ReentrantLock mine = new ReentrantLock();

  FolderLock(OwnFolder own, Duration limit) {
    this.own = own;
    this.limit = limit;
  }

  /** Something to do with the folder. */
  interface Change<T> {
    T make() throws IOException, PluginException;
  }

  /**
   * Makes a change while nobody else does; within a change it may be called again.
   *
   * @throws PluginException DIR_LOCKED when the wait was in vain, and what the change throws
   * @throws IOException when the folder cannot be written to, and what the change throws
   */
  <T> T with(Change<T> change) throws IOException, PluginException {
    long end = System.nanoTime() + limit.toNanos();
    if (!mineBy(end)) {
      throw locked();
    }
    try {
      if (mine.getHoldCount() > 1) {
        return change.make();
      }
      own.make();
      return alone(change, end);
    } catch (ClosedByInterruptException stop) {
      throw new PluginException(
          "CANCELLED", "the change of the plugin folder " + own.plugins() + " was cancelled", null);
    } finally {
      mine.unlock();
    }
  }

  private <T> T alone(Change<T> change, long end) throws IOException, PluginException {
    FileChannel threads = hold(own.resolve(THREADS), end);
    try {
      FileChannel processes = hold(own.resolve(PROCESSES), end);
      try {
        sign();
        return change.make();
      } finally {
        processes.close();
      }
    } finally {
      threads.close();
    }
  }

  private boolean mineBy(long end) throws PluginException {
    try {
      return mine.tryLock(Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw locked();
    }
  }

  private FileChannel hold(Path file, long end) throws IOException, PluginException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      while (true) {
        FileLock lock = tryLock(channel);
        if (lock != null) {
          held = true;
          return channel;
        }
        if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
          throw locked();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private PluginException locked() {
    String holder = "another process";
    try {
      String pid = Files.readString(own.resolve(HOLDER)).strip();
      holder = pid.isEmpty() ? holder : "process " + pid;
    } catch (IOException unknown) {
      // Nobody wrote who it is.
    }
    return new PluginException(
        "DIR_LOCKED",
        "the plugin folder " + own.plugins() + " is being changed by " + holder,
        "try again when it is done; waited " + limit.toMillis() + " ms");
  }

  /** Leaves word of who holds it, for those who wait. */
  private void sign() throws IOException {
    Files.writeString(own.resolve(HOLDER), Long.toString(ProcessHandle.current().pid()));
  }
}

package io.testmesh.engine.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a runner's flows, made at the first use: daemon threads of the platform for few
 * flows at once, virtual ones for many where the Java has them. Few flows gain nothing from virtual
 * threads, and the first one costs 30 ms at its start and up to 300 ms when the JVM ends (measured
 * on 25).
 */
final class FlowThreads implements AutoCloseable {
  /** As many flows as platform threads run at once at most. */
  static final int MOST_PLATFORM_THREADS = 256;

  private static final int FEW = 64;

  private final DaemonThreads platformThreads = new DaemonThreads();
  private @Nullable ExecutorService platform;
  private @Nullable ExecutorService virtual;
  private boolean closed;

  private synchronized ExecutorService platform() {
    requireOpen();
    if (platform == null) {
      platform = Executors.newCachedThreadPool(platformThreads);
    }
    return platform;
  }

  private synchronized @Nullable ExecutorService virtual() {
    requireOpen();
    if (virtual == null) {
      virtual = virtualThreads();
    }
    return virtual;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the runner is closed");
    }
  }

  /**
   * Java 21 and later have {@code Executors.newVirtualThreadPerTaskExecutor}; we compile for 17.
   */
  private static @Nullable ExecutorService virtualThreads() {
    try {
      MethodHandle factory =
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class));
      return (ExecutorService) factory.invoke();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    } catch (Throwable e) {
      throw new IllegalStateException("no virtual threads, although this Java has them", e);
    }
  }

  /** How many flows may run at once. */
  int limit(int wanted) {
    return wanted <= MOST_PLATFORM_THREADS || virtual() != null ? wanted : MOST_PLATFORM_THREADS;
  }

  /** Starts work that is one of so many at once. */
  void start(Runnable work, int atOnce) {
    ExecutorService many = atOnce > FEW ? virtual() : null;
    (many == null ? platform() : many).execute(work);
  }

  /** Ends the threads and waits for them. The work has been stopped before. */
  @Override
  public void close() {
    List<ExecutorService> open = new ArrayList<>();
    synchronized (this) {
      closed = true;
      if (platform != null) {
        open.add(platform);
      }
      if (virtual != null) {
        open.add(virtual);
      }
    }
    boolean interrupted = false;
    for (ExecutorService threads : open) {
      threads.shutdown();
      interrupted |= awaitEnd(threads);
    }
    // A pool counts a thread as ended while it is still ending.
    interrupted |= platformThreads.join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.DAYS)) {
          return interrupted;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static final class DaemonThreads implements ThreadFactory {
    private final AtomicInteger number = new AtomicInteger();
    private final Set<Thread> started = ConcurrentHashMap.newKeySet();

    @Override
    public Thread newThread(Runnable work) {
      started.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
      Thread thread = new Thread(work, "testmesh-flow-" + number.incrementAndGet());
      thread.setDaemon(true);
      started.add(thread);
      return thread;
    }

    boolean join() {
      boolean interrupted = false;
      for (Thread thread : started) {
        interrupted |= Threads.join(thread);
      }
      return interrupted;
    }
  }
}

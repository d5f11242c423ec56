package io.testmesh.engine.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a runner's flows: virtual where the Java has them, else daemon threads of the
 * platform. Made at the first use: a single flow runs on its caller's thread.
 */
final class FlowThreads implements AutoCloseable {
  /** As many flows as platform threads run at once at most. */
  static final int MOST_PLATFORM_THREADS = 256;

  private final DaemonThreads platformThreads = new DaemonThreads();
  private @Nullable ExecutorService executor;
  private boolean virtual;
  private boolean closed;

  private synchronized ExecutorService executor() {
    if (closed) {
      throw new IllegalStateException("the runner is closed");
    }
    if (executor == null) {
      ExecutorService threads = virtualThreads();
      virtual = threads != null;
      executor = threads == null ? Executors.newCachedThreadPool(platformThreads) : threads;
    }
    return executor;
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
  synchronized int limit(int wanted) {
    if (wanted <= MOST_PLATFORM_THREADS) {
      return wanted;
    }
    executor();
    return virtual ? wanted : MOST_PLATFORM_THREADS;
  }

  void start(Runnable work) {
    executor().execute(work);
  }

  /** Ends the threads and waits for them. The work has been stopped before. */
  @Override
  public void close() {
    ExecutorService threads;
    synchronized (this) {
      closed = true;
      threads = executor;
    }
    if (threads == null) {
      return;
    }
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.DAYS)) {
          // A pool counts a thread as ended while it is still ending.
          platformThreads.join();
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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

    void join() throws InterruptedException {
      for (Thread thread : started) {
        thread.join();
      }
    }
  }
}

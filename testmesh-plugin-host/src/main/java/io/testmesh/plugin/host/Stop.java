package io.testmesh.plugin.host;

import io.testmesh.action.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops the one thread that works for it. Safe for use by several threads. */
final class Stop implements Cancellation {
  private final List<Runnable> reactions = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean stopped;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Says which thread is to be interrupted, as soon as it runs. */
  synchronized void worker(Thread worker) {
    thread = worker;
  }

  void stop() {
    List<Runnable> now;
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
      over.countDown();
      now = List.copyOf(reactions);
      if (thread != null) {
        thread.interrupt();
      }
    }
    for (Runnable reaction : now) {
      reaction.run();
    }
  }

  @Override
  public synchronized boolean isCancelled() {
    return stopped;
  }

  @Override
  public Registration onCancel(Runnable reaction) {
    synchronized (this) {
      if (!stopped) {
        reactions.add(reaction);
        return () -> remove(reaction);
      }
    }
    reaction.run();
    return () -> {};
  }

  /** Waits so long, or until it is stopped. */
  void await(long nanos) throws InterruptedException {
    if (over.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
  }

  private synchronized void remove(Runnable reaction) {
    reactions.remove(reaction);
  }
}

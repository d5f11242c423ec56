package io.testmesh.integrations.http;

import io.testmesh.action.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** Stops an attempt as an engine does: interrupts its thread and runs the reactions. */
final class TestCancellation implements Cancellation {
  private final Thread thread = Thread.currentThread();
  private final List<Runnable> reactions = new ArrayList<>();
  private volatile boolean cancelled;

  synchronized void cancel() {
    cancelled = true;
    thread.interrupt();
    for (Runnable reaction : reactions) {
      reaction.run();
    }
  }

  /** Waits for the thread that cancels; its interrupt may come late and is of no use then. */
  static void await(Thread cancelling) {
    while (cancelling.isAlive()) {
      try {
        cancelling.join();
      } catch (InterruptedException late) {
        // The test goes on.
      }
    }
    Thread.interrupted();
  }

  synchronized int open() {
    return reactions.size();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public synchronized Registration onCancel(Runnable reaction) {
    reactions.add(reaction);
    return () -> {
      synchronized (this) {
        reactions.remove(reaction);
      }
    };
  }
}

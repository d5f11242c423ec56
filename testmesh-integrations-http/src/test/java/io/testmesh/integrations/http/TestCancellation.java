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

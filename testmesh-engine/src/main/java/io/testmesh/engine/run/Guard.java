package io.testmesh.engine.run;

import io.testmesh.action.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A section of work that can be stopped from another thread, by interruption and by reactions: one
 * attempt, or one wait. An explicit state machine: running, then either done, or stopping and then
 * stopped. An interrupt that was meant for this section never reaches the next one.
 */
final class Guard implements Cancellation {
  private static final int RUNNING = 0;
  private static final int STOPPING = 1;
  private static final int STOPPED = 2;
  private static final int DONE = 3;

  private final Thread thread = Thread.currentThread();
  private final AtomicInteger state = new AtomicInteger(RUNNING);
  private final Limit limit;
  private volatile @Nullable StopReason reason;
  private @Nullable List<Reaction> reactions;

  Guard(Limit limit) {
    this.limit = limit;
  }

  Limit limit() {
    return limit;
  }

  /** Stops the section, if it still runs. */
  void stop(StopReason why) {
    if (!state.compareAndSet(RUNNING, STOPPING)) {
      return;
    }
    reason = why;
    try {
      thread.interrupt();
      for (Reaction reaction : takeReactions()) {
        reaction.runSafely();
      }
    } finally {
      state.set(STOPPED);
    }
  }

  private synchronized List<Reaction> takeReactions() {
    List<Reaction> taken = reactions == null ? List.of() : List.copyOf(reactions);
    reactions = null;
    return taken;
  }

  /** Ends the section on its own thread; tells why it was stopped, or null when it was not. */
  @Nullable StopReason finish() {
    if (state.compareAndSet(RUNNING, DONE)) {
      return null;
    }
    while (state.get() == STOPPING) {
      Thread.onSpinWait();
    }
    // The interrupt belonged to this section.
    Thread.interrupted();
    return reason;
  }

  /** Why the section was stopped; null while it was not. */
  @Nullable StopReason reason() {
    return reason;
  }

  @Override
  public boolean isCancelled() {
    return reason != null;
  }

  @Override
  public Registration onCancel(Runnable action) {
    Reaction reaction = new Reaction(action);
    boolean late;
    synchronized (this) {
      late = state.get() == STOPPING || state.get() == STOPPED;
      if (!late) {
        if (reactions == null) {
          reactions = new ArrayList<>(2);
        }
        reactions.add(reaction);
      }
    }
    if (late) {
      reaction.runSafely();
    }
    return reaction;
  }

  /** Runs at most once; {@link #close} waits for a run that has begun. */
  private final class Reaction implements Registration {
    private final Runnable action;
    private boolean over;

    Reaction(Runnable action) {
      this.action = action;
    }

    /**
     * A reaction is foreign code: what it throws must end neither the watchdog nor a cancelling.
     */
    synchronized void runSafely() {
      if (over) {
        return;
      }
      over = true;
      try {
        action.run();
      } catch (Throwable e) {
        LoggerFactory.getLogger(Guard.class).warn("an action's reaction to cancelling failed", e);
      }
    }

    @Override
    public void close() {
      synchronized (Guard.this) {
        if (reactions != null) {
          reactions.remove(this);
        }
      }
      synchronized (this) {
        over = true;
      }
    }
  }
}

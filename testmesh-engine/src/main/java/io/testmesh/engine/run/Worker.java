package io.testmesh.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * A thread that runs steps, as seen by those that may stop it. The sections of a worker follow one
 * another; {@link #guard} is the one that runs now.
 */
final class Worker implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final Watchdog watchdog;
  private final @Nullable Worker outer;
  private volatile @Nullable Guard guard;
  private volatile @Nullable String stopped;
  private volatile boolean shielded;

  /**
   * A worker of the calling thread.
   *
   * @param outer the worker that waits for this one, and what stops it stops this one; or null
   */
  Worker(Watchdog watchdog, @Nullable Worker outer) {
    this.watchdog = watchdog;
    this.outer = outer;
  }

  /** The worker that waits for this one, or null. */
  @Nullable Worker outer() {
    return outer;
  }

  /** Whether this worker works for another one, however indirectly. */
  boolean isBelow(Worker other) {
    for (Worker worker = outer; worker != null; worker = worker.outer) {
      if (worker == other) {
        return true;
      }
    }
    return false;
  }

  /** Notes that this worker alone has to stop, and why; {@link RunControl#stop} does the rest. */
  void noteStop(String reason) {
    stopped = reason;
  }

  /** Why this worker alone has to stop, or null. */
  @Nullable String stopped() {
    return stopped;
  }

  /** Whether this is the worker of that thread. */
  boolean isOn(Thread other) {
    return thread == other;
  }

  /** The section that runs now, or null. */
  @Nullable Guard guard() {
    return guard;
  }

  /** Whether the worker does what goes on when the run is cancelled: teardown. */
  boolean isShielded() {
    return shielded;
  }

  void setShielded(boolean on) {
    shielded = on;
  }

  /** Begins a section on the calling thread. */
  Guard begin(Limit limit) {
    Guard section = new Guard(limit);
    guard = section;
    watchdog.expect(limit.deadline().nanoTime());
    return section;
  }

  /** Ends the section; tells why it was stopped, or null when it was not. */
  @Nullable StopReason end(Guard section) {
    guard = null;
    return section.finish();
  }

  @Override
  public void close() {
    watchdog.forget(this);
  }
}

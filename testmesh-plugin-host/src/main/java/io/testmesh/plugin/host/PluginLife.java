package io.testmesh.plugin.host;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.process.Exit;
import io.testmesh.plugin.registry.RunningStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one plugin stands, and what may come next: the state machine. It starts, calls and ends
 * nothing; each transition happens under a lock that is held only for that. Safe for use by several
 * threads.
 */
final class PluginLife {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String id;
  private final PluginFailures failures;
  private final Gate gate;
  private final Crashes crashes = new Crashes();

  private PluginState state = PluginState.STOPPED;
  private @Nullable Serving serving;
  private @Nullable Start start;
  private @Nullable CompletableFuture<@Nullable Void> stopping;
  private CompletableFuture<@Nullable Void> clearing = CompletableFuture.completedFuture(null);
  private @Nullable PluginException problem;
  private @Nullable String sick;
  private int restarts;
  private int calls;
  private boolean tainted;
  private boolean held;
  private boolean retired;

  /** A plugin that does not run; the gate gets the size that the plugin asks for. */
  PluginLife(String id, PluginFailures failures, Gate gate) {
    this.id = id;
    this.failures = failures;
    this.gate = gate;
  }

  RunningStatus status(List<PluginWarning> conflicts) {
    lock.lock();
    try {
      Serving now = serving;
      List<PluginWarning> warnings = new ArrayList<>(now == null ? List.of() : now.warnings());
      if (sick != null) {
        warnings.add(new PluginWarning("UNHEALTHY", "plugin \"" + id + "\" " + sick));
      }
      return new RunningStatus(
          now != null && sick != null ? "sick" : state.key(),
          now != null && state != PluginState.STOPPING,
          problem,
          now == null ? null : (Long) now.process().pid(),
          now == null ? null : (Integer) now.process().port(),
          now == null ? null : now.info().actions(),
          restarts,
          warnings,
          conflicts);
    } finally {
      lock.unlock();
    }
  }

  /** The process that serves; null when none does. */
  @Nullable Serving serving() {
    lock.lock();
    try {
      return serving;
    } finally {
      lock.unlock();
    }
  }

  /** The process that serves and is not called just now; null when there is none. */
  @Nullable Serving idle() {
    lock.lock();
    try {
      return state == PluginState.READY && calls == 0 ? serving : null;
    } finally {
      lock.unlock();
    }
  }

  /** Notes what a process said about its health, if that still matters. */
  void heard(Serving who, @Nullable String whyUnhealthy) {
    lock.lock();
    try {
      if (serving == who && calls == 0) {
        sick = whyUnhealthy;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets a plugin that was stopped be started again by who calls it. */
  void release() {
    lock.lock();
    try {
      held = false;
    } finally {
      lock.unlock();
    }
  }

  /** Never starts the plugin again. */
  void retire() {
    lock.lock();
    try {
      retired = true;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets earlier crashes, so that a plugin that was given up is started again. */
  void forgive() {
    lock.lock();
    try {
      held = false;
      crashes.clear();
      if (state == PluginState.FAILED) {
        become(PluginState.STOPPED);
        problem = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The process that serves, or will; one start for all who ask at the same time.
   *
   * @param starter begins a start and returns at once
   */
  CompletableFuture<Serving> ready(Consumer<Start> starter) {
    lock.lock();
    try {
      Start running = start;
      Serving now = serving;
      if (held || retired) {
        return refused();
      }
      switch (state) {
        case STARTING:
        case CHECKING:
          return running == null ? refused() : running.ready();
        case READY:
          if (tainted && calls == 0 && now != null) {
            return begin(PluginState.CHECKING, now, starter);
          }
          return now == null ? refused() : CompletableFuture.completedFuture(now);
        case DRAINING:
        case STOPPING:
          return refused();
        case FAILED:
          return crashes.isLoop() && problem != null
              ? CompletableFuture.failedFuture(problem)
              : begin(PluginState.STARTING, null, starter);
        case STOPPED:
        case CRASHED:
        default:
          return begin(PluginState.STARTING, null, starter);
      }
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Serving> refused() {
    return CompletableFuture.failedFuture(failures.stopped());
  }

  private CompletableFuture<Serving> begin(
      PluginState next, @Nullable Serving doubtful, Consumer<Start> starter) {
    Start begun =
        Start.of(doubtful, crashes.waitNanos(System.nanoTime()), state == PluginState.CRASHED);
    start = begun;
    problem = null;
    become(next);
    starter.accept(begun);
    return begun.ready();
  }

  private void become(PluginState next) {
    state = next;
    changed.signalAll();
  }

  void countRestart() {
    lock.lock();
    try {
      restarts++;
    } finally {
      lock.unlock();
    }
  }

  /** Takes over what a start gave; gives back a process that nobody wants any more. */
  @Nullable Serving settle(Start begun, @Nullable Serving made, @Nullable PluginException failed) {
    lock.lock();
    try {
      start = null;
      tainted = false;
      sick = null;
      boolean cancelled = begun.stop().isCancelled();
      if (made != null && !cancelled) {
        serving = made;
        int wanted = made.info().maxConcurrency();
        gate.resize(wanted > 0 ? wanted : Gate.DEFAULT_SIZE);
        become(PluginState.READY);
        return null;
      }
      serving = null;
      if (cancelled) {
        become(PluginState.STOPPED);
      } else {
        if (restarts > 0) {
          crashes.add(System.nanoTime());
        }
        problem = crashes.isLoop() ? failures.givenUp(failed) : failed;
        become(PluginState.FAILED);
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes that a process has ended by itself.
   *
   * @return what is to be completed when its children are gone; null when its end was wanted
   */
  @Nullable CompletableFuture<@Nullable Void> ended(Serving who, Exit exit) {
    lock.lock();
    try {
      if (serving != who || who.isEnding() || state == PluginState.CHECKING) {
        return null;
      }
      serving = null;
      tainted = false;
      crashes.add(System.nanoTime());
      PluginException why = failures.crashed(who.process(), exit, calls > 0);
      problem = crashes.isLoop() ? failures.givenUp(why) : why;
      become(crashes.isLoop() ? PluginState.FAILED : PluginState.CRASHED);
      clearing = new CompletableFuture<>();
      return clearing;
    } finally {
      lock.unlock();
    }
  }

  /** Says that a call to the process begins; false when it does not serve any more. */
  boolean enter(Serving who) {
    lock.lock();
    try {
      boolean serves = state == PluginState.READY && serving == who;
      if (serves) {
        calls++;
      }
      return serves;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that a call is over.
   *
   * @param givenUp whether it was given up before there was an answer
   */
  void leave(Serving who, boolean givenUp) {
    lock.lock();
    try {
      calls--;
      if (serving == who) {
        // One that answers does not hang.
        tainted = givenUp;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One look at what is to be done for a stop; new calls and starts are refused from then on. */
  StopTurn turnToStop() {
    lock.lock();
    try {
      held = true;
      if (start != null) {
        start.stop().stop();
        return new StopTurn(null, start.over());
      }
      if (stopping != null) {
        return new StopTurn(null, stopping);
      }
      Serving mine = serving;
      if (mine == null) {
        become(PluginState.STOPPED);
        return new StopTurn(null, clearing);
      }
      mine.expectEnd();
      stopping = new CompletableFuture<>();
      become(calls > 0 ? PluginState.DRAINING : PluginState.STOPPING);
      return new StopTurn(mine, CompletableFuture.completedFuture(null));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no call runs, or the deadline, or an interruption, which stays set. */
  void drain(Deadline deadline) {
    boolean interrupted = false;
    lock.lock();
    try {
      while (calls > 0 && !deadline.isOver()) {
        try {
          changed.awaitNanos(deadline.remainingNanos());
        } catch (InterruptedException e) {
          interrupted = true;
          break;
        }
      }
      become(PluginState.STOPPING);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Notes that the process was ended, but for these. */
  void stopped(List<Long> left) {
    lock.lock();
    try {
      serving = null;
      tainted = false;
      sick = null;
      problem = left.isEmpty() ? null : failures.notEnded(left);
      CompletableFuture<?> done = stopping;
      stopping = null;
      become(PluginState.STOPPED);
      if (done != null) {
        done.complete(null);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return state == PluginState.STOPPED;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a stop does next.
   *
   * @param mine the process that it has to end; null when it waits for another one's work
   * @param other that work
   */
  record StopTurn(@Nullable Serving mine, CompletableFuture<?> other) {}
}

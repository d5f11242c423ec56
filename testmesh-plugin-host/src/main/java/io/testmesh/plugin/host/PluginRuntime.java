package io.testmesh.plugin.host;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.process.Exit;
import io.testmesh.plugin.process.PluginLog;
import io.testmesh.plugin.process.Processes;
import io.testmesh.plugin.protocol.AnswerReader;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.plugin.registry.RunningStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one plugin: the only one that starts, stops and restarts its process. Its state
 * changes under a lock that is held only for that; starting, waiting and calling happen outside of
 * it, and who waits waits for a future. Safe for use by several threads.
 */
final class PluginRuntime {
  /** How long a plugin has to end by itself when it is asked to. */
  static final Duration POLITE = Duration.ofSeconds(5);

  private static final long STILL_THERE_MILLIS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String id;
  private final Processes processes;
  private final Duration startLimit;
  private final BiConsumer<Installed, KeptInfo> keep;
  private final AnswerReader answers;
  private final PluginFailures failures;
  private final PluginLog log;
  private final Gate gate = new Gate();
  private final Crashes crashes = new Crashes();

  private Installed installed;
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

  /**
   * A plugin that does not run.
   *
   * @param keep is given what the plugin says about itself
   */
  PluginRuntime(
      Installed installed,
      Processes processes,
      Duration startLimit,
      JsonBytes json,
      BiConsumer<Installed, KeptInfo> keep) {
    this.id = installed.id();
    this.installed = installed;
    this.processes = processes;
    this.startLimit = startLimit;
    this.keep = keep;
    this.answers = new AnswerReader(id, json);
    this.failures = new PluginFailures(id);
    this.log = processes.log(id);
  }

  String id() {
    return id;
  }

  Gate gate() {
    return gate;
  }

  AnswerReader answers() {
    return answers;
  }

  PluginFailures failures() {
    return failures;
  }

  PluginLog log() {
    return log;
  }

  /** Takes over how the plugin lies in its folder now; a process that runs stays as it is. */
  void update(Installed now) {
    lock.lock();
    try {
      installed = now;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How it is; waits for nothing.
   *
   * @param conflicts actions of it that are refused
   */
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

  /** What the plugin that runs has said about itself; null when none runs. */
  @Nullable KeptInfo info() {
    lock.lock();
    try {
      return serving == null ? null : serving.info();
    } finally {
      lock.unlock();
    }
  }

  /** The last lines of its output, to be put behind a message. */
  String tailWords() {
    lock.lock();
    try {
      return serving == null ? "" : PluginFailures.tailWords(serving.process().tail());
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
   * The process that serves; started when there is none, once for all who ask at the same time.
   * What keeps it from serving is a {@link PluginException}.
   */
  CompletableFuture<Serving> ready() {
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
          return running == null ? refused() : running.future;
        case READY:
          if (tainted && calls == 0 && now != null) {
            return begin(PluginState.CHECKING, now);
          }
          return now == null ? refused() : CompletableFuture.completedFuture(now);
        case DRAINING:
        case STOPPING:
          return refused();
        case FAILED:
          return crashes.isLoop() && problem != null
              ? CompletableFuture.failedFuture(problem)
              : begin(PluginState.STARTING, null);
        case STOPPED:
        case CRASHED:
        default:
          return begin(PluginState.STARTING, null);
      }
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Serving> refused() {
    return CompletableFuture.failedFuture(stopped());
  }

  PluginException stopped() {
    return failures.of(
        "PLUGIN_STOPPED", "was stopped", "it was disabled, removed or restarted meanwhile");
  }

  /** Starts the thread that starts the process; the lock is held. */
  private CompletableFuture<Serving> begin(PluginState next, @Nullable Serving doubtful) {
    boolean again = state == PluginState.CRASHED;
    Start begun = new Start();
    long pause = crashes.waitNanos(System.nanoTime());
    Thread thread =
        new Thread(
            () -> finish(begun, () -> bring(begun, doubtful, pause, again)),
            "testmesh-plugin-" + id + "-start");
    thread.setDaemon(true);
    begun.stop.worker(thread);
    start = begun;
    problem = null;
    become(next);
    thread.start();
    return begun.future;
  }

  private void become(PluginState next) {
    state = next;
    changed.signalAll();
  }

  private Serving bring(Start begun, @Nullable Serving doubtful, long pause, boolean again)
      throws PluginException, InterruptedException {
    if (doubtful != null) {
      boolean answers = false;
      try {
        answers = PluginCalls.answers(doubtful, STILL_THERE_MILLIS, begun.stop);
      } finally {
        if (!answers) {
          doubtful.expectEnd();
          doubtful.process().kill();
        }
      }
      if (answers) {
        return doubtful;
      }
      log.note("did not answer after a call that was given up: it is started again");
    }
    if (pause > 0) {
      log.note("is started again in " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms");
      begun.stop.await(pause);
    }
    if (again || doubtful != null) {
      countRestart();
    }
    Manifest manifest = installed().manifest();
    if (manifest == null) {
      PluginException why = installed().problem();
      throw why == null ? stopped() : why;
    }
    Duration own = manifest.startTimeout();
    Duration limit = own == null ? startLimit : own;
    return new Launch(manifest, processes, log, answers, limit, begun.stop).run();
  }

  private Installed installed() {
    lock.lock();
    try {
      return installed;
    } finally {
      lock.unlock();
    }
  }

  private void countRestart() {
    lock.lock();
    try {
      restarts++;
    } finally {
      lock.unlock();
    }
  }

  /** Runs a start to its end, whatever that is, on its own thread. */
  private void finish(Start begun, Bring task) {
    Serving made = null;
    PluginException failed = null;
    try {
      made = task.run();
    } catch (PluginException e) {
      failed = e;
    } catch (InterruptedException e) {
      failed = failures.of("START_CANCELLED", "was stopped before it served", null);
    } catch (Throwable e) {
      failed =
          new PluginException(
              "SPAWN_FAILED", "plugin \"" + id + "\" cannot be started: " + e, null, e);
    }
    Serving unwanted = settle(begun, made, failed);
    if (unwanted != null) {
      unwanted.expectEnd();
      unwanted.process().kill();
      failed = failures.of("START_CANCELLED", "was stopped before it served", null);
      made = null;
    }
    if (made != null) {
      Serving serves = made;
      keepInfo(serves);
      // Its end is handled on the thread that waits for it; what comes of that is in the state.
      CompletableFuture<Void> unused =
          serves.process().exited().thenAccept(exit -> ended(serves, exit));
      begun.future.complete(serves);
    } else {
      log.note(String.valueOf(failed == null ? null : failed.getMessage()));
      begun.future.completeExceptionally(failed == null ? stopped() : failed);
    }
    begun.over.complete(null);
  }

  /** Takes over what a start gave; gives back a process that nobody wants any more. */
  private @Nullable Serving settle(
      Start begun, @Nullable Serving made, @Nullable PluginException failed) {
    lock.lock();
    try {
      start = null;
      tainted = false;
      sick = null;
      boolean cancelled = begun.stop.isCancelled();
      if (made != null && !cancelled) {
        serving = made;
        int wanted = made.info().maxConcurrency();
        gate.resize(wanted > 0 ? wanted : Gate.DEFAULT_SIZE);
        become(PluginState.READY);
        return null;
      }
      Serving left = made == null ? null : made;
      serving = null;
      if (cancelled) {
        become(PluginState.STOPPED);
      } else {
        if (restarts > 0) {
          crashes.add(System.nanoTime());
        }
        problem = giveUp(failed);
        become(PluginState.FAILED);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** The failure, or that there were too many of them. */
  private @Nullable PluginException giveUp(@Nullable PluginException last) {
    if (!crashes.isLoop()) {
      return last;
    }
    return new PluginException(
        "CRASH_LOOP",
        "plugin \""
            + id
            + "\" is not started any more: it ended "
            + Crashes.MOST
            + " times in five minutes; the last time: "
            + (last == null ? "" : last.getMessage()),
        "find out why with: testmesh plugin logs " + id + "; then testmesh plugin enable " + id,
        last);
  }

  private void keepInfo(Serving serves) {
    if (serves.isInfoValid()) {
      keep.accept(installed(), serves.info());
    }
  }

  /** Its process has ended: by itself, unless that was wanted. */
  private void ended(Serving who, Exit exit) {
    boolean crashed;
    CompletableFuture<@Nullable Void> cleared;
    lock.lock();
    try {
      crashed = serving == who && !who.isEnding() && state != PluginState.CHECKING;
      if (crashed) {
        serving = null;
        tainted = false;
        crashes.add(System.nanoTime());
        PluginException why = failures.crashed(who.process(), exit, calls > 0);
        problem = giveUp(why);
        become(crashes.isLoop() ? PluginState.FAILED : PluginState.CRASHED);
        clearing = new CompletableFuture<>();
      }
      cleared = clearing;
    } finally {
      lock.unlock();
    }
    if (crashed) {
      log.note(exit.words());
      // What it has started is not wanted any more.
      who.process().kill();
      cleared.complete(null);
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
      if (givenUp && serving == who) {
        tainted = true;
      } else if (serving == who) {
        // It answers, so it does not hang.
        tainted = false;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Asks it how it is when nothing else runs on it; a bad answer is noted and nothing else. */
  void checkHealth() {
    Serving who;
    lock.lock();
    try {
      who = state == PluginState.READY && calls == 0 ? serving : null;
    } finally {
      lock.unlock();
    }
    if (who == null) {
      return;
    }
    String found = PluginCalls.whyUnhealthy(who, answers);
    lock.lock();
    try {
      if (serving == who && calls == 0) {
        sick = found;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops it, and waits until that is done, also when interrupted. Calls that run may go on for a
   * while; new ones are refused. Stopping what does not run does nothing.
   *
   * @param drain how long calls that run may go on
   * @param politely how long it has to end by itself
   * @return the processes that could not be ended
   */
  List<Long> stop(Duration drain, Duration politely) {
    boolean interrupted = false;
    try {
      while (true) {
        CompletableFuture<?> other;
        Serving mine = null;
        lock.lock();
        try {
          held = true;
          other = stopping;
          if (start != null) {
            start.stop.stop();
            other = start.over;
          } else if (other == null) {
            mine = serving;
            if (mine == null) {
              become(PluginState.STOPPED);
              other = clearing;
            } else {
              mine.expectEnd();
              stopping = new CompletableFuture<>();
              become(calls > 0 ? PluginState.DRAINING : PluginState.STOPPING);
            }
          }
        } finally {
          lock.unlock();
        }
        if (mine != null) {
          return end(mine, drain, politely);
        }
        if (other != null) {
          interrupted |= awaitAnyhow(other);
        }
        if (isStopped()) {
          return List.of();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return state == PluginState.STOPPED;
    } finally {
      lock.unlock();
    }
  }

  private List<Long> end(Serving who, Duration drain, Duration politely) {
    drain(Deadline.after(drain));
    List<Long> left = PluginCalls.end(who, politely);
    if (!left.isEmpty()) {
      log.note("these processes could not be ended: " + left);
    }
    lock.lock();
    try {
      serving = null;
      tainted = false;
      sick = null;
      problem =
          left.isEmpty()
              ? null
              : failures.of("STOP_FAILED", "has processes that could not be ended: " + left, null);
      CompletableFuture<?> done = stopping;
      stopping = null;
      become(PluginState.STOPPED);
      if (done != null) {
        done.complete(null);
      }
    } finally {
      lock.unlock();
    }
    return left;
  }

  private void drain(Deadline deadline) {
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

  /** Waits for another one's work, which has an end of its own; gives whether interrupted. */
  private static boolean awaitAnyhow(CompletableFuture<?> other) {
    boolean interrupted = false;
    while (!other.isDone()) {
      try {
        other.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break;
      }
    }
    return interrupted;
  }

  /** Waits for the process that serves, no longer than the deadline. */
  Serving await(CompletableFuture<Serving> ready, Deadline deadline)
      throws PluginException, InterruptedException {
    try {
      return ready.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failures.of("EXEC_TIMEOUT", "did not serve before the time was over", null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PluginException why) {
        throw why;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Brings a process that serves. */
  private interface Bring {
    Serving run() throws PluginException, InterruptedException;
  }

  /** One start that is under way. */
  private static final class Start {
    private final Stop stop = new Stop();
    private final CompletableFuture<Serving> future = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  }
}

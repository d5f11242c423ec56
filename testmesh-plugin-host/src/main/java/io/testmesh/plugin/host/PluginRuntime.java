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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one plugin: the only one that starts, stops and restarts its process. What may happen next
 * is decided by its {@link PluginLife}; here it is done, without a lock, and who waits waits for a
 * future. Safe for use by several threads.
 */
final class PluginRuntime {
  /** How long a plugin has to end by itself when it is asked to. */
  static final Duration POLITE = Duration.ofSeconds(5);

  private static final long STILL_THERE_MILLIS = 1_000;

  private final String id;
  private final Processes processes;
  private final Duration startLimit;
  private final BiConsumer<Installed, KeptInfo> keep;
  private final AnswerReader answers;
  private final PluginFailures failures;
  private final PluginLog log;
  private final Gate gate = new Gate();
  private final PluginLife life;

  private volatile Installed installed;

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
    this.life = new PluginLife(id, failures, gate);
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

  /** Takes over how the plugin lies in its folder now; a process that runs stays as it is. */
  void update(Installed now) {
    installed = now;
  }

  /**
   * How it is; waits for nothing.
   *
   * @param conflicts actions of it that are refused
   */
  RunningStatus status(List<PluginWarning> conflicts) {
    return life.status(conflicts);
  }

  /** What the plugin that runs has said about itself; null when none runs. */
  @Nullable KeptInfo info() {
    Serving now = life.serving();
    return now == null ? null : now.info();
  }

  /** The last lines of its output, to be put behind a message. */
  String tailWords() {
    Serving now = life.serving();
    return now == null ? "" : PluginFailures.tailWords(now.process().tail());
  }

  /** Lets a plugin that was stopped be started again by who calls it. */
  void release() {
    life.release();
  }

  /** Never starts the plugin again. */
  void retire() {
    life.retire();
  }

  /** Forgets earlier crashes, so that a plugin that was given up is started again. */
  void forgive() {
    life.forgive();
  }

  /**
   * The process that serves; started when there is none, once for all who ask at the same time.
   * What keeps it from serving is a {@link PluginException}.
   */
  CompletableFuture<Serving> ready() {
    return life.ready(this::begin);
  }

  private void begin(Start begun) {
    Thread thread = new Thread(() -> finish(begun), "testmesh-plugin-" + id + "-start");
    thread.setDaemon(true);
    begun.stop().worker(thread);
    thread.start();
  }

  /** Runs a start to its end, whatever that is, on its own thread. */
  private void finish(Start begun) {
    Serving made = null;
    PluginException failed = null;
    try {
      made = bring(begun);
    } catch (PluginException e) {
      failed = e;
    } catch (InterruptedException e) {
      failed = failures.startCancelled();
    } catch (Throwable e) {
      failed =
          new PluginException(
              "SPAWN_FAILED", "plugin \"" + id + "\" cannot be started: " + e, null, e);
    }
    Serving unwanted = life.settle(begun, made, failed);
    if (unwanted != null) {
      unwanted.expectEnd();
      unwanted.process().kill();
      failed = failures.startCancelled();
      made = null;
    }
    if (made != null) {
      Serving serves = made;
      if (serves.isInfoValid()) {
        keep.accept(installed, serves.info());
      }
      // Its end is handled on the thread that waits for it; what comes of that is in the state.
      CompletableFuture<Void> unused =
          serves.process().exited().thenAccept(exit -> ended(serves, exit));
      begun.ready().complete(serves);
    } else {
      log.note(String.valueOf(failed == null ? null : failed.getMessage()));
      begun.ready().completeExceptionally(failed == null ? failures.stopped() : failed);
    }
    begun.over().complete(null);
  }

  private Serving bring(Start begun) throws PluginException, InterruptedException {
    Serving doubtful = begun.doubtful();
    if (doubtful != null) {
      if (stillAnswers(doubtful, begun.stop())) {
        return doubtful;
      }
      log.note("did not answer after a call that was given up: it is started again");
    }
    if (begun.pauseNanos() > 0) {
      long millis = TimeUnit.NANOSECONDS.toMillis(begun.pauseNanos());
      log.note("is started again in " + millis + " ms");
      begun.stop().await(begun.pauseNanos());
    }
    if (begun.again() || doubtful != null) {
      life.countRestart();
    }
    Installed now = installed;
    Manifest manifest = now.manifest();
    if (manifest == null) {
      PluginException why = now.problem();
      throw why == null ? failures.stopped() : why;
    }
    Duration own = manifest.startTimeout();
    Duration limit = own == null ? startLimit : own;
    return new Launch(manifest, processes, log, answers, limit, begun.stop()).run();
  }

  /** Asks it, and ends it when it does not answer. */
  private static boolean stillAnswers(Serving doubtful, Stop stop) throws InterruptedException {
    boolean answers = false;
    try {
      answers = PluginCalls.answers(doubtful, STILL_THERE_MILLIS, stop);
    } finally {
      if (!answers) {
        doubtful.expectEnd();
        doubtful.process().kill();
      }
    }
    return answers;
  }

  /** Its process has ended: by itself, unless that was wanted. */
  private void ended(Serving who, Exit exit) {
    CompletableFuture<@Nullable Void> cleared = life.ended(who, exit);
    if (cleared != null) {
      log.note(exit.words());
      // What it has started is not wanted any more.
      who.process().kill();
      cleared.complete(null);
    }
  }

  /** Says that a call to the process begins; false when it does not serve any more. */
  boolean enter(Serving who) {
    return life.enter(who);
  }

  /**
   * Says that a call is over.
   *
   * @param givenUp whether it was given up before there was an answer
   */
  void leave(Serving who, boolean givenUp) {
    life.leave(who, givenUp);
  }

  /** Asks it how it is when nothing else runs on it; a bad answer is noted and nothing else. */
  void checkHealth() {
    Serving who = life.idle();
    if (who != null) {
      life.heard(who, PluginCalls.whyUnhealthy(who, answers));
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
        PluginLife.StopTurn turn = life.turnToStop();
        Serving mine = turn.mine();
        if (mine != null) {
          return end(mine, drain, politely);
        }
        interrupted |= awaitAnyhow(turn.other());
        if (life.isStopped()) {
          return List.of();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Long> end(Serving who, Duration drain, Duration politely) {
    life.drain(Deadline.after(drain));
    List<Long> left = PluginCalls.end(who, politely);
    if (!left.isEmpty()) {
      log.note("these processes could not be ended: " + left);
    }
    life.stopped(left);
    return left;
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
}

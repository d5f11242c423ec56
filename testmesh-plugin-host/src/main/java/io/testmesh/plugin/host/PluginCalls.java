package io.testmesh.plugin.host;

import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.process.Exit;
import io.testmesh.plugin.protocol.AnswerReader;
import io.testmesh.plugin.protocol.CallFailure;
import io.testmesh.plugin.protocol.ExecuteAnswer;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.protocol.PluginReply;
import io.testmesh.plugin.protocol.PluginRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The calls to a plugin that serves, and what it means when they bring no answer. */
final class PluginCalls {
  private static final Duration TERMINATED = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofMillis(300);
  private static final long HEALTH_MILLIS = 2_000;
  private static final int MOST_TRIES = 3;

  private PluginCalls() {}

  /**
   * Runs an action: waits for a place and for the plugin to serve, sends the request once, and
   * reads the answer.
   *
   * @throws PluginException when that did not work; code {@code EXEC_TIMEOUT} when the time was up
   */
  static ExecuteAnswer execute(
      PluginRuntime plugin, PluginRequest request, Deadline deadline, Cancellation cancellation)
      throws PluginException, InterruptedException {
    if (!plugin.gate().enter(deadline)) {
      throw plugin
          .failures()
          .of(
              "QUEUE_TIMEOUT",
              "had " + plugin.gate().size() + " calls to answer all the time that the step had",
              "give the step a longer timeout, or run fewer steps at once");
    }
    try {
      for (int i = 1; ; i++) {
        Serving serving = plugin.await(plugin.ready(), deadline);
        if (plugin.enter(serving)) {
          PluginReply reply = send(plugin, serving, request, deadline, cancellation, i);
          if (reply != null) {
            return plugin.answers().execute(reply);
          }
        } else if (i == MOST_TRIES) {
          throw plugin.failures().stopped();
        }
      }
    } finally {
      plugin.gate().leave();
    }
  }

  /** Sends the request; null when it could not be sent because the process was gone already. */
  private static @Nullable PluginReply send(
      PluginRuntime plugin,
      Serving serving,
      PluginRequest request,
      Deadline deadline,
      Cancellation cancellation,
      int number)
      throws PluginException, InterruptedException {
    boolean givenUp = true;
    try {
      PluginReply reply =
          serving.client().call(request, deadline, cancellation, plugin.gate()::isCrowded);
      givenUp = false;
      if (reply.missingBytes() > 0) {
        Exit exit = lastWords(serving);
        if (exit != null) {
          throw ended(plugin, serving, exit);
        }
      }
      return reply;
    } catch (CallFailure e) {
      givenUp = e.kind() == CallFailure.Kind.OUT_OF_TIME;
      if (givenUp) {
        throw plugin.failures().of("EXEC_TIMEOUT", "took too long: " + e.getMessage(), null);
      }
      Exit exit = lastWords(serving);
      boolean unsent = e.kind() == CallFailure.Kind.NOT_CONNECTED;
      if (exit != null && unsent && number < MOST_TRIES && !serving.isEnding()) {
        return null;
      }
      throw exit != null || serving.isEnding()
          ? ended(plugin, serving, exit)
          : noAnswer(plugin, serving, e);
    } catch (PluginException e) {
      givenUp = false;
      throw e;
    } finally {
      plugin.leave(serving, givenUp);
    }
  }

  private static PluginException noAnswer(PluginRuntime plugin, Serving serving, CallFailure e) {
    boolean unsent = e.kind() == CallFailure.Kind.NOT_CONNECTED;
    return plugin
        .failures()
        .withTail(
            "EXEC_NO_RESPONSE",
            unsent
                ? "runs and does not take the call: " + e.getMessage()
                : "gave no answer: " + e.getMessage(),
            serving.process(),
            unsent ? null : "its output may hold what went wrong; it should answer all the same");
  }

  private static PluginException ended(PluginRuntime plugin, Serving serving, @Nullable Exit exit) {
    if (serving.isEnding() || exit == null) {
      return plugin
          .failures()
          .of("PLUGIN_STOPPED", "was stopped during the call", "it did not crash");
    }
    return plugin.failures().crashed(serving.process(), exit, true);
  }

  /** How the process ended, if that is why the connection broke. */
  private static @Nullable Exit lastWords(Serving serving) throws InterruptedException {
    try {
      return serving.process().exited().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    }
  }

  /** Whether it answers at all. */
  static boolean answers(Serving who, long millis, Cancellation cancellation)
      throws InterruptedException {
    try {
      Deadline soon = Deadline.after(Duration.ofMillis(millis));
      who.client().call(PluginRequest.health(), soon, cancellation);
      return true;
    } catch (CallFailure | PluginException e) {
      return false;
    }
  }

  /** Why it is not healthy, or null. */
  static @Nullable String whyUnhealthy(Serving who, AnswerReader answers) {
    try {
      Deadline soon = Deadline.after(Duration.ofMillis(HEALTH_MILLIS));
      String why =
          answers.whyUnhealthy(who.client().call(PluginRequest.health(), soon, PluginClient.NEVER));
      return why == null ? null : "is not healthy: " + why;
    } catch (CallFailure e) {
      return "is not healthy: /health got no answer: " + e.getMessage();
    } catch (PluginException e) {
      return "is not healthy: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /**
   * Ends it: asks, then insists, then kills all that it has started. Takes its time also when
   * interrupted.
   *
   * @param politely how long it has to end by itself
   * @return the processes that could not be ended
   */
  static List<Long> end(Serving who, Duration politely) {
    boolean interrupted = Thread.interrupted();
    who.process().look();
    Deadline polite = Deadline.after(politely);
    try {
      who.client().call(PluginRequest.shutdown(), polite, PluginClient.NEVER);
    } catch (CallFailure | PluginException e) {
      // It may end while it answers; whether it ends is what counts.
    } catch (InterruptedException e) {
      interrupted = true;
    }
    interrupted |= awaitExit(who, polite);
    if (who.process().isAlive()) {
      who.process().terminate();
      interrupted |= awaitExit(who, Deadline.after(TERMINATED));
    }
    List<Long> left = who.process().kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  private static boolean awaitExit(Serving who, Deadline deadline) {
    boolean interrupted = false;
    while (true) {
      try {
        long nanos = Math.max(0, deadline.remainingNanos());
        who.process().exited().get(nanos, TimeUnit.NANOSECONDS);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | TimeoutException e) {
        return interrupted;
      }
    }
  }
}

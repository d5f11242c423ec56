package io.testmesh.plugin.host;

import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.process.Exit;
import io.testmesh.plugin.process.Listening;
import io.testmesh.plugin.process.PluginLog;
import io.testmesh.plugin.process.PluginProcess;
import io.testmesh.plugin.process.Processes;
import io.testmesh.plugin.protocol.AnswerReader;
import io.testmesh.plugin.protocol.CallFailure;
import io.testmesh.plugin.protocol.InfoReader;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.protocol.PluginReply;
import io.testmesh.plugin.protocol.PluginRequest;
import io.testmesh.plugin.registry.KeptInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings one plugin to the point where it serves, or ends all that it started. Belongs to one
 * thread.
 */
final class Launch {
  private static final int NOT_CONNECTED = 0;
  private static final int CONNECTED = 1;
  private static final int ANSWERED = 2;
  private static final int MOST_TRIES = 3;
  private static final long FIRST_PAUSE_NANOS = 4_000_000;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;
  private static final long PROBE_MILLIS = 1_500;
  private static final long INFO_MILLIS = 5_000;
  private static final long LAST_WORDS_MILLIS = 500;
  private static final long LOOK_NANOS = 500_000_000;

  private final Manifest manifest;
  private final Processes processes;
  private final PluginLog log;
  private final AnswerReader answers;
  private final PluginFailures failures;
  private final Duration limit;
  private final Deadline deadline;
  private final Cancellation cancellation;

  Launch(
      Manifest manifest,
      Processes processes,
      PluginLog log,
      AnswerReader answers,
      Duration limit,
      Cancellation cancellation) {
    this.manifest = manifest;
    this.processes = processes;
    this.log = log;
    this.answers = answers;
    this.failures = new PluginFailures(manifest.id());
    this.limit = limit;
    this.deadline = Deadline.after(limit);
    this.cancellation = cancellation;
  }

  Serving run() throws PluginException, InterruptedException {
    for (int i = 1; ; i++) {
      try {
        return once();
      } catch (PortTrouble e) {
        log.note("port trouble: " + e.getMessage());
        if (i == MOST_TRIES || deadline.isOver()) {
          throw e;
        }
      }
    }
  }

  private Serving once() throws PluginException, InterruptedException {
    PluginProcess process = processes.start(manifest, log);
    boolean serves = false;
    try {
      PluginClient client = untilHealthy(process);
      Serving serving = look(process, client);
      serves = true;
      log.note("serves on port " + process.port() + " as process " + process.pid());
      return serving;
    } finally {
      if (!serves) {
        process.kill();
      }
    }
  }

  private PluginClient untilHealthy(PluginProcess process)
      throws PluginException, InterruptedException {
    PluginClient client = PluginClient.of(manifest.id(), process.port());
    long pause = FIRST_PAUSE_NANOS;
    long lastLook = System.nanoTime();
    Probe told = new Probe(0, "nothing was asked yet");
    while (true) {
      Exit exit = exit(process, Math.min(pause, Math.max(0, deadline.remainingNanos())));
      if (exit != null) {
        throw exited(process, exit);
      }
      Probe probe = probe(client);
      if (probe.problem() == null) {
        return client;
      }
      // The last probe is often cut off by the end of the time and tells less than one before.
      told = probe.tells() >= told.tells() ? probe : told;
      if (deadline.isOver()) {
        throw startTimeout(process, String.valueOf(told.problem()));
      }
      if (probe.tells() == NOT_CONNECTED && System.nanoTime() - lastLook > LOOK_NANOS) {
        lastLook = System.nanoTime();
        if (process.listening().onlyIpv6()) {
          client = PluginClient.ofIpv6(manifest.id(), process.port());
        }
      }
      pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 5);
    }
  }

  /** How it ended, if it does within that time. */
  private static @Nullable Exit exit(PluginProcess process, long nanos)
      throws InterruptedException {
    try {
      return process.exited().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      return null;
    }
  }

  private Probe probe(PluginClient client) throws InterruptedException {
    Deadline soon = PluginClient.atMost(PROBE_MILLIS, deadline);
    try {
      PluginReply reply = client.call(PluginRequest.health(), soon, cancellation);
      return new Probe(ANSWERED, answers.whyUnhealthy(reply));
    } catch (CallFailure e) {
      boolean refused = e.kind() == CallFailure.Kind.NOT_CONNECTED;
      return new Probe(
          refused ? NOT_CONNECTED : CONNECTED, "/health got no answer: " + e.getMessage());
    } catch (PluginException e) {
      return new Probe(ANSWERED, e.getMessage());
    }
  }

  private PluginException exited(PluginProcess process, Exit exit) {
    PluginException failure = failures.startExited(process, exit);
    for (String line : process.tail()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.contains("address already in use") || lower.contains("eaddrinuse")) {
        return new PortTrouble("PORT_RACE", failure);
      }
    }
    return failure;
  }

  private PluginException startTimeout(PluginProcess process, String problem) {
    List<Integer> others = process.listening().otherPorts();
    boolean ignored = !others.isEmpty() && problem.contains("nobody listens");
    String what =
        "was not healthy after "
            + words(limit)
            + ": "
            + problem
            + (ignored ? "; it listens on port " + others.get(0) + " instead of PLUGIN_PORT" : "");
    String hint =
        ignored
            ? "let it listen on the port in the environment's PLUGIN_PORT"
            : "if it needs longer, set start_timeout in " + Manifest.FILE;
    return failures.withTail(ignored ? "PORT_IGNORED" : "START_TIMEOUT", what, process, hint);
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private Serving look(PluginProcess process, PluginClient client)
      throws PluginException, InterruptedException {
    Listening listening = process.listening();
    if (listening.foreign()) {
      throw new PortTrouble(
          "PORT_SQUATTED",
          failures.of(
              "PORT_SQUATTED",
              "is not the one that listens on its port "
                  + process.port()
                  + ": another process does",
              "start it again"));
    }
    List<PluginWarning> warnings = new ArrayList<>();
    if (listening.exposed()) {
      warnings.add(
          warning(
              "EXPOSED",
              "listens on every address of this machine, so that others in the network can call it;"
                  + " let it listen on 127.0.0.1"));
    }
    if (listening.onlyIpv6()) {
      warnings.add(warning("ONLY_IPV6", "listens on ::1 alone; let it listen on 127.0.0.1"));
    }
    KeptInfo info = new KeptInfo(List.of(), 0);
    boolean valid = false;
    try {
      Deadline soon = PluginClient.atMost(INFO_MILLIS, Deadline.after(limit));
      PluginReply reply = client.call(PluginRequest.info(), soon, cancellation);
      InfoReader.Result read = InfoReader.read(answers.info(reply), manifest);
      info = read.info();
      warnings.addAll(read.warnings());
      valid = true;
    } catch (PluginException e) {
      warnings.add(noInfo(String.valueOf(e.getMessage())));
    } catch (CallFailure e) {
      Exit exit = exit(process, TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS));
      if (exit != null) {
        throw exited(process, exit);
      }
      warnings.add(noInfo("/info got no answer: " + e.getMessage()));
    }
    return new Serving(process, client, info, valid, warnings);
  }

  private PluginWarning noInfo(String why) {
    return new PluginWarning(
        "INFO_INVALID",
        "only the action \""
            + manifest.id()
            + "\" of plugin \""
            + manifest.id()
            + "\" can be used: "
            + why);
  }

  private PluginWarning warning(String code, String what) {
    return new PluginWarning(code, "plugin \"" + manifest.id() + "\" " + what);
  }

  /**
   * What one question brought.
   *
   * @param tells how far it came
   * @param problem null when the plugin is healthy
   */
  private record Probe(int tells, @Nullable String problem) {}

  /** Another port may help. */
  private static final class PortTrouble extends PluginException {
    private static final long serialVersionUID = 1L;

    PortTrouble(String code, PluginException why) {
      super(code, String.valueOf(why.getMessage()), why.hint().orElse(null), why);
    }
  }
}

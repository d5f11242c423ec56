package io.testmesh.plugin.author;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.protocol.CallFailure;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.protocol.PluginReply;
import io.testmesh.plugin.protocol.PluginRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Asks a plugin that runs, and adds what is wrong with its answers to the findings. */
final class Conversation {
  /** An action that no plugin has. */
  static final String NO_ACTION = "testmesh.check.no-such-action";

  private static final Duration MOST = Duration.ofSeconds(10);
  private static final int AT_ONCE = 4;
  private static final int WARM_UP = 50;
  private static final int IN_A_ROW = 200;
  private static final long MOST_GROWTH = 64L << 20;
  private static final byte[] UNKNOWN =
      ("{\"action\": \""
              + NO_ACTION
              + "\", \"config\": {}, \"context\": {\"variables\": {},"
              + " \"step_outputs\": {}}, \"a field of the future\": \"ä€😀\"}")
          .getBytes(StandardCharsets.UTF_8);

  private final PluginClient client;
  private final List<Finding> findings;
  private final JsonBytes json = new JsonBytes();

  Conversation(PluginClient client, List<Finding> findings) {
    this.client = client;
    this.findings = findings;
  }

  /** Holds two answers to /info against each other, and looks at how they are sent. */
  void answersAlike() throws InterruptedException {
    PluginReply first = ask(PluginRequest.info());
    PluginReply second = ask(PluginRequest.info());
    if (first == null || second == null || !first.isSuccess()) {
      // The start has said so.
      return;
    }
    Object document = read(first);
    if (document != null && !document.equals(read(second))) {
      warn(
          "INFO_UNSTABLE",
          "/info answers differently when it is asked twice",
          "let it say the same as long as the version is the same");
    }
    if (!first.headers().getOrDefault("content-type", "").startsWith("application/json")) {
      warn(
          "CONTENT_TYPE",
          "/info is not sent as JSON",
          "send the header Content-Type: application/json");
    }
  }

  /** Asks for a path that is not there. */
  void knowsItsPaths() throws InterruptedException {
    PluginRequest request =
        new PluginRequest("GET", "/testmesh-check", null, Map.of(), PluginRequest.LARGEST_BODY);
    PluginReply reply = ask(request);
    if (reply == null || reply.status() != 404) {
      warn(
          "UNKNOWN_PATH",
          "a path that is not there is answered with "
              + (reply == null ? "nothing" : "status " + reply.status()),
          "answer it with status 404");
    }
  }

  /** Calls an action that is not there. */
  void refusesUnknownActions() throws InterruptedException {
    String found = fault(ask(PluginRequest.execute(UNKNOWN, Map.of())));
    if (found != null) {
      warn(
          "UNKNOWN_ACTION",
          "an action that is not there " + found,
          "answer {\"success\": false, \"error\": {\"code\": \"UNKNOWN_ACTION\", …}}");
    }
  }

  private @Nullable String fault(@Nullable PluginReply reply) {
    if (reply == null) {
      return "gets no answer";
    }
    if (!(read(reply) instanceof Map<?, ?> answer)) {
      return "gets an answer that is no JSON object: " + reply.excerpt();
    }
    if (!Boolean.FALSE.equals(answer.get("success"))) {
      return "is not answered with \"success\": false: " + reply.excerpt();
    }
    boolean hasCode = answer.get("error") instanceof Map<?, ?> error && error.get("code") != null;
    return hasCode ? null : "is answered without an error code: " + reply.excerpt();
  }

  /** Sends as many calls at once as a run does. */
  void answersSideBySide() throws InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Thread caller =
          new Thread(
              () -> {
                try {
                  if (ask(PluginRequest.execute(UNKNOWN, Map.of())) != null) {
                    answered.incrementAndGet();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "testmesh-plugin-check-" + i);
      caller.setDaemon(true);
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    if (answered.get() < AT_ONCE) {
      warn(
          "PARALLEL_CALLS",
          "of " + AT_ONCE + " calls at once " + answered.get() + " were answered",
          "let connections queue, or serve each in a thread of its own");
    }
  }

  /** Calls many times, one call after the other, and looks at what the process keeps of them. */
  void answersInARow(@Nullable Long pid) throws InterruptedException {
    // What the first calls load stays.
    int answered = callsInARow(WARM_UP);
    ProcessUse before = ProcessUse.of(pid);
    answered += callsInARow(IN_A_ROW);
    ProcessUse after = ProcessUse.of(pid);
    int all = WARM_UP + IN_A_ROW;
    if (answered < all) {
      warn(
          "CALLS_IN_A_ROW",
          "of " + all + " calls in a row " + answered + " were answered",
          "close each connection when its answer is sent");
    }
    if (after.files() - before.files() > IN_A_ROW / 2) {
      warn(
          "FILES_LEFT_OPEN",
          "after "
              + IN_A_ROW
              + " calls it has "
              + (after.files() - before.files())
              + " files and sockets more open than before",
          "close what a call opens when it ends");
    }
    if (after.memory() - before.memory() > MOST_GROWTH) {
      warn(
          "MEMORY_GROWS",
          "after "
              + IN_A_ROW
              + " calls it takes "
              + ((after.memory() - before.memory()) >> 20)
              + " MiB more memory than before",
          "keep nothing of a call when it ends");
    }
  }

  private int callsInARow(int calls) throws InterruptedException {
    int answered = 0;
    for (int i = 0; i < calls; i++) {
      answered += ask(PluginRequest.execute(UNKNOWN, Map.of())) == null ? 0 : 1;
    }
    return answered;
  }

  /** Sends a body to /execute; false when there was no answer, which may be because it ended. */
  boolean bears(String what, byte[] body) throws InterruptedException {
    int before = findings.size();
    PluginReply reply = ask(PluginRequest.execute(body, Map.of()));
    if (reply != null) {
      return true;
    }
    boolean lives = ask(PluginRequest.health()) != null;
    if (lives && findings.size() == before) {
      warn(
          "BAD_REQUEST",
          "it gives no answer to " + what,
          "answer with status 400 and \"success\": false");
    }
    return lives;
  }

  /** Asks it to end. */
  void shutDown(Deadline deadline) throws InterruptedException {
    try {
      client.call(PluginRequest.shutdown(), deadline, PluginClient.NEVER);
    } catch (CallFailure | PluginException e) {
      // Whether it ends is what counts.
    }
  }

  private @Nullable PluginReply ask(PluginRequest request) throws InterruptedException {
    try {
      return client.call(request, Deadline.after(MOST), PluginClient.NEVER);
    } catch (CallFailure | PluginException e) {
      return null;
    }
  }

  private @Nullable Object read(PluginReply reply) {
    try {
      return json.read(reply.body());
    } catch (JsonBytes.Fault e) {
      return null;
    }
  }

  private void warn(String code, String message, String fix) {
    findings.add(Finding.warning(code, message, fix));
  }
}

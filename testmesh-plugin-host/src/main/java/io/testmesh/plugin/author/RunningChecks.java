package io.testmesh.plugin.author;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.host.PluginHost;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.registry.RunningStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts a plugin as a run would, and then treats it as no run does: with requests that are broken,
 * large or for nobody. What a version 1 plugin does not bear is a warning; only one that cannot be
 * used has an error.
 */
final class RunningChecks implements ProtocolChecks {
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final Function<Path, HostedPlugins> opener;

  RunningChecks(Function<Path, HostedPlugins> opener) {
    this.opener = Objects.requireNonNull(opener, "opener");
  }

  @Override
  public List<Finding> check(Manifest manifest) {
    Path place = Objects.requireNonNull(manifest.folder().getParent(), "a folder of its own");
    List<Finding> findings = new ArrayList<>();
    FolderState before = FolderState.of(manifest.folder());
    try (HostedPlugins plugins = opener.apply(place)) {
      check(plugins.host(), manifest.id(), findings, () -> startSecond(place, manifest.id()));
      before.changes(FolderState.of(manifest.folder())).ifPresent(findings::add);
    } catch (PluginException e) {
      findings.add(
          Finding.error(
              e.code(),
              e.getMessage(),
              e.hint().orElse("start it by hand: PLUGIN_PORT=8000, in its folder")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(
          Finding.error("START_CANCELLED", "the check was interrupted", "check the plugin again"));
    }
    return findings;
  }

  /** Starts the plugin once more, as two runs at the same time do. */
  private @Nullable Finding startSecond(Path place, String id) throws InterruptedException {
    try (HostedPlugins beside = opener.apply(place)) {
      beside.host().start(id);
      beside.host().stop(id);
      return null;
    } catch (PluginException e) {
      return Finding.warning(
          "SECOND_INSTANCE",
          "it cannot run twice at the same time: " + e.getMessage(),
          "listen on PLUGIN_PORT alone, and share no file or port between instances");
    }
  }

  /** Something that finds at most one thing. */
  private interface Search {
    @Nullable Finding run() throws InterruptedException;
  }

  private static void check(
      PluginHost host, String id, List<Finding> findings, Search secondInstance)
      throws PluginException, InterruptedException {
    host.start(id);
    RunningStatus first = host.status(id);
    add(findings, first.warnings());
    add(findings, first.conflicts());
    Conversation talk = new Conversation(client(first, id), findings);
    talk.answersAlike();
    talk.knowsItsPaths();
    talk.refusesUnknownActions();
    talk.answersSideBySide();
    talk.answersInARow(first.pid());
    Finding second = secondInstance.run();
    if (second != null) {
      findings.add(second);
    }
    for (Map.Entry<String, byte[]> request : BadRequests.of(actions(first)).entrySet()) {
      RunningStatus status = host.status(id);
      Conversation now = new Conversation(client(status, id), findings);
      if (!now.bears(request.getKey(), request.getValue())
          && endsWithin(status, Duration.ofSeconds(1))) {
        findings.add(
            Finding.warning(
                "BAD_REQUEST",
                "it ends when it is sent " + request.getKey(),
                "catch what goes wrong in a request, and answer with \"success\": false"));
        host.restart(id);
      }
    }
    checkEnd(host, id, findings);
    host.stop(id);
  }

  private static void checkEnd(PluginHost host, String id, List<Finding> findings)
      throws PluginException, InterruptedException {
    RunningStatus status = host.status(id);
    new Conversation(client(status, id), findings).shutDown(Deadline.after(LONGEST_END));
    if (!endsWithin(status, LONGEST_END)) {
      findings.add(
          Finding.warning(
              "SHUTDOWN_IGNORED",
              "it still runs 5 s after POST /shutdown, and has to be killed",
              "end the process when /shutdown has been answered"));
    }
  }

  private static boolean endsWithin(RunningStatus status, Duration most)
      throws InterruptedException {
    Long pid = status.pid();
    ProcessHandle process = pid == null ? null : ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return true;
    }
    try {
      process.onExit().get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static PluginClient client(RunningStatus status, String id) throws PluginException {
    Integer port = status.port();
    if (port == null) {
      throw new PluginException(
          "START_EXITED", "plugin \"" + id + "\" does not run any more", "see what it printed");
    }
    return PluginClient.of(id, port);
  }

  private static List<String> actions(RunningStatus status) {
    List<String> names = new ArrayList<>();
    if (status.actions() != null) {
      status.actions().forEach(action -> names.add(action.id()));
    }
    return names;
  }

  private static void add(List<Finding> findings, List<PluginWarning> warnings) {
    for (PluginWarning warning : warnings) {
      findings.add(
          Finding.warning(warning.code(), warning.message(), "mend what /info and /health say"));
    }
  }
}

package io.testmesh.plugin.host;

import io.testmesh.action.ActionHandler;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.process.Processes;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.plugin.registry.OutputLine;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.RunningPlugins;
import io.testmesh.plugin.registry.RunningStatus;
import io.testmesh.spi.ActionSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plugins of a folder and makes their actions those of flows. Starts nothing until it is
 * asked to. Safe for use by several threads; who made it closes it, which ends every process that
 * it has started.
 */
public final class PluginHost implements ActionSource, RunningPlugins {
  /** How long calls may go on when a plugin is stopped on purpose. */
  public static final Duration DRAIN = Duration.ofSeconds(30);

  /** A start that takes longer, with all its tries and the wait before it, is broken. */
  private static final Duration LONGEST_START = Duration.ofMinutes(15);

  /** The JVM waits for its hooks, and those who wait for the JVM have not much patience. */
  private static final Duration LAST_POLITE = Duration.ofSeconds(3);

  private static final int MOST_LINES = 1_000;

  private final PluginFolder folder;
  private final HostSettings settings;
  private final Processes processes;
  private final JsonBytes json = new JsonBytes();
  private final Map<String, PluginRuntime> runtimes = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Thread> atShutdown = new AtomicReference<>();
  private volatile boolean closed;

  private PluginHost(PluginFolder folder, HostSettings settings) {
    this.folder = folder;
    this.settings = settings;
    this.processes = new Processes(settings.environment(), settings.granted(), settings.folder());
  }

  /** A host of the plugins in the folder; reads and starts nothing yet. */
  public static PluginHost open(PluginFolder folder, HostSettings settings) {
    return new PluginHost(folder, settings);
  }

  @Override
  public Offer known() {
    ActionTable table = table();
    Map<String, ActionHandler> handlers = new LinkedHashMap<>();
    Map<String, String> warnings = new LinkedHashMap<>();
    table.all().forEach((name, match) -> offer(name, match, table, handlers, warnings));
    return new Offer(handlers, Map.of(), warnings);
  }

  @Override
  public Offer offer(Set<String> wanted) {
    ActionTable table = table();
    Map<String, ActionHandler> handlers = new LinkedHashMap<>();
    Map<String, Refusal> refused = new LinkedHashMap<>();
    Map<String, String> warnings = new LinkedHashMap<>();
    for (String name : wanted) {
      ActionTable.Match match = table.find(name);
      if (match.refusal() != null) {
        refused.put(name, match.refusal());
      } else if (match.owner() != null) {
        offer(name, match, table, handlers, warnings);
      } else if (!match.candidates().isEmpty()) {
        ActionTable.Entry first = match.candidates().get(0);
        handlers.put(name, action(first, match.action(), List.of(), null));
        warnings.put(name, notChecked(name, match.candidates()));
      }
    }
    return new Offer(handlers, refused, warnings);
  }

  private void offer(
      String name,
      ActionTable.Match match,
      ActionTable table,
      Map<String, ActionHandler> handlers,
      Map<String, String> warnings) {
    ActionTable.Entry owner = match.owner();
    if (owner != null) {
      handlers.put(name, action(owner, match.action(), warnings(owner, name, table), null));
      if (owner.info() == null) {
        warnings.put(name, notChecked(name, List.of(owner)));
      }
    }
  }

  private static String notChecked(String name, List<ActionTable.Entry> plugins) {
    StringBuilder ids = new StringBuilder();
    for (ActionTable.Entry plugin : plugins) {
      ids.append(ids.isEmpty() ? "" : ", ").append('"').append(plugin.id()).append('"');
    }
    return "the action \""
        + name
        + "\" is not checked: plugin "
        + ids
        + (plugins.size() == 1 ? " was" : " were")
        + " not started yet";
  }

  private List<PluginWarning> warnings(ActionTable.Entry owner, String name, ActionTable table) {
    PluginRuntime runtime = runtimes.get(owner.id());
    List<PluginWarning> warnings = new ArrayList<>(owner.plugin().warnings());
    if (runtime != null) {
      warnings.addAll(runtime.status(List.of()).warnings());
    }
    warnings.addAll(owner.plugin().conflicts());
    warnings.addAll(table.conflicts(owner.id()));
    if (ActionTable.isForeign(owner, name)) {
      warnings.add(
          new PluginWarning(
              "ACTION_FOREIGN",
              "the action \""
                  + name
                  + "\" belongs to plugin \""
                  + owner.id()
                  + "\", whose id is not its prefix"));
    }
    return warnings;
  }

  private PluginAction action(
      ActionTable.Entry owner,
      KeptInfo.Action action,
      List<PluginWarning> warnings,
      @Nullable PluginException refusal) {
    Manifest manifest = owner.plugin().manifest();
    Map<String, @Nullable Object> defaults = manifest == null ? Map.of() : manifest.config();
    return new PluginAction(runtime(owner.plugin()), action, defaults, warnings, refusal, json);
  }

  private PluginRuntime runtime(Installed plugin) {
    PluginRuntime runtime =
        runtimes.computeIfAbsent(
            plugin.id(),
            id ->
                new PluginRuntime(
                    plugin, processes, settings.startLimit(), json, folder::keepInfo));
    runtime.update(plugin);
    if (closed) {
      runtime.retire();
    }
    return runtime;
  }

  /** What is known now: what a plugin that runs has said comes before what is kept of it. */
  private ActionTable table() {
    List<ActionTable.Entry> entries = new ArrayList<>();
    for (Installed plugin : folder.scan()) {
      PluginRuntime runtime = runtimes.get(plugin.id());
      KeptInfo live = runtime == null ? null : runtime.info();
      boolean asked = live == null && plugin.problem() == null;
      KeptInfo info = asked ? folder.info(plugin).orElse(null) : live;
      entries.add(new ActionTable.Entry(plugin, info));
    }
    return new ActionTable(entries, settings.builtIn().get());
  }

  @Override
  public Offer start(Set<String> wanted, Deadline deadline, Cancellation cancellation)
      throws InterruptedException {
    ActionTable before = table();
    Map<String, Installed> needed = new LinkedHashMap<>();
    for (String name : wanted) {
      ActionTable.Match match = before.find(name);
      if (match.owner() != null) {
        needed.put(match.owner().id(), match.owner().plugin());
      }
      for (ActionTable.Entry candidate : match.candidates()) {
        needed.put(candidate.id(), candidate.plugin());
      }
    }
    Map<String, PluginException> failed = startAll(needed.values(), deadline, cancellation);
    return started(wanted, before, table(), failed);
  }

  /** Starts plugins side by side; gives why those that do not serve do not. */
  private Map<String, PluginException> startAll(
      Iterable<Installed> plugins, Deadline deadline, Cancellation cancellation)
      throws InterruptedException {
    stopAtShutdown();
    Map<PluginRuntime, CompletableFuture<Serving>> starts = new LinkedHashMap<>();
    for (Installed plugin : plugins) {
      PluginRuntime runtime = runtime(plugin);
      runtime.release();
      starts.put(runtime, runtime.ready());
    }
    CompletableFuture<?> all =
        CompletableFuture.allOf(starts.values().toArray(CompletableFuture[]::new));
    CompletableFuture<Object> cancelled = new CompletableFuture<>();
    try (Cancellation.Registration registration =
        cancellation.onCancel(() -> cancelled.complete(true))) {
      CompletableFuture.anyOf(all.exceptionally(e -> null), cancelled)
          .get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
      if (cancellation.isCancelled() || registration == null) {
        throw new InterruptedException();
      }
    } catch (ExecutionException | TimeoutException e) {
      // Each start tells for itself.
    }
    Map<String, PluginException> failed = new LinkedHashMap<>();
    for (Map.Entry<PluginRuntime, CompletableFuture<Serving>> start : starts.entrySet()) {
      PluginException why = failure(start.getKey(), start.getValue());
      if (why != null) {
        failed.put(start.getKey().id(), why);
      }
    }
    return failed;
  }

  private static @Nullable PluginException failure(
      PluginRuntime runtime, CompletableFuture<Serving> start) throws InterruptedException {
    if (!start.isDone()) {
      return runtime
          .failures()
          .of("START_TIMEOUT", "did not serve before the time of the run was over", null);
    }
    try {
      runtime.await(start, Deadline.after(Duration.ZERO));
      return null;
    } catch (PluginException e) {
      return e;
    }
  }

  private Offer started(
      Set<String> wanted,
      ActionTable before,
      ActionTable now,
      Map<String, PluginException> failed) {
    Map<String, ActionHandler> handlers = new LinkedHashMap<>();
    Map<String, Refusal> refused = new LinkedHashMap<>();
    Map<String, String> warnings = new LinkedHashMap<>();
    for (String name : wanted) {
      ActionTable.Match match = now.find(name);
      ActionTable.Entry owner = match.owner();
      ActionTable.Entry broken = broken(name, match, before, failed);
      if (broken != null) {
        handlers.put(name, action(broken, match.action(), List.of(), failed.get(broken.id())));
      } else if (owner != null) {
        handlers.put(name, action(owner, match.action(), warnings(owner, name, now), null));
      } else if (match.refusal() != null) {
        refused.put(name, match.refusal());
      }
    }
    return new Offer(handlers, refused, warnings);
  }

  /** The plugin that did not start and that has, or may have, the action. */
  private static ActionTable.@Nullable Entry broken(
      String name,
      ActionTable.Match match,
      ActionTable before,
      Map<String, PluginException> failed) {
    ActionTable.Entry owner = match.owner();
    if (owner != null) {
      return failed.containsKey(owner.id()) ? owner : null;
    }
    for (ActionTable.Entry candidate : before.find(name).candidates()) {
      if (failed.containsKey(candidate.id())) {
        return candidate;
      }
    }
    return null;
  }

  /** {@inheritDoc} One that was given up gets a new chance. */
  @Override
  public void start(String id) throws PluginException {
    PluginRuntime runtime = runtime(requirePlugin(id));
    stopAtShutdown();
    runtime.forgive();
    try {
      runtime.await(runtime.ready(), Deadline.after(LONGEST_START));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw runtime
          .failures()
          .of("START_CANCELLED", "was to be started, and that was stopped", null);
    }
  }

  private Installed requirePlugin(String id) throws PluginException {
    for (Installed plugin : folder.scan()) {
      if (plugin.id().equals(id)) {
        return plugin;
      }
    }
    throw new PluginException(
        "NOT_FOUND",
        "there is no plugin \"" + id + "\" in " + folder.path(),
        "see: testmesh plugin list");
  }

  @Override
  public void stop(String id) throws PluginException {
    PluginRuntime runtime = runtimes.get(id);
    if (runtime == null) {
      return;
    }
    List<Long> left = runtime.stop(DRAIN, PluginRuntime.POLITE);
    if (!left.isEmpty()) {
      throw runtime.failures().notEnded(left);
    }
  }

  @Override
  public void restart(String id) throws PluginException {
    stop(id);
    start(id);
  }

  @Override
  public RunningStatus status(String id) {
    PluginRuntime runtime = runtimes.get(id);
    return runtime == null ? RunningStatus.stopped() : runtime.status(table().conflicts(id));
  }

  /** Asks a plugin that serves and is idle how it is; a bad answer becomes a warning. */
  public void checkHealth(String id) {
    PluginRuntime runtime = runtimes.get(id);
    if (runtime != null) {
      runtime.checkHealth();
    }
  }

  @Override
  public List<OutputLine> logs(String id) {
    return processes.log(id).last(MOST_LINES);
  }

  @Override
  public void close() {
    stopAll(PluginRuntime.POLITE);
    Thread hook = atShutdown.getAndSet(null);
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM ends already: the hook finds nothing to do.
      }
    }
  }

  /** Lets a JVM that ends without closing this host end the plugins politely. */
  private void stopAtShutdown() {
    Thread hook = new Thread(() -> stopAll(LAST_POLITE), "testmesh-plugin-shutdown");
    if (atShutdown.compareAndSet(null, hook)) {
      try {
        Runtime.getRuntime().addShutdownHook(hook);
      } catch (IllegalStateException e) {
        atShutdown.set(null);
      }
    }
  }

  private void stopAll(Duration politely) {
    closed = true;
    List<Thread> stops = new ArrayList<>();
    for (PluginRuntime runtime : new LinkedHashSet<>(runtimes.values())) {
      runtime.retire();
      Thread thread =
          new Thread(
              () -> runtime.stop(Duration.ZERO, politely),
              "testmesh-plugin-" + runtime.id() + "-stop");
      thread.setDaemon(true);
      thread.start();
      stops.add(thread);
    }
    boolean interrupted = false;
    for (Thread thread : stops) {
      // Each has its own limits.
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    processes.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

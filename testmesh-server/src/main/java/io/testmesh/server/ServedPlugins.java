package io.testmesh.server;

import io.testmesh.FlowRunner;
import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.admin.PluginRecord;
import io.testmesh.plugin.admin.PluginRegistry;
import io.testmesh.plugin.host.PluginHost;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a server: one host for the registry and for all runs. Starts those that are
 * enabled side by side, while the server already answers. Owns the host and its threads.
 */
final class ServedPlugins implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedPlugins.class);

  private final FlowRunner builtIn;
  private final HostedPlugins plugins;
  private final Map<String, Thread> starts = new LinkedHashMap<>();
  private boolean closed;

  ServedPlugins(RunnerSettings settings) {
    builtIn = FlowRunner.builder().actionSources(List.of()).build();
    plugins = HostedPlugins.open(settings, this::builtInNames);
  }

  private Set<String> builtInNames() {
    Set<String> names = new LinkedHashSet<>();
    for (ActionDescriptor action : builtIn.tools().actions()) {
      names.add(action.id());
    }
    return names;
  }

  /** Knows the built-in actions alone. */
  FlowRunner builtIn() {
    return builtIn;
  }

  PluginHost host() {
    return plugins.host();
  }

  PluginRegistry registry() {
    return plugins.registry();
  }

  /** Begins to start what is enabled. */
  void start() {
    begin("", this::startAll);
  }

  private void startAll() {
    for (PluginRecord plugin : registry().list(null, true)) {
      if (plugin.error() == null) {
        begin(plugin.id(), () -> start(plugin.id()));
      }
    }
  }

  private void start(String id) {
    try {
      // A restart of what does not run yet: it takes its turn with other changes of this plugin.
      registry().restart(id);
    } catch (PluginException e) {
      LOG.warn("plugin {} was not started: {}", id, e.getMessage());
    }
  }

  private synchronized void begin(String id, Runnable task) {
    if (!closed) {
      Thread thread = new Thread(task, "testmesh-server-plugins-" + id);
      thread.setDaemon(true);
      starts.put(id, thread);
      thread.start();
    }
  }

  /**
   * Waits until a plugin's first start is over. A change that came before it would be undone by it.
   */
  void awaitFirstStart(String id) throws InterruptedException {
    for (String part : new String[] {"", id}) {
      Thread start;
      synchronized (this) {
        start = starts.get(part);
      }
      if (start != null) {
        start.join();
      }
    }
  }

  @Override
  public void close() {
    List<Thread> begun;
    synchronized (this) {
      closed = true;
      begun = List.copyOf(starts.values());
    }
    plugins.close();
    boolean interrupted = false;
    for (Thread thread : begun) {
      // Their waits ended with the host.
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    builtIn.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

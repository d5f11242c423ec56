package io.testmesh.plugin.admin;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.host.HostSettings;
import io.testmesh.plugin.host.PluginHost;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.PluginFolders;
import io.testmesh.plugin.registry.PluginLocation;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A plugin folder, who runs its plugins, and who installs and changes them. Reads and starts
 * nothing until it is asked; closing it ends the plugins that run.
 */
public final class HostedPlugins implements AutoCloseable {
  private final PluginHost host;
  private final PluginRegistry registry;

  private HostedPlugins(PluginHost host, PluginRegistry registry) {
    this.host = host;
    this.registry = registry;
  }

  /**
   * The plugins of a runner's folder.
   *
   * @param builtIn the names of the built-in actions; asked where a plugin may clash with one
   */
  public static HostedPlugins open(RunnerSettings settings, Supplier<Set<String>> builtIn) {
    PluginFolder folder = PluginFolders.open(PluginLocation.of(settings), builtIn);
    PluginHost host = PluginHost.open(folder, HostSettings.of(settings, folder, builtIn));
    return new HostedPlugins(host, new PluginRegistry(folder, host));
  }

  /** Runs the plugins. */
  public PluginHost host() {
    return host;
  }

  /** Installs, lists and changes the plugins. */
  public PluginRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    host.close();
  }
}

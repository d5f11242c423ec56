package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.plugin.admin.PluginRegistry;
import io.testmesh.plugin.host.HostSettings;
import io.testmesh.plugin.host.PluginHost;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.PluginFolders;
import io.testmesh.plugin.registry.PluginLocation;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plugin folder of a command, and who runs plugins while it lasts. */
final class Plugins implements AutoCloseable {
  private final PluginHost host;
  private final PluginRegistry registry;

  private Plugins(RunnerSettings settings) {
    PluginFolder folder = PluginFolders.open(PluginLocation.of(settings), Plugins::builtInNames);
    host = PluginHost.open(folder, HostSettings.of(settings, folder, Plugins::builtInNames));
    registry = new PluginRegistry(folder, host);
  }

  static Plugins open(Arguments arguments, Io io) throws UsageException {
    return new Plugins(settings(arguments, io, Runners.pluginFolder(arguments, io)));
  }

  /** With another folder than the command's. */
  static Plugins of(Path folder, Arguments arguments, Io io) throws UsageException {
    return new Plugins(settings(arguments, io, folder));
  }

  private static RunnerSettings settings(Arguments arguments, Io io, @Nullable Path folder)
      throws UsageException {
    RunnerSettings.Builder settings = RunnerSettings.builder().environment(io.environment());
    if (folder != null) {
      settings.plugins(folder);
    }
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--plugin-env")) {
        Runners.Grant grant = Runners.grant(option.value());
        settings.pluginEnvironment(grant.plugin(), grant.variable());
      }
    }
    return settings.build();
  }

  /** The built-in actions; asked only where there is a plugin that may clash with one. */
  static Set<String> builtInNames() {
    Set<String> names = new LinkedHashSet<>();
    try (FlowRunner runner = FlowRunner.builder().actionSources(List.of()).build()) {
      for (ActionDescriptor action : runner.tools().actions()) {
        names.add(action.id());
      }
    }
    return names;
  }

  PluginRegistry registry() {
    return registry;
  }

  PluginHost host() {
    return host;
  }

  Path folder() {
    return registry.folder().path();
  }

  @Override
  public void close() {
    host.close();
  }
}

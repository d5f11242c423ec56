package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.plugin.admin.HostedPlugins;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Opens the plugins of a command. */
final class Plugins {
  private Plugins() {}

  /** The plugins of the command's folder. */
  static HostedPlugins open(Arguments arguments, Io io) throws UsageException {
    RunnerSettings.Builder settings = settings(arguments, io);
    Path folder = Runners.pluginFolder(arguments, io);
    if (folder != null) {
      settings.plugins(folder);
    }
    return HostedPlugins.open(settings.build(), Plugins::builtInNames);
  }

  /** What the arguments and the environment say about plugins, but for their folder. */
  static RunnerSettings.Builder settings(Arguments arguments, Io io) throws UsageException {
    RunnerSettings.Builder settings = RunnerSettings.builder().environment(io.environment());
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--plugin-env")) {
        Runners.Grant grant = Runners.grant(option.value());
        settings.pluginEnvironment(grant.plugin(), grant.variable());
      }
    }
    return settings;
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
}

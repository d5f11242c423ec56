package io.testmesh.plugin.host;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.registry.PluginFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a host of plugins is made with.
 *
 * @param environment the environment, of which plugins are given parts
 * @param granted the names of further parts, by plugin
 * @param folder where logs and what runs are written down
 * @param builtIn the names of the actions that no plugin can offer
 * @param startLimit how long a plugin may take to get healthy unless its manifest says otherwise
 */
public record HostSettings(
    Map<String, String> environment,
    Map<String, Set<String>> granted,
    Path folder,
    Supplier<Set<String>> builtIn,
    Duration startLimit) {
  /** How long a plugin may take to get healthy: 30 s. */
  public static final Duration DEFAULT_START_LIMIT = Duration.ofSeconds(30);

  /** The settings of a runner's host, which writes into the plugin folder's own part. */
  public static HostSettings of(
      RunnerSettings settings, PluginFolder plugins, Supplier<Set<String>> builtIn) {
    return new HostSettings(
        settings.environment(),
        settings.pluginEnvironment(),
        plugins.path().resolve(".testmesh"),
        builtIn,
        DEFAULT_START_LIMIT);
  }

  /** Copies the maps. */
  public HostSettings {
    environment = Map.copyOf(environment);
    granted = Map.copyOf(granted);
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(builtIn, "builtIn");
    Objects.requireNonNull(startLimit, "startLimit");
  }
}

package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import java.util.List;

/**
 * What the registry asks of those who run plugins. All methods may be called by several threads;
 * each comes back within a limit of its own.
 */
public interface RunningPlugins {

  /** How a plugin is now; {@link RunningStatus#stopped} for one that was never started. */
  RunningStatus status(String id);

  /**
   * Starts a plugin and waits until it is healthy and has said what it offers; one that runs is
   * left alone.
   */
  void start(String id) throws PluginException;

  /** Stops a plugin and waits for its end; one that does not run is left alone. */
  void stop(String id) throws PluginException;

  /** Stops and starts a plugin. */
  void restart(String id) throws PluginException;

  /** The kept output of the last starts, oldest first. */
  List<OutputLine> logs(String id);

  /** Nobody runs plugins: starting does nothing. */
  static RunningPlugins none() {
    return new NoRunningPlugins();
  }
}

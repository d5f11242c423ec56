package io.testmesh.plugin.author;

import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Checks that start a plugin and talk to it. */
public interface ProtocolChecks {

  /**
   * Starts the plugin, tries it, and stops it.
   *
   * @param manifest of a copy in a folder of its own: what works only beside the original fails
   */
  List<Finding> check(Manifest manifest);

  /**
   * Starts the plugin like a run does, with a host of its own.
   *
   * @param opener opens the plugins of a folder
   */
  static ProtocolChecks running(Function<Path, HostedPlugins> opener) {
    return new RunningChecks(opener);
  }

  /** Starts nothing. */
  static ProtocolChecks none() {
    return new NoProtocolChecks();
  }
}

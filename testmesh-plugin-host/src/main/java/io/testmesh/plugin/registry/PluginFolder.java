package io.testmesh.plugin.registry;

import java.util.List;
import java.util.Optional;

/**
 * The plugin folder of a host: what lies in it, which of it is enabled, and what is kept of it.
 * Safe for use by several threads and processes.
 */
public interface PluginFolder {

  /** What lies in the folder now, sorted by id; one level is read, and nothing is started. */
  List<Installed> scan();

  /** What is kept of the plugin's {@code /info}, if its manifest and files are still the same. */
  Optional<KeptInfo> info(Installed plugin);

  /** Keeps what a plugin says; a folder that cannot be written to keeps it for this process. */
  void keepInfo(Installed plugin, KeptInfo info);
}

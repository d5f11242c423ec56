package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plugin folder of a host: what lies in it, which of it is enabled, and what is kept of it.
 * Safe for use by several threads and processes. Made by {@link PluginFolders}.
 */
public interface PluginFolder {

  /** Where it is; absolute, and perhaps not there yet. */
  Path path();

  /** What lies in the folder now, sorted by id; one level is read, and nothing is started. */
  List<Installed> scan();

  /** What is odd about the folder itself, as the last scan and the state's reading found it. */
  List<PluginWarning> warnings();

  /**
   * Lets flows use a plugin or not, from now on and after a restart; a folder that cannot be
   * written to remembers it for this process.
   *
   * @throws PluginException when another process does not let go of the folder
   */
  void enable(String id, boolean enabled) throws PluginException;

  /** The ids that the folder's state names. */
  Set<String> remembered();

  /** Names ids in the folder's state, so that they are not new the next time. */
  void remember(Collection<String> ids) throws PluginException;

  /** Brings plugins into the folder and out of it. */
  Installer installer();

  /** What is kept of the plugin's {@code /info}, if its manifest and files are still the same. */
  Optional<KeptInfo> info(Installed plugin);

  /** Keeps what a plugin says; a folder that cannot be written to keeps it for this process. */
  void keepInfo(Installed plugin, KeptInfo info);
}

package io.testmesh.plugin.admin;

import java.util.List;
import java.util.Set;

/**
 * What a rescan found.
 *
 * @param plugins all that are there now
 * @param found the ids of new ones
 * @param gone the ids of those that are not there any more
 * @param changed the ids of those that are another version now, and run as they were until they are
 *     restarted
 */
public record Discovery(
    List<PluginRecord> plugins, Set<String> found, Set<String> gone, Set<String> changed) {
  /** Copies the collections. */
  public Discovery {
    plugins = List.copyOf(plugins);
    found = Set.copyOf(found);
    gone = Set.copyOf(gone);
    changed = Set.copyOf(changed);
  }
}

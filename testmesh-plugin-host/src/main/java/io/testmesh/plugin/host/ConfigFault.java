package io.testmesh.plugin.host;

import java.util.List;

/**
 * Something that is wrong with an action's configuration.
 *
 * @param path the keys and indexes that lead to the value, outermost first; empty for the whole
 * @param message what is wrong, for people
 */
record ConfigFault(List<Object> path, String message) {
  /** Copies the list. */
  ConfigFault {
    path = List.copyOf(path);
  }
}

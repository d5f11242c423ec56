package io.testmesh.plugin.author;

import io.testmesh.plugin.manifest.Manifest;
import java.util.List;

/** Checks that start a plugin and talk to it. */
public interface ProtocolChecks {

  /**
   * Starts the plugin, tries it, and stops it.
   *
   * @param manifest of a copy in a folder of its own: what works only beside the original fails
   */
  List<Finding> check(Manifest manifest);

  /** Starts nothing. */
  static ProtocolChecks none() {
    return new NoProtocolChecks();
  }
}

package io.testmesh.plugin.host;

import java.util.Locale;

/** Where a plugin stands in its life. */
public enum PluginState {
  /** It does not run. */
  STOPPED,
  /** It was started and does not serve yet. */
  STARTING,
  /** It serves. */
  READY,
  /** A call to it was given up, and it is asked whether it still answers. */
  CHECKING,
  /** It is to be stopped when the calls that run are over; it takes no new ones. */
  DRAINING,
  /** It is being stopped. */
  STOPPING,
  /** It ended by itself; the next call starts it again. */
  CRASHED,
  /** It did not start, or was given up. */
  FAILED;

  /** The name as REST and the command line show it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

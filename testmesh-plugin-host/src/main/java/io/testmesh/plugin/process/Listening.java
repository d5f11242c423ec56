package io.testmesh.plugin.process;

import java.util.List;

/**
 * Who listens where, as far as the system tells.
 *
 * @param foreign whether another process listens on the plugin's port
 * @param exposed whether the plugin listens on every address of the machine
 * @param onlyIpv6 whether the plugin listens on {@code ::1} alone
 * @param otherPorts where else the plugin listens
 */
public record Listening(
    boolean foreign, boolean exposed, boolean onlyIpv6, List<Integer> otherPorts) {
  /** Nothing is known. */
  public static final Listening UNKNOWN = new Listening(false, false, false, List.of());

  /** Copies the list. */
  public Listening {
    otherPorts = List.copyOf(otherPorts);
  }
}

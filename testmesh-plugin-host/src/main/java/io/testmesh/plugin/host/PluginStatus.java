package io.testmesh.plugin.host;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.KeptInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin is, at one moment.
 *
 * @param state where it stands
 * @param pid the number of its process; 0 when it has none
 * @param port where it listens; 0 when it does not
 * @param restarts how often it was started again after it had ended or hung
 * @param problem why it does not serve; null when it does or was not started
 * @param info what it offers; null when that is not known
 * @param warnings what is odd
 */
public record PluginStatus(
    PluginState state,
    long pid,
    int port,
    int restarts,
    @Nullable PluginException problem,
    @Nullable KeptInfo info,
    List<PluginWarning> warnings) {
  /** Copies the list. */
  public PluginStatus {
    warnings = List.copyOf(warnings);
  }

  /** Whether it serves. */
  public boolean isLoaded() {
    return state == PluginState.READY
        || state == PluginState.CHECKING
        || state == PluginState.DRAINING;
  }
}

package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin is at a moment. Immutable.
 *
 * @param status a word for it, in small letters: {@code stopped}, {@code starting}, {@code ready},
 *     {@code crashed}, {@code failed}, …
 * @param loaded whether it is ready to be called
 * @param error why it is not, or null
 * @param pid the plugin's own process, not a shell's; null when there is none
 * @param port where it listens; null when it does not run
 * @param actions what it said that it offers; null when it was not asked
 * @param restarts how often it was started again
 * @param warnings what is odd about it
 * @param conflicts actions of it that are refused
 */
public record RunningStatus(
    String status,
    boolean loaded,
    @Nullable PluginException error,
    @Nullable Long pid,
    @Nullable Integer port,
    @Nullable List<KeptInfo.Action> actions,
    int restarts,
    List<PluginWarning> warnings,
    List<PluginWarning> conflicts) {
  /** Copies the lists. */
  public RunningStatus {
    Objects.requireNonNull(status, "status");
    actions = actions == null ? null : List.copyOf(actions);
    warnings = List.copyOf(warnings);
    conflicts = List.copyOf(conflicts);
  }

  /** One that does not run. */
  public static RunningStatus stopped() {
    return new RunningStatus("stopped", false, null, null, null, null, 0, List.of(), List.of());
  }
}

package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as it lies in the plugin folder: valid, or listed with what is wrong. Immutable.
 *
 * @param id its id; for one without a readable manifest the name of its folder
 * @param folder where it lies; absolute
 * @param manifest the manifest; null when it cannot be used
 * @param problem why it cannot be used, or null
 * @param enabled whether flows may use it
 */
public record Installed(
    String id,
    Path folder,
    @Nullable Manifest manifest,
    @Nullable PluginException problem,
    boolean enabled) {
  /** Checks that one of manifest and problem is there. */
  public Installed {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(folder, "folder");
    if (manifest == null && problem == null) {
      throw new IllegalArgumentException("a plugin without manifest needs a problem");
    }
  }

  /** Whether it can be started. */
  public boolean isUsable() {
    return enabled && problem == null;
  }
}

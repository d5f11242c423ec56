package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as it lies in the plugin folder: valid, or listed with what is wrong. Immutable.
 *
 * @param id its id; for one without a usable manifest the name of its folder
 * @param folder where it lies; absolute
 * @param manifest the manifest; null when it cannot be used
 * @param problem why it cannot be used, or null
 * @param enabled whether flows may use it
 * @param raw the manifest's fields as they are written, as far as they can be read
 * @param warnings what is odd, its manifest's warnings included
 * @param conflicts what stands against it in other plugins or in what is built in
 */
public record Installed(
    String id,
    Path folder,
    @Nullable Manifest manifest,
    @Nullable PluginException problem,
    boolean enabled,
    Map<String, @Nullable Object> raw,
    List<PluginWarning> warnings,
    List<PluginWarning> conflicts) {
  /** Checks that one of manifest and problem is there. */
  public Installed {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(folder, "folder");
    if (manifest == null && problem == null) {
      throw new IllegalArgumentException("a plugin without manifest needs a problem");
    }
    raw = Collections.unmodifiableMap(new LinkedHashMap<>(raw));
    warnings = List.copyOf(warnings);
    conflicts = List.copyOf(conflicts);
  }

  /** One that nothing more is said about than its manifest says. */
  public Installed(
      String id,
      Path folder,
      @Nullable Manifest manifest,
      @Nullable PluginException problem,
      boolean enabled) {
    this(
        id,
        folder,
        manifest,
        problem,
        enabled,
        manifest == null ? Map.of() : manifest.raw(),
        manifest == null ? List.of() : manifest.warnings(),
        List.of());
  }

  /** Whether it can be started. */
  public boolean isUsable() {
    return enabled && problem == null;
  }

  /** Whether flows mean it by that name: it is its id, or the id that an unusable one declares. */
  public boolean isCalled(String name) {
    return id.equals(name) || problem != null && name.equals(problem.details().get("id"));
  }
}

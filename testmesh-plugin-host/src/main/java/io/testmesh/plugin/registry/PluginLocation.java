package io.testmesh.plugin.registry;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.PluginException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which folder is the plugin folder, and who says so.
 *
 * @param path absolute
 * @param named by whom it was named: {@code --plugins} or {@code PLUGINS_DIR}; null for the default
 *     folder, which may be absent
 * @param trusted whether plugins are run from it even if others can write to it:
 *     PLUGINS_DIR_TRUSTED is {@code true}
 */
public record PluginLocation(Path path, @Nullable String named, boolean trusted) {
  private static final String VARIABLE = "PLUGINS_DIR";

  /** Checks that the path is there. */
  public PluginLocation {
    Objects.requireNonNull(path, "path");
  }

  /** The folder that is set, else PLUGINS_DIR, else {@code plugins} in the working folder. */
  public static PluginLocation of(RunnerSettings settings) {
    Path working = settings.workingFolder();
    boolean trusted = "true".equals(settings.environment().get(VARIABLE + "_TRUSTED"));
    if (settings.plugins().isPresent()) {
      return new PluginLocation(absolute(working, settings.plugins().get()), "--plugins", trusted);
    }
    String variable = settings.environment().get(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return new PluginLocation(absolute(working, Path.of(variable)), VARIABLE, trusted);
    }
    return new PluginLocation(absolute(working, Path.of("plugins")), null, trusted);
  }

  /**
   * Refuses a named folder that is not there.
   *
   * @throws PluginException with the code DIR_MISSING
   */
  public void requirePresent() throws PluginException {
    if (named != null && !Files.isDirectory(path)) {
      String what = Files.exists(path) ? "is no folder" : "does not exist";
      throw new PluginException(
          "DIR_MISSING", "the plugin folder " + path + " (" + named + ") " + what, null);
    }
  }

  private static Path absolute(Path working, Path path) {
    return working.resolve(path).toAbsolutePath().normalize();
  }
}

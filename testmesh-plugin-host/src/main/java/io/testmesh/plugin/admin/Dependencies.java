package io.testmesh.plugin.admin;

import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees that a plugin names packages which are not in its folder. Nothing is installed. */
public final class Dependencies {
  private Dependencies() {}

  /** A warning with the exact command for each kind of packages that is missing. */
  public static List<PluginWarning> missing(Path plugin) {
    List<PluginWarning> warnings = new ArrayList<>();
    if (Files.isRegularFile(plugin.resolve("requirements.txt")) && !hasPythonPackages(plugin)) {
      warnings.add(
          missing(
              "requirements.txt",
              "python3 -m pip install -r " + plugin.resolve("requirements.txt")));
    }
    if (namesNodePackages(plugin) && !Files.isDirectory(plugin.resolve("node_modules"))) {
      warnings.add(missing("package.json", "npm install --omit=dev --prefix " + plugin));
    }
    return warnings;
  }

  private static PluginWarning missing(String file, String command) {
    return new PluginWarning(
        "DEPS_MISSING",
        file
            + " names packages that are not in the plugin's folder; if they are missing: "
            + command);
  }

  private static boolean hasPythonPackages(Path plugin) {
    try {
      for (String line : Files.readAllLines(plugin.resolve("requirements.txt"))) {
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          return false;
        }
      }
      return true;
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static boolean namesNodePackages(Path plugin) {
    Path file = plugin.resolve("package.json");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
        return false;
      }
      Map<String, @Nullable Object> json = JsonDocument.read(Files.readAllBytes(file)).object();
      return json != null
          && json.get("dependencies") instanceof Map<?, ?> names
          && !names.isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }
}

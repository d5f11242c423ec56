package io.testmesh.plugin.manifest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that was read and is valid.
 *
 * @param id the plugin's id
 * @param name the name for people
 * @param version as it was written
 * @param type what the plugin is for
 * @param entryPoint the file to run, relative to the folder
 * @param config default configuration, merged under a step's
 * @param permissions what the plugin says it needs
 * @param startTimeout how long it may take to get healthy; null for the default
 * @param environment names of the environment's entries that the plugin would like to see
 * @param raw all of it, JSON-like, unknown keys included
 * @param folder where it lies; absolute and real
 * @param warnings what is odd
 */
public record Manifest(
    String id,
    String name,
    String version,
    PluginType type,
    String entryPoint,
    Map<String, @Nullable Object> config,
    List<String> permissions,
    @Nullable Duration startTimeout,
    List<String> environment,
    Map<String, @Nullable Object> raw,
    Path folder,
    List<PluginWarning> warnings) {

  /** The file's name. */
  public static final String FILE = "manifest.json";

  /** Copies the collections. */
  public Manifest {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    permissions = List.copyOf(permissions);
    environment = List.copyOf(environment);
    raw = Collections.unmodifiableMap(new LinkedHashMap<>(raw));
    warnings = List.copyOf(warnings);
  }
}

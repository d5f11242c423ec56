package io.testmesh.plugin.manifest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a plugin is for. */
public enum PluginType {
  /** Offers actions to flows. */
  ACTION("Actions that steps use"),
  /** Gets credentials. */
  AUTH("Credentials for requests"),
  /** Makes flows of other formats. */
  IMPORTER("Makes flows of other formats"),
  /** Makes other formats of flows. */
  EXPORTER("Makes other formats of flows"),
  /** Makes reports of runs. */
  REPORTER("Makes reports of runs");

  private final String description;

  PluginType(String description) {
    this.description = description;
  }

  /** The name in manifests: in small letters. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A few words for people. */
  public String description() {
    return description;
  }

  /** The type of that name, or null. */
  public static @Nullable PluginType of(String key) {
    for (PluginType type : values()) {
      if (type.key().equals(key)) {
        return type;
      }
    }
    return null;
  }
}

package io.testmesh.plugin.manifest;

import java.util.Objects;

/**
 * Something odd about a plugin that keeps it from nothing.
 *
 * @param code the stable code, in capitals
 * @param message for people
 */
public record PluginWarning(String code, String message) {
  /** Checks that the parts are present. */
  public PluginWarning {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}

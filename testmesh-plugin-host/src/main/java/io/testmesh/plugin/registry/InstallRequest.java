package io.testmesh.plugin.registry;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to install, and what may be replaced.
 *
 * @param source as it was given: a folder or an archive
 * @param base what a relative source is relative to
 * @param force whether the same version is installed anew
 * @param upgrade whether another version takes the place of the installed one
 * @param sha256 the hash that the archive must have, or null
 */
public record InstallRequest(
    String source, Path base, boolean force, boolean upgrade, @Nullable String sha256) {
  /** Checks that the parts are present. */
  public InstallRequest {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(base, "base");
  }
}

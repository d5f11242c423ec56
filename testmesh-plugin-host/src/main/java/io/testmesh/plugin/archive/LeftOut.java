package io.testmesh.plugin.archive;

import org.jspecify.annotations.Nullable;

/** Finds in a path what is not taken over. */
final class LeftOut {
  private LeftOut() {}

  /** The folder or file of the path that is left out, or null. */
  static @Nullable String in(String path) {
    for (String part : path.split("/", -1)) {
      if (Intake.isLeftOut(part)) {
        return part;
      }
    }
    return null;
  }
}

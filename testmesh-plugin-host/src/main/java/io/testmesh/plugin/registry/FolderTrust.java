package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who else could put programs into a plugin folder. Only POSIX systems are asked: elsewhere the
 * rights of a folder are inherited in ways that Java does not show.
 */
final class FolderTrust {
  private static final String HINT = ", or set PLUGINS_DIR_TRUSTED=true if that is meant";

  private FolderTrust() {}

  /** Why nothing should be run from the folder, or null. */
  static @Nullable PluginException problem(Path folder) {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    try {
      return problem(
          folder, Files.getPosixFilePermissions(folder), user(folder), user(Path.of("/proc/self")));
    } catch (IOException unknown) {
      return null; // the scan itself tells why
    }
  }

  /** The same for a folder with these rights and owner, and a process of that user. */
  static @Nullable PluginException problem(
      Path folder, Set<PosixFilePermission> rights, @Nullable Integer owner, @Nullable Integer me) {
    if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      return untrusted(folder, "can be written to by everybody", "chmod o-w " + folder);
    }
    // What belongs to the system's administrator is as good as the system.
    if (me != null && owner != null && !owner.equals(me) && owner != 0) {
      return untrusted(
          folder,
          "belongs to another user (uid " + owner + ", this process has " + me + ")",
          "chown it");
    }
    return null;
  }

  private static @Nullable Integer user(Path path) {
    try {
      return Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : null;
    } catch (IOException unknown) {
      return null;
    }
  }

  private static PluginException untrusted(Path folder, String why, String cure) {
    return new PluginException(
        "DIR_UNTRUSTED",
        "the plugin folder " + folder + " " + why + "; nothing is run from it",
        cure + HINT);
  }
}

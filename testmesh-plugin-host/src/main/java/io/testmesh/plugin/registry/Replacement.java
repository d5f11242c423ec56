package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;

/** When an installed plugin gives way to another one of its id. */
final class Replacement {
  private Replacement() {}

  static void check(Installed old, Staged staged) throws PluginException {
    InstallRequest request = staged.request();
    String id = staged.manifest().id();
    String version = staged.manifest().version();
    Manifest manifest = old.manifest();
    if (manifest == null) {
      if (!request.force() && !request.upgrade()) {
        throw refused(
            "plugin \""
                + id
                + "\" is installed already, in "
                + old.folder()
                + ", and cannot be used",
            "replace it with --force");
      }
    } else if (manifest.version().equals(version)) {
      if (!request.force()) {
        throw refused(
            "plugin \"" + id + "\" " + version + " is installed already",
            "install it anew with --force");
      }
    } else if (!request.upgrade()) {
      throw refused(
          "plugin \""
              + id
              + "\" is installed already in version "
              + manifest.version()
              + ", this is version "
              + version,
          "replace it with --upgrade");
    }
  }

  private static PluginException refused(String message, String hint) {
    return new PluginException("ALREADY_INSTALLED", message, hint);
  }
}

package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What is said when files cannot be read or written. */
final class InstallText {
  private InstallText() {}

  static PluginException failed(String source, Path plugins, IOException failed) {
    String file =
        failed instanceof FileSystemException known && known.getFile() != null
            ? " (" + known.getFile() + ")"
            : "";
    return new PluginException(
        "INSTALL_IO",
        "\"" + source + "\" could not be installed to " + plugins + ": " + IoText.of(failed) + file,
        "nothing was changed",
        failed);
  }

  static PluginException noRoom(String source, Path plugins, long needed, long free) {
    return new PluginException(
        "INSTALL_IO",
        "\""
            + source
            + "\" could not be installed to "
            + plugins
            + ": it needs "
            + needed
            + " bytes, "
            + free
            + " are free",
        "nothing was changed; make room on the disk");
  }
}

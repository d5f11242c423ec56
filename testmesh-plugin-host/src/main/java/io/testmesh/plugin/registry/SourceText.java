package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginId;
import io.testmesh.plugin.manifest.Quoted;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people write as a source, as a path on this machine. */
final class SourceText {
  private static final String INVALID = "SOURCE_INVALID";

  private SourceText() {}

  static Path path(InstallRequest request) throws PluginException {
    String text = request.source();
    if (text.isBlank()) {
      throw refused(INVALID, text, "is empty", "name a folder or an archive");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://")) {
      throw refused(
          "INSECURE_URL", text, "is not encrypted", "download and check the archive yourself");
    }
    int scheme = lower.indexOf("://");
    if (scheme > 1) {
      throw refused(
          INVALID,
          text,
          "cannot be installed from: " + lower.substring(0, scheme) + " is not supported yet",
          "download the archive and install the file");
    }
    if (text.startsWith("\\\\")) {
      // On Windows, to look at it sends the user's credentials to that host.
      throw refused(INVALID, text, "lies on another machine", "copy it to this one first");
    }
    Path path;
    try {
      path = request.base().resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException wrong) {
      throw refused(INVALID, text, "is no path", null);
    }
    if (!Files.exists(path) && PluginId.isValid(text)) {
      throw refused(
          INVALID,
          text,
          "is no folder or archive; to install by name from a registry is not supported yet",
          "download the archive and install the file");
    }
    return path;
  }

  private static PluginException refused(
      String code, String text, String why, @Nullable String hint) {
    return new PluginException(code, "the source " + Quoted.text(text) + " " + why, hint);
  }
}

package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A local source of a plugin.
 *
 * @param path a folder or a file
 * @param kind what it is
 */
public record PluginSource(Path path, Kind kind) {

  /** What a source is. */
  public enum Kind {
    /** A folder with a manifest. */
    FOLDER("folder"),
    /** A ZIP archive. */
    ZIP("zip"),
    /** A tar archive, compressed with gzip. */
    TAR_GZ("tar.gz");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** The name in the lock file. */
    public String key() {
      return key;
    }
  }

  /**
   * What was copied.
   *
   * @param root the folder that holds the manifest
   * @param files how many files
   * @param bytes how large they are together
   * @param leftOut what was not taken over, with numbers
   */
  public record Copied(Path root, int files, long bytes, List<String> leftOut) {
    /** Copies the list. */
    public Copied {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Looks at what a path is; a file by its first bytes.
   *
   * @throws PluginException SOURCE_INVALID when it is nothing to install from
   */
  public static PluginSource of(Path path) throws PluginException {
    if (Files.isDirectory(path)) {
      return new PluginSource(path, Kind.FOLDER);
    }
    if (!Files.exists(path)) {
      throw invalid(path, "does not exist", null);
    }
    if (!Files.isRegularFile(path)) {
      throw invalid(path, "is no regular file but a pipe, socket or device", null);
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(4);
    } catch (IOException unreadable) {
      throw invalid(path, "cannot be read", "check its permissions");
    }
    if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] < 9) {
      return new PluginSource(path, Kind.ZIP);
    }
    if (start.length == 4 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B) {
      return new PluginSource(path, Kind.TAR_GZ);
    }
    throw invalid(
        path,
        "is neither a folder nor a .zip or .tar.gz archive",
        path.endsWith(Manifest.FILE) ? "give the folder that it lies in" : null);
  }

  private static PluginException invalid(Path path, String what, @Nullable String hint) {
    return new PluginException("SOURCE_INVALID", "the source " + path + " " + what, hint);
  }

  /**
   * Copies the plugin into an empty folder, which stays as it is when the copy fails: its owner
   * removes it.
   */
  public Copied copy(Path target, Limits limits) throws PluginException, IOException {
    Intake intake = new Intake(target, limits, kind == Kind.FOLDER);
    switch (kind) {
      case FOLDER -> new FolderCopy(path, intake).copy();
      case ZIP -> new ZipReader(path, intake).read();
      case TAR_GZ -> new TarReader(path, intake).read();
    }
    Path root = kind == Kind.FOLDER ? target : root(target);
    return new Copied(root, intake.files(), intake.bytes(), intake.leftOut());
  }

  /** An archive holds its plugin at the top, or in the one folder at the top. */
  private Path root(Path target) throws PluginException, IOException {
    if (Files.exists(target.resolve(Manifest.FILE))) {
      return target;
    }
    List<Path> roots = new ArrayList<>();
    try (Stream<Path> entries = Files.list(target)) {
      entries
          .filter(entry -> Files.exists(entry.resolve(Manifest.FILE)))
          .sorted()
          .forEach(roots::add);
    }
    if (roots.size() == 1) {
      return roots.get(0);
    }
    List<String> names = new ArrayList<>();
    roots.forEach(root -> names.add(String.valueOf(root.getFileName())));
    throw new PluginException(
        "ARCHIVE_LAYOUT",
        "the archive "
            + path
            + " holds "
            + (roots.isEmpty()
                ? "no manifest.json at its top or in a folder at its top"
                : "several plugins: " + String.join(", ", names)),
        "pack one plugin's folder");
  }
}

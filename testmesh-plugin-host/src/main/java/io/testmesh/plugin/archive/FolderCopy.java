package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Copies a folder: links that stay inside are kept as links, nothing is followed. */
final class FolderCopy {
  private static final int DEEPEST = 64;
  private static final String VIRTUAL_ENVIRONMENT = "pyvenv.cfg";

  private final Path source;
  private final Intake intake;

  FolderCopy(Path source, Intake intake) {
    this.source = source;
    this.intake = intake;
  }

  void copy() throws PluginException, IOException {
    folder(source.toRealPath(), "", 1);
  }

  private void folder(Path folder, String prefix, int depth) throws PluginException, IOException {
    if (depth > DEEPEST) {
      throw intake.unsafe(prefix, "which lies more than " + DEEPEST + " folders deep");
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    }
    Collections.sort(entries);
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      String path = prefix + name;
      BasicFileAttributes kind =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (Intake.isLeftOut(name)) {
        intake.leaveOut(name, filesIn(entry, kind));
      } else if (kind.isDirectory() && Files.exists(entry.resolve(VIRTUAL_ENVIRONMENT))) {
        // It names the folder it was made in, and does not work anywhere else.
        intake.leaveOut(name, filesIn(entry, kind));
      } else if (kind.isDirectory()) {
        intake.folder(path);
        folder(entry, path + "/", depth + 1);
      } else if (kind.isSymbolicLink()) {
        intake.link(path, checkedLink(entry, path));
      } else if (kind.isRegularFile()) {
        file(entry, path);
      } else {
        throw intake.unsafe(path, "which is a pipe, socket or device");
      }
    }
  }

  private void file(Path file, String path) throws PluginException, IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      intake.file(path, isMarkedExecutable(file), in);
    }
  }

  /** Asks the file's rights: the administrator may execute nothing and everything. */
  private static boolean isMarkedExecutable(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    return Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> right.name().endsWith("_EXECUTE"));
  }

  private Path checkedLink(Path link, String path) throws PluginException, IOException {
    Path to = Files.readSymbolicLink(link);
    if (to.isAbsolute()) {
      throw intake.unsafe(path, "which is a link to " + to + ", outside of the folder");
    }
    Path root = source.toRealPath();
    Path parent = link.getParent();
    boolean inside = parent != null && parent.resolve(to).normalize().startsWith(root);
    if (inside && Files.exists(link)) {
      inside = link.toRealPath().startsWith(root);
    }
    if (!inside) {
      throw intake.unsafe(path, "which is a link out of the folder, to " + to);
    }
    return to;
  }

  private static int filesIn(Path entry, BasicFileAttributes kind) {
    if (!kind.isDirectory()) {
      return 1;
    }
    try (Stream<Path> all = Files.walk(entry)) {
      return (int) all.filter(file -> !Files.isDirectory(file)).count();
    } catch (IOException | UncheckedIOException unreadable) {
      return 0;
    }
  }
}

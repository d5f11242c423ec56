package io.testmesh.engine.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that match a pattern: {@code *}, {@code ?}, {@code [a-z]} and <code>{a,b}</code>
 * in names, and {@code **} for any folders, or none. Names that begin with a dot are found only by
 * a pattern that does.
 */
final class FileGlob {
  private final Path folder;
  private final List<String> parts;
  private final TreeSet<String> found = new TreeSet<>();

  private FileGlob(Path folder, List<String> parts) {
    this.folder = folder;
    this.parts = parts;
  }

  /**
   * The paths of the files, seen from the folder and with slashes, sorted.
   *
   * @throws IllegalArgumentException when the pattern is none
   */
  static List<@Nullable Object> matching(Path folder, String pattern) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part : pattern.replace('\\', '/').split("/", -1)) {
      if (part.isEmpty() && !parts.isEmpty()) {
        throw new IllegalArgumentException(pattern);
      }
      if (!part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty() || parts.size() == 1 && parts.get(0).isEmpty()) {
      throw new IllegalArgumentException(pattern);
    }
    boolean absolute = parts.get(0).isEmpty();
    Path start = absolute ? folder.toAbsolutePath().getRoot() : folder;
    FileGlob glob = new FileGlob(start == null ? folder : start, parts);
    glob.collect(glob.folder, absolute ? "/" : "", absolute ? 1 : 0);
    return new ArrayList<>(glob.found);
  }

  /** Finds what matches the parts from that one on. */
  private void collect(Path below, String shown, int part) throws IOException {
    String name = parts.get(part);
    boolean last = part == parts.size() - 1;
    if (name.equals("**")) {
      if (!last) {
        collect(below, shown, part + 1);
      }
      for (Path child : children(below, "*")) {
        boolean linked = Files.isSymbolicLink(child);
        if (last && Files.isRegularFile(child)) {
          found.add(shown + child.getFileName());
        } else if (!linked && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          collect(child, shown + child.getFileName() + "/", part);
        }
      }
    } else if (name.equals("..")) {
      next(below.resolve(".."), shown + "..", part, last);
    } else {
      for (Path child : children(below, name)) {
        next(child, shown + child.getFileName(), part, last);
      }
    }
  }

  private void next(Path child, String shown, int part, boolean last) throws IOException {
    if (last) {
      if (Files.isRegularFile(child)) {
        found.add(shown);
      }
    } else if (Files.isDirectory(child)) {
      collect(child, shown + "/", part + 1);
    }
  }

  private static List<Path> children(Path folder, String name) throws IOException {
    List<Path> children = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return children;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, name)) {
      for (Path child : stream) {
        boolean hidden = String.valueOf(child.getFileName()).startsWith(".");
        if (!hidden || name.startsWith(".")) {
          children.add(child);
        }
      }
    }
    return children;
  }
}

package io.testmesh.engine.plan;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds files that may hold flows, always in the same order. */
final class FlowFiles {
  private static final int DEEPEST = 100;

  private FlowFiles() {}

  /** The YAML and JSON files below a folder, hidden ones left out, in the order of their names. */
  static List<Path> below(Path folder, BiConsumer<Path, IOException> unreadable) {
    List<Path> files = new ArrayList<>();
    collect(folder, files, unreadable, 0);
    return files;
  }

  private static void collect(
      Path folder, List<Path> files, BiConsumer<Path, IOException> unreadable, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (Path path : children(folder, unreadable)) {
      String name = String.valueOf(path.getFileName());
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        collect(path, files, unreadable, depth + 1);
      } else if (isFlowName(name) && Files.isRegularFile(path)) {
        files.add(path);
      }
    }
  }

  private static List<Path> children(Path folder, BiConsumer<Path, IOException> unreadable) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        children.add(path);
      }
    } catch (IOException e) {
      unreadable.accept(folder, e);
    } catch (java.nio.file.DirectoryIteratorException e) {
      unreadable.accept(folder, e.getCause());
    }
    Collections.sort(children);
    return children;
  }

  /** What stands in a folder; nothing when it cannot be read. */
  static List<Path> in(Path folder) {
    return Files.isDirectory(folder) ? children(folder, (path, e) -> {}) : List.of();
  }

  private static boolean isFlowName(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  static boolean isGlob(String place) {
    for (int i = 0; i < place.length(); i++) {
      char c = place.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == '{') {
        return true;
      }
    }
    return false;
  }

  /** The files and folders that a glob matches, seen from a folder, in the order of their names. */
  static List<Path> matching(Path folder, String glob, BiConsumer<Path, IOException> unreadable) {
    Path pattern = folder.resolve(glob).normalize();
    Path base = pattern.getRoot() == null ? folder : pattern.getRoot();
    for (Path part : pattern) {
      if (isGlob(part.toString())) {
        break;
      }
      base = base.resolve(part);
    }
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + pattern);
    List<Path> found = new ArrayList<>();
    match(base, matcher, found, unreadable, 0);
    return found;
  }

  private static void match(
      Path folder,
      PathMatcher matcher,
      List<Path> found,
      BiConsumer<Path, IOException> unreadable,
      int depth) {
    for (Path path : children(folder, unreadable)) {
      if (matcher.matches(path)) {
        found.add(path);
      } else if (depth < DEEPEST && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        match(path, matcher, found, unreadable, depth + 1);
      }
    }
  }
}

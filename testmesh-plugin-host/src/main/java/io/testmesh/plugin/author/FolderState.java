package io.testmesh.plugin.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a plugin's folder, with size and time.
 *
 * @param files by their path in the folder
 */
record FolderState(Map<String, String> files) {
  private static final int MOST_FILES = 20_000;
  private static final int MOST_NAMES = 3;

  /** Python's own cache of what it compiled. */
  private static final String COMPILED = "__pycache__";

  static FolderState of(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.limit(MOST_FILES).toList()) {
        String name = folder.relativize(file).toString();
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory() && !name.contains(COMPILED)) {
          files.put(name, attributes.size() + " " + attributes.lastModifiedTime());
        }
      }
    } catch (IOException e) {
      // A file that comes and goes while it is looked at is a change too, which the next look
      // shows.
      return new FolderState(files);
    }
    return new FolderState(files);
  }

  /** What a later state has otherwise. */
  Optional<Finding> changes(FolderState later) {
    TreeSet<String> names = new TreeSet<>(files.keySet());
    names.addAll(later.files.keySet());
    names.removeIf(
        name -> files.containsKey(name) && files.get(name).equals(later.files.get(name)));
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = names.stream().limit(MOST_NAMES).toList();
    return Optional.of(
        Finding.warning(
            "WRITES_INTO_FOLDER",
            "it changes files of its own folder: "
                + String.join(", ", shown)
                + (names.size() > MOST_NAMES
                    ? " and " + (names.size() - MOST_NAMES) + " more"
                    : ""),
            "write into a temporary folder: an installed plugin may not be able to write its own"));
  }
}

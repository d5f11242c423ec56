package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether a plugin is still the one whose answers are kept. Manifest and entry point are
 * hashed, as those are what people change in place; of all other files name, size and time of
 * change are enough: reading hundreds of megabytes of modules before each run would cost more than
 * asking the plugin, and a change that keeps size and time is caught when the plugin starts.
 */
final class ContentKey {
  private static final int MOST_FILES = 20_000;

  private ContentKey() {}

  /** What a running plugin writes, and what tools put beside a program, says nothing about it. */
  static boolean isNoise(String name) {
    return name.startsWith(".") && !name.equals(".env")
        || name.equals("__pycache__")
        || name.equals("node_modules")
        || name.endsWith(".pyc")
        || name.endsWith(".log")
        || name.endsWith(".pid")
        || name.endsWith(".tmp");
  }

  static String of(Path folder, Set<Path> hashed) throws IOException {
    Path real = folder.toRealPath();
    Sha256 hash = new Sha256();
    for (Path file : hashed) {
      hash.text(file.toString()).file(real.resolve(file));
    }
    TreeSet<String> lines = new TreeSet<>();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return !dir.equals(real) && isNoise(String.valueOf(dir.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isNoise(String.valueOf(file.getFileName()))) {
              lines.add(
                  real.relativize(file)
                      + " "
                      + attributes.size()
                      + " "
                      + attributes.lastModifiedTime().toMillis());
            }
            return lines.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failed) {
            return FileVisitResult.CONTINUE;
          }
        });
    for (String line : lines) {
      hash.text(line);
    }
    return hash.hex();
  }
}

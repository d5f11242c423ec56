package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 hash of all that a plugin's folder holds: paths, links, and every byte. What
 * interpreters and running plugins leave there is no part of it.
 */
final class TreeHash {
  private TreeHash() {}

  static String of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Map<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return isTrace(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isTrace(file) && !attributes.isOther()) {
              files.put(real.relativize(file).toString().replace('\\', '/'), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Sha256 hash = new Sha256();
    for (Map.Entry<String, Path> entry : files.entrySet()) {
      Path file = entry.getValue();
      hash.text(entry.getKey());
      if (Files.isSymbolicLink(file)) {
        hash.text("link").text(Files.readSymbolicLink(file).toString());
      } else {
        hash.text("file").file(file);
      }
    }
    return hash.hex();
  }

  private static boolean isTrace(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.equals("__pycache__") || name.endsWith(".log") || name.endsWith(".pid");
  }
}

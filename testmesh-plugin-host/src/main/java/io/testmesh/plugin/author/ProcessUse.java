package io.testmesh.plugin.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a process holds; all 0 where the system does not say it in {@code /proc}.
 *
 * @param files open files and sockets
 * @param memory bytes of main memory
 */
record ProcessUse(long files, long memory) {
  private static final ProcessUse UNKNOWN = new ProcessUse(0, 0);

  static ProcessUse of(@Nullable Long pid) {
    if (pid == null) {
      return UNKNOWN;
    }
    Path process = Path.of("/proc", pid.toString());
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      long memory = 0;
      for (String line : Files.readAllLines(process.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          memory = Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
      return new ProcessUse(open.count(), memory);
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
  }
}

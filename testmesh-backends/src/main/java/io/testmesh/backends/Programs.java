package io.testmesh.backends;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests need. */
final class Programs {
  private static final String CACHE = "/.cache/testmesh-backends";

  private Programs() {}

  /** A file of this module, written into a folder. */
  static Path resource(String name, Path folder) throws IOException {
    try (InputStream in = Programs.class.getResourceAsStream(name)) {
      Path file = folder.resolve(name);
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
      return file;
    }
  }

  /**
   * Ends the test when a program is not there: as skipped, with the reason; with {@code
   * TESTMESH_REQUIRE=all} in the environment as failed.
   *
   * @param cure the command that installs it
   * @return where it is
   */
  static Path require(String program, String cure) {
    return require(program, find(program), cure);
  }

  /**
   * A program that build-go-backends.sh builds; ends the test as {@link #require(String, String)}
   * does when it was not built.
   */
  static Path built(String program) {
    String home = System.getProperty("user.home");
    String folder = System.getenv().getOrDefault("TESTMESH_BACKENDS", home + CACHE);
    Path path = Path.of(folder, "bin", program);
    return require(
        program,
        Files.isExecutable(path) ? path : find(program),
        "testmesh-backends/build-go-backends.sh builds it with Go");
  }

  private static Path require(String program, @Nullable Path found, String cure) {
    if (found != null) {
      return found;
    }
    String reason = program + " is not there (" + cure + ")";
    if ("all".equals(System.getenv("TESTMESH_REQUIRE"))) {
      throw new AssertionError(reason);
    }
    System.err.println("NOT RUN: " + reason);
    return Assumptions.abort(reason);
  }

  /** Where a program is; null when it is not on the PATH. */
  static @Nullable Path find(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path path = Path.of(folder, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }
}

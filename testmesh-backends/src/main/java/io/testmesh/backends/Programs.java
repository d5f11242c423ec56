package io.testmesh.backends;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests need. */
final class Programs {
  private Programs() {}

  /**
   * Ends the test when a program is not there: as skipped, with the reason; with {@code
   * TESTMESH_REQUIRE=all} in the environment as failed.
   *
   * @param cure the command that installs it
   * @return where it is
   */
  static Path require(String program, String cure) {
    Path found = find(program);
    if (found != null) {
      return found;
    }
    String reason = program + " is not on the PATH (" + cure + ")";
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

package io.testmesh.backends;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The Docker of this machine. */
final class Docker {
  private static final long PATIENCE_SECONDS = 10;

  private Docker() {}

  /** Whether there is one that answers. */
  static boolean answers() {
    try {
      Process version =
          new ProcessBuilder("docker", "version", "--format", "{{.Server.Version}}")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (version.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return version.exitValue() == 0;
      }
      version.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

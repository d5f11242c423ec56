package io.testmesh.backends;

/** Waits for the end of processes. */
final class Ends {
  private Ends() {}

  /**
   * Waits until the process is gone. {@code Process.onExit} would not do: it ends on the JVM's
   * common pool, whose threads a test may hold.
   */
  static void await(Process process) {
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.testmesh.backends;

/** Waits for processes. */
final class Ending {
  private Ending() {}

  /**
   * Waits for the end of a process that was told to end. Not by {@link Process#onExit}: from Java
   * 25 on it needs the common pool, whose only thread a test may be using to wait for this very
   * server.
   */
  static void await(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

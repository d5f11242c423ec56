package io.testmesh.backends;

import java.io.IOException;

/** Signals of POSIX. */
final class Signals {
  private Signals() {}

  /**
   * Sends a signal.
   *
   * @param name without SIG
   */
  static void send(String name, Process process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }
}

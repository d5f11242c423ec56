package io.testmesh.plugin.process;

/**
 * How a process ended.
 *
 * @param code its exit code; 128 and the signal's number when a signal ended it
 */
public record Exit(int code) {
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNALS = 64;

  /** Whether a signal ended it, as far as that can be told from the code. */
  public boolean isSignal() {
    return code > SIGNALLED && code <= SIGNALLED + MOST_SIGNALS && !Machine.CURRENT.isWindows();
  }

  /** The number of the signal; 0 when none ended it. */
  public int signal() {
    return isSignal() ? code - SIGNALLED : 0;
  }

  /** What happened, after the name of what ended: {@code was killed by signal 9 (SIGKILL)}. */
  public String words() {
    if (!isSignal()) {
      return "exited with code " + code;
    }
    String name =
        switch (signal()) {
          case 1 -> " (SIGHUP)";
          case 2 -> " (SIGINT)";
          case 3 -> " (SIGQUIT)";
          case 4 -> " (SIGILL)";
          case 6 -> " (SIGABRT)";
          case 7 -> " (SIGBUS)";
          case 8 -> " (SIGFPE)";
          case 9 -> " (SIGKILL)";
          case 11 -> " (SIGSEGV)";
          case 13 -> " (SIGPIPE)";
          case 15 -> " (SIGTERM)";
          default -> "";
        };
    return "was killed by signal " + signal() + name;
  }
}

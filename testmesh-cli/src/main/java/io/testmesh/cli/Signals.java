package io.testmesh.cli;

/**
 * Calls back on Ctrl-C and SIGTERM. The JDK offers this in {@code sun.misc.Signal} alone: a
 * shutdown hook sees the first signal only, and teardown would have to run in a JVM that is
 * shutting down.
 *
 * <p>Compiled before the others and without {@code -Werror}, because javac has no way to silence
 * its warning about that class, and reaching it by reflection costs 20 to 50 ms at every start.
 */
final class Signals implements sun.misc.SignalHandler {
  private final Runnable callback;

  private Signals(Runnable callback) {
    this.callback = callback;
  }

  /** Calls back, on a thread of its own, at every signal from now on. */
  static void onInterrupt(Runnable callback) {
    Signals handler = new Signals(callback);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        sun.misc.Signal.handle(new sun.misc.Signal(name), handler);
      } catch (IllegalArgumentException e) {
        // Not known here, or kept by the JVM (-Xrs): then the JVM ends as it does by itself.
        continue;
      }
    }
  }

  @Override
  public void handle(sun.misc.Signal signal) {
    callback.run();
  }
}

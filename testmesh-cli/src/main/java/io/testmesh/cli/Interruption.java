package io.testmesh.cli;

import io.testmesh.RunHandle;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C and SIGTERM do to a run: the first cancels it, teardown runs and reports are written;
 * the second ends it without teardown; the third ends the process whatever happens.
 */
final class Interruption implements Runnable {
  /** How long reports may take after the second signal. */
  private static final long LAST_MOMENT_MILLIS = 1000;

  private final Printer errors;
  private @Nullable RunHandle handle;
  private int signals;
  private boolean over;

  Interruption(Printer errors) {
    this.errors = errors;
  }

  /** Listens to signals from now on; until a run is there, one ends the process. */
  static Interruption install(Printer errors) {
    Interruption interruption = new Interruption(errors);
    Signals.onInterrupt(interruption);
    return interruption;
  }

  /** Says what a signal has to cancel. */
  synchronized void watch(RunHandle run) {
    handle = run;
  }

  /** Says that all is written. */
  synchronized void end() {
    over = true;
    notifyAll();
  }

  @Override
  public void run() {
    if (react() || waitForEnd()) {
      return;
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  /** Passes a signal on; tells whether the process may go on for now. */
  private synchronized boolean react() {
    signals++;
    if (over) {
      return true;
    }
    if (handle == null || signals > 2) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    } else if (signals == 1) {
      errors.line("\ninterrupted: teardown runs; a second signal ends at once");
      handle.cancel();
      return true;
    } else {
      handle.abort();
    }
    return false;
  }

  private synchronized boolean waitForEnd() {
    long end = System.nanoTime() + LAST_MOMENT_MILLIS * 1_000_000;
    long left = LAST_MOMENT_MILLIS;
    try {
      while (!over && left > 0) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return over;
  }
}

package io.testmesh.plugin;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere. */
public final class Waiting {
  private Waiting() {}

  /** Waits until the condition holds, at most so long; gives whether it does. */
  public static boolean until(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(5_000_000);
    }
    return true;
  }

  /** Waits for the end of a thread that interrupts this one, and forgets the interruption. */
  public static void forEnd(Thread interrupting) {
    until(Duration.ofSeconds(20), () -> !interrupting.isAlive());
    Thread.interrupted();
  }
}

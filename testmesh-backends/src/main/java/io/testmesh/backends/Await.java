package io.testmesh.backends;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what another thread or process does. */
public final class Await {
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private Await() {}

  /** Looks until it is true; fails when that takes a minute. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after a minute: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}

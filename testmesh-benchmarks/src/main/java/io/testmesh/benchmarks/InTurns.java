package io.testmesh.benchmarks;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Two ways to do the same work, in turns: what a busy machine takes from one it takes from the
 * other one, too, so that their ratio holds where their times do not.
 */
final class InTurns {
  private InTurns() {}

  /**
   * Measures, and prints both medians and the median of the ratios of the second half of the
   * rounds.
   *
   * @param operations how many operations one turn is
   */
  static void compare(
      String name, int operations, int rounds, Callable<?> bare, Callable<?> measured)
      throws Exception {
    int warm = rounds / 2;
    double[] bareMicros = new double[rounds - warm];
    double[] measuredMicros = new double[rounds - warm];
    double[] ratios = new double[rounds - warm];
    for (int round = 0; round < rounds; round++) {
      double first = micros(bare) / operations;
      double second = micros(measured) / operations;
      if (round >= warm) {
        bareMicros[round - warm] = first;
        measuredMicros[round - warm] = second;
        ratios[round - warm] = first / second;
      }
    }
    System.out.printf(
        "%-24s bare %7.1f us   measured %7.1f us   %.2f of its speed   (%d rounds of %d)%n",
        name,
        median(bareMicros),
        median(measuredMicros),
        median(ratios),
        rounds - warm,
        operations);
  }

  /**
   * Each turn has a thread of its own, as a runner does it: what waking it costs depends on where
   * the system puts it.
   */
  private static double micros(Callable<?> turn) throws Exception {
    FutureTask<Long> task =
        new FutureTask<>(
            () -> {
              long start = System.nanoTime();
              Object result = turn.call();
              long nanos = System.nanoTime() - start;
              if (result == null) {
                throw new IllegalStateException("a turn gave nothing");
              }
              return nanos;
            });
    new Thread(task, "turn").start();
    return task.get() / (double) TimeUnit.MICROSECONDS.toNanos(1);
  }

  /** The middle one. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.RunOptions.KeepResults;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;

/** Runs flows, and lets no benchmark measure a run that did not pass. */
final class Runs {
  private Runs() {}

  /** Options as the command line has them. */
  static RunOptions options(int parallel) {
    return RunOptions.builder().parallel(parallel).keepResults(KeepResults.FAILED).build();
  }

  /**
   * Runs flows.
   *
   * @throws IllegalStateException when one did not pass
   */
  static RunResult run(FlowRunner runner, FlowSet flows, RunOptions options) {
    RunResult result = runner.run(flows, options);
    if (result.status() != RunStatus.PASSED) {
      throw new IllegalStateException("the run ended as " + result.status().key(), failure(result));
    }
    return result;
  }

  private static Throwable failure(RunResult result) {
    try {
      result.orThrow();
      return new IllegalStateException("nothing is said about why");
    } catch (AssertionError e) {
      return e;
    }
  }
}

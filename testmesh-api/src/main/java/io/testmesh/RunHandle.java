package io.testmesh;

import io.testmesh.result.RunResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A run that was started. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface RunHandle {

  /** Stops the actions in flight; teardown runs, and the result says so. Returns at once. */
  void cancel();

  /** Ends at once, without teardown; for a second Ctrl-C. Returns at once. */
  void abort();

  /**
   * The run's result. Completed on one of the run's threads, never with an exception for a failed
   * flow. Cancelling or completing the future does not touch the run.
   *
   * @return a copy that belongs to the caller
   * @see CompletionStage
   */
  CompletableFuture<RunResult> result();
}

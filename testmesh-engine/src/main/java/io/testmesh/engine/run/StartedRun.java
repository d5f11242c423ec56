package io.testmesh.engine.run;

import io.testmesh.RunHandle;
import io.testmesh.result.RunResult;
import java.util.concurrent.CompletableFuture;

/** A run on a thread of its own. */
final class StartedRun implements RunHandle {
  private final RunControl control;
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();

  StartedRun(RunControl control) {
    this.control = control;
  }

  void complete(RunResult value) {
    result.complete(value);
  }

  void fail(Throwable e) {
    result.completeExceptionally(e);
  }

  @Override
  public void cancel() {
    control.cancel("the run was cancelled");
  }

  @Override
  public void abort() {
    control.abort("the run was aborted");
  }

  @Override
  public CompletableFuture<RunResult> result() {
    return result.copy();
  }
}

package io.testmesh.junit;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.result.RunResult;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runner of one factory's tests: made by the first test that runs, closed after the last. JUnit
 * does not tell how many of the tests it will run, and with parallel tests it closes the stream
 * before they end; so the runner is closed when no more tests are handed out and none runs. A test
 * that starts later gets another one. Safe for use by several threads.
 */
final class LeasedRunner implements Runners {
  private final Supplier<FlowRunner> maker;
  private @Nullable FlowRunner runner;
  private int running;
  private boolean ending;

  LeasedRunner(Supplier<FlowRunner> maker) {
    this.maker = maker;
  }

  @Override
  public RunResult run(FlowSet flows, RunOptions options) {
    FlowRunner taken = take();
    try {
      return taken.run(flows, options);
    } finally {
      giveBack();
    }
  }

  private synchronized FlowRunner take() {
    FlowRunner taken = runner;
    if (taken == null) {
      taken = maker.get();
      runner = taken;
    }
    running++;
    return taken;
  }

  private void giveBack() {
    FlowRunner idle;
    synchronized (this) {
      running--;
      idle = takeIdle();
    }
    close(idle);
  }

  /** Says that JUnit has been given all tests, or wants no more. */
  void noMore() {
    FlowRunner idle;
    synchronized (this) {
      ending = true;
      idle = takeIdle();
    }
    close(idle);
  }

  private @Nullable FlowRunner takeIdle() {
    if (!ending || running > 0) {
      return null;
    }
    FlowRunner idle = runner;
    runner = null;
    return idle;
  }

  private static void close(@Nullable FlowRunner idle) {
    if (idle != null) {
      idle.close();
    }
  }
}

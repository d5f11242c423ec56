package io.testmesh.spi;

import io.testmesh.FlowRunner;
import io.testmesh.RunnerSettings;

/**
 * Makes runners; implemented by the engine.
 *
 * @since 0.1
 */
public interface FlowRunnerProvider {

  /**
   * Makes a runner.
   *
   * @return a runner that the caller closes
   */
  FlowRunner create(RunnerSettings settings);
}

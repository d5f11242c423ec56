package io.testmesh.engine.run;

import io.testmesh.FlowRunner;
import io.testmesh.RunnerSettings;
import io.testmesh.spi.FlowRunnerProvider;

/** Makes the engine's runners; found by {@link java.util.ServiceLoader}. */
public final class EngineProvider implements FlowRunnerProvider {

  /** For the service loader. */
  public EngineProvider() {}

  @Override
  public FlowRunner create(RunnerSettings settings) {
    return new EngineRunner(settings);
  }
}

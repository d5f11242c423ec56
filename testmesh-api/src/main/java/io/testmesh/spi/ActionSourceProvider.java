package io.testmesh.spi;

import io.testmesh.RunnerSettings;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes an {@link ActionSource} for a runner. Found by {@link java.util.ServiceLoader}, the first
 * time that a flow names an action that no handler offers.
 *
 * @since 0.1
 */
public interface ActionSourceProvider {

  /**
   * A source for one runner; starts and contacts nothing.
   *
   * @param builtIn the names of the actions that the runner has without it, which it cannot offer
   */
  ActionSource create(RunnerSettings settings, Supplier<Set<String>> builtIn);
}

package io.testmesh.plugin.registry;

import java.util.List;

/** Stands where nothing is run: lists, installs and checks need no processes. */
final class NoRunningPlugins implements RunningPlugins {
  @Override
  public RunningStatus status(String id) {
    return RunningStatus.stopped();
  }

  @Override
  public void start(String id) {}

  @Override
  public void stop(String id) {}

  @Override
  public void restart(String id) {}

  @Override
  public List<OutputLine> logs(String id) {
    return List.of();
  }
}

package io.testmesh.plugin.host;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.PluginFolders;
import io.testmesh.plugin.registry.PluginLocation;
import io.testmesh.spi.ActionSource;
import io.testmesh.spi.ActionSourceProvider;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the host of plugins of a runner. */
public final class PluginSourceProvider implements ActionSourceProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PluginSourceProvider() {}

  @Override
  public ActionSource create(RunnerSettings settings, Supplier<Set<String>> builtIn) {
    PluginFolder folder = PluginFolders.open(PluginLocation.of(settings), builtIn);
    return PluginHost.open(folder, HostSettings.of(settings, folder, builtIn));
  }
}

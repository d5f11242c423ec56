package io.testmesh.plugin.host;

import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.process.PluginProcess;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.registry.KeptInfo;
import java.util.List;

/** A process of a plugin that got healthy. */
final class Serving {
  private final PluginProcess process;
  private final PluginClient client;
  private final KeptInfo info;
  private final boolean infoValid;
  private final List<PluginWarning> warnings;
  private volatile boolean ending;

  Serving(
      PluginProcess process,
      PluginClient client,
      KeptInfo info,
      boolean infoValid,
      List<PluginWarning> warnings) {
    this.process = process;
    this.client = client;
    this.info = info;
    this.infoValid = infoValid;
    this.warnings = List.copyOf(warnings);
  }

  PluginProcess process() {
    return process;
  }

  PluginClient client() {
    return client;
  }

  KeptInfo info() {
    return info;
  }

  /** Whether the plugin's own answer could be used. */
  boolean isInfoValid() {
    return infoValid;
  }

  List<PluginWarning> warnings() {
    return warnings;
  }

  /** Says that its end is wanted: it is then no crash. */
  void expectEnd() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }
}

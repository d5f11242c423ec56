package io.testmesh.plugin.author;

import io.testmesh.plugin.manifest.Manifest;
import java.util.List;

/** Starts nothing. */
final class NoProtocolChecks implements ProtocolChecks {
  @Override
  public List<Finding> check(Manifest manifest) {
    return List.of();
  }
}

package io.testmesh.plugin.registry;

import io.testmesh.plugin.archive.PluginSource;
import io.testmesh.plugin.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;

/** A plugin that was copied and checked, and waits to be put in its place; closed by its owner. */
public final class Staged implements AutoCloseable {
  private final InstallRequest request;
  private final Path place;
  private final PluginSource.Copied copied;
  private final Manifest manifest;
  private final List<String> hashes;

  Staged(
      InstallRequest request,
      Path place,
      PluginSource.Copied copied,
      Manifest manifest,
      List<String> hashes) {
    this.request = request;
    this.place = place;
    this.copied = copied;
    this.manifest = manifest;
    this.hashes = List.copyOf(hashes);
  }

  /** Its manifest; the folder that it names is the place where it waits. */
  public Manifest manifest() {
    return manifest;
  }

  /** What was copied. */
  public PluginSource.Copied copied() {
    return copied;
  }

  InstallRequest request() {
    return request;
  }

  String source() {
    return request.source();
  }

  Path root() {
    return copied.root();
  }

  LockFile.Entry lockEntry() {
    return new LockFile.Entry(manifest.version(), request.source(), hashes, manifest.permissions());
  }

  /** Removes what is left of the place where it waited. */
  @Override
  public void close() {
    Places.remove(place);
  }
}

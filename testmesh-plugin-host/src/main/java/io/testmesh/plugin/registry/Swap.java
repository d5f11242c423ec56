package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A plugin that was put in its place, while what was there before is still kept. */
public final class Swap {
  private final Installer installer;
  private final String id;
  private final Path target;
  private final @Nullable Installed old;
  private final @Nullable Path kept;
  private final LockFile.@Nullable Entry before;

  Swap(
      Installer installer,
      String id,
      Path target,
      @Nullable Installed old,
      @Nullable Path kept,
      LockFile.@Nullable Entry before) {
    this.installer = installer;
    this.id = id;
    this.target = target;
    this.old = old;
    this.kept = kept;
    this.before = before;
  }

  String id() {
    return id;
  }

  Path target() {
    return target;
  }

  @Nullable Installed old() {
    return old;
  }

  @Nullable Path kept() {
    return kept;
  }

  LockFile.@Nullable Entry before() {
    return before;
  }

  /** What was there before is not needed any more. */
  public void confirm() {
    if (kept != null) {
      Installer.removeParent(kept);
    }
  }

  /** Puts everything back as it was. */
  public void undo() throws PluginException {
    installer.undo(this);
  }
}

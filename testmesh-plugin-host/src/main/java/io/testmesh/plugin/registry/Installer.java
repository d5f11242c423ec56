package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.archive.Limits;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.ManifestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings plugins into a plugin folder and out of it: copied into a place of its own first, checked
 * there, and then put where it is found with one rename. Nothing is started and no code of the
 * plugin is run. Safe for use by several threads and processes.
 */
public final class Installer {
  private final LocalPluginFolder folder;
  private final FolderLock lock;
  private final ManifestReader reader;
  private final Staging staging;
  private final Places places;

  Installer(
      LocalPluginFolder folder, OwnFolder own, FolderLock lock, PluginFolders.Options options) {
    this.folder = folder;
    this.lock = lock;
    this.reader = options.reader();
    this.places = new Places(own);
    this.staging = new Staging(own, places, reader, Limits.USUAL, Staging::usableSpace);
  }

  /**
   * Copies what is to be installed into a place beside the plugins, and reads its manifest there:
   * what happens to the source from now on is of no importance.
   */
  public Staged stage(InstallRequest request) throws PluginException {
    places.sweep();
    return staging.stage(request);
  }

  /**
   * Finds what is to be replaced.
   *
   * @throws PluginException ALREADY_INSTALLED when the request does not allow it
   */
  public Optional<Installed> replaced(Staged staged) throws PluginException {
    String id = staged.manifest().id();
    Path target = folder.path().resolve(id);
    Installed old = null;
    for (Installed plugin : folder.scan()) {
      old = plugin.isCalled(id) && (old == null || plugin.problem() == null) ? plugin : old;
    }
    boolean free = !Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (!free && (old == null || !old.folder().equals(target))) {
      throw new PluginException(
          "ALREADY_INSTALLED",
          "plugin \""
              + id
              + "\" cannot be installed: "
              + target
              + " is there already"
              + (old == null ? " and holds no plugin" : ""),
          "move it out of the way");
    }
    if (old != null) {
      Replacement.check(old, staged);
    }
    return Optional.ofNullable(old);
  }

  /**
   * Puts what was staged in its place. What was there is kept until the change is confirmed or
   * undone.
   */
  public Swap swap(Staged staged) throws PluginException {
    String id = staged.manifest().id();
    try {
      return lock.with(
          () -> {
            Installed old = replaced(staged).orElse(null);
            Path kept = old == null ? null : places.trash().resolve(id);
            LockFile.Entry before = folder.lockFile().entry(id).orElse(null);
            Swap swap = new Swap(this, id, folder.path().resolve(id), old, kept, before);
            place(staged, swap);
            return swap;
          });
    } catch (IOException failed) {
      throw InstallText.failed(staged.source(), folder.path(), failed);
    }
  }

  private void place(Staged staged, Swap swap) throws IOException, PluginException {
    Installed old = swap.old();
    Path kept = swap.kept();
    boolean done = false;
    try {
      if (old != null && kept != null) {
        Trees.move(old.folder(), kept);
      }
      Trees.move(staged.root(), swap.target());
      OwnFolder.syncFolder(folder.path());
      folder.lockFile().put(swap.id(), staged.lockEntry());
      if (old == null) {
        folder.forget(swap.id()); // a fresh install is enabled
      } else {
        folder.forgetContent(swap.id());
      }
      done = true;
    } finally {
      if (!done) {
        putBack(swap);
      }
    }
  }

  /** Leaves all as it was before a change that failed, wherever it failed. */
  private void putBack(Swap swap) throws IOException {
    Installed old = swap.old();
    Path kept = swap.kept();
    boolean oldGone = old == null || kept != null && Files.exists(kept, LinkOption.NOFOLLOW_LINKS);
    if (oldGone && Files.exists(swap.target(), LinkOption.NOFOLLOW_LINKS)) {
      Path away = places.trash();
      Trees.move(swap.target(), away.resolve(swap.id()));
      Places.remove(away);
    }
    if (old != null && kept != null && oldGone) {
      Trees.move(kept, old.folder());
    }
    if (kept != null) {
      removeParent(kept);
    }
  }

  void undo(Swap swap) throws PluginException {
    try {
      lock.with(
          () -> {
            putBack(swap);
            LockFile.Entry before = swap.before();
            if (before == null) {
              folder.lockFile().remove(swap.id());
            } else {
              folder.lockFile().put(swap.id(), before);
            }
            folder.forgetContent(swap.id());
            return swap;
          });
    } catch (IOException failed) {
      throw InstallText.failed(swap.id(), folder.path(), failed);
    }
  }

  static void removeParent(Path kept) {
    Path place = kept.getParent();
    if (place != null) {
      Places.remove(place);
    }
  }

  /**
   * Removes a plugin that does not run. Only a direct child of the plugin folder that still holds
   * this plugin is touched; a link is removed and what it leads to is not.
   *
   * @return what could not be deleted and is tried again later; usually empty
   * @throws PluginException PATH_UNSAFE, DIR_LOCKED, INSTALL_IO
   */
  public List<Path> remove(Installed plugin) throws PluginException {
    places.sweep();
    Path gone;
    try {
      gone =
          lock.with(
              () -> {
                requireOwn(plugin);
                Path away = places.trash();
                Trees.move(plugin.folder(), away.resolve("plugin"));
                OwnFolder.syncFolder(folder.path());
                folder.forget(plugin.id());
                folder.lockFile().remove(plugin.id());
                return away;
              });
    } catch (IOException failed) {
      throw new PluginException(
          "INSTALL_IO",
          "plugin \""
              + plugin.id()
              + "\" could not be removed from "
              + folder.path()
              + ": "
              + IoText.of(failed),
          null,
          failed);
    }
    List<Path> left = new ArrayList<>(Trees.delete(gone.resolve("plugin")));
    if (left.isEmpty()) {
      Places.remove(gone);
    }
    return left;
  }

  private void requireOwn(Installed plugin) throws PluginException {
    Path at = plugin.folder();
    String name = String.valueOf(at.getFileName());
    String fault = null;
    if (!folder.path().equals(at.getParent()) || name.startsWith(".")) {
      fault = "is no direct child of the plugin folder";
    } else if (Files.isSymbolicLink(at)) {
      fault = plugin.manifest() == null ? null : "has become a link";
    } else {
      ManifestReport report = reader.inspect(at, false);
      Manifest now = report.manifest();
      Manifest before = plugin.manifest();
      if (before != null && (now == null || !now.id().equals(before.id()))) {
        fault = "does not hold this plugin any more";
      } else if (!Files.exists(at.resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS)) {
        fault = "holds no plugin";
      }
    }
    if (fault != null) {
      throw new PluginException(
          "PATH_UNSAFE",
          "plugin \"" + plugin.id() + "\" is not removed: " + at + " " + fault,
          "look what it is, and remove it yourself");
    }
  }

  /** Removes what a process that died left behind. */
  public void sweep() {
    places.sweep();
  }

  /** The hash that was recorded when a plugin was installed, if it was. */
  public Optional<String> recordedTreeHash(String id) {
    return folder.lockFile().entry(id).flatMap(entry -> entry.hash("tree"));
  }

  /** The hash of what a plugin's folder holds now; null when it cannot be read. */
  public static @Nullable String treeHash(Path plugin) {
    try {
      return TreeHash.of(plugin);
    } catch (IOException unreadable) {
      return null;
    }
  }
}

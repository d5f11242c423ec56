package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plugin folder on a disk. */
final class LocalPluginFolder implements PluginFolder {
  private final Path path;
  private final FolderScan scan;
  private final StateFile state;
  private final LockFile lockFile;
  private final KeptInfoFiles infos;
  private final Installer installer;
  private volatile List<PluginWarning> scanWarnings = List.of();

  LocalPluginFolder(Path path, PluginFolders.Options options) {
    this.path = path;
    OwnFolder own = new OwnFolder(path);
    FolderLock lock = new FolderLock(own, options.lockLimit());
    this.state = new StateFile(own, lock);
    this.lockFile = new LockFile(path, lock);
    this.infos = new KeptInfoFiles(own);
    this.scan = new FolderScan(path, options);
    this.installer = new Installer(this, own, lock, options);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<Installed> scan() {
    Map<String, Boolean> enabled = state.enabled();
    FolderScan.Found found = scan.scan(id -> enabled.getOrDefault(id, true));
    scanWarnings = found.warnings();
    return found.plugins();
  }

  @Override
  public List<PluginWarning> warnings() {
    List<PluginWarning> all = new ArrayList<>(scanWarnings);
    all.addAll(state.warnings());
    all.addAll(lockFile.warnings());
    return List.copyOf(all);
  }

  @Override
  public void enable(String id, boolean enabled) throws PluginException {
    state.enable(id, enabled);
  }

  @Override
  public Set<String> remembered() {
    return state.enabled().keySet();
  }

  @Override
  public void remember(Collection<String> ids) throws PluginException {
    state.remember(ids);
  }

  @Override
  public Optional<KeptInfo> info(Installed plugin) {
    return infos.read(plugin);
  }

  @Override
  public void keepInfo(Installed plugin, KeptInfo info) {
    infos.write(plugin, info);
  }

  @Override
  public Installer installer() {
    return installer;
  }

  LockFile lockFile() {
    return lockFile;
  }

  /** Forgets all that is kept of a plugin's content. */
  void forgetContent(String id) {
    infos.forget(id);
  }

  /** Forgets all that is kept of a plugin. */
  void forget(String id) throws PluginException {
    state.forget(id);
    infos.forget(id);
  }
}

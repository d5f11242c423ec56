package io.testmesh.plugin.admin;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.manifest.Quoted;
import io.testmesh.plugin.registry.InstallRequest;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.Installer;
import io.testmesh.plugin.registry.OutputLine;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.RunningPlugins;
import io.testmesh.plugin.registry.RunningStatus;
import io.testmesh.plugin.registry.Staged;
import io.testmesh.plugin.registry.Swap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of a folder: list, install, enable, disable, remove. Changes of one plugin take
 * turns; changes of others, and lists, do not wait for them.
 *
 * <p>Safe for use by several threads. Owns nothing that has to be closed: who runs the plugins
 * stops them.
 */
public final class PluginRegistry {
  private final PluginFolder folder;
  private final RunningPlugins running;
  private final Turns turns = new Turns();
  private final Rescan rescan = new Rescan();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Map<String, Map<String, @Nullable Object>> known = new ConcurrentHashMap<>();
  private volatile boolean looked;

  /** The registry of a folder whose plugins are run by somebody else. */
  public PluginRegistry(PluginFolder folder, RunningPlugins running) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.running = Objects.requireNonNull(running, "running");
  }

  /** The folder. */
  public PluginFolder folder() {
    return folder;
  }

  /**
   * What lies in the folder now, sorted by id.
   *
   * @param type only plugins of this type, or null
   * @param enabled only enabled or disabled ones, or null
   */
  public List<PluginRecord> list(@Nullable PluginType type, @Nullable Boolean enabled) {
    List<PluginRecord> records = new ArrayList<>();
    for (Installed plugin : scan()) {
      PluginRecord record = record(plugin);
      boolean typeFits = type == null || type.key().equals(record.type());
      if (typeFits && (enabled == null || enabled == record.enabled())) {
        records.add(record);
      }
    }
    return List.copyOf(records);
  }

  /** What is odd about the folder itself; of the last list. */
  public List<PluginWarning> warnings() {
    return folder.warnings();
  }

  /**
   * One plugin, by its id or by its folder's name when it cannot be used. Looks whether its files
   * are still those that were installed.
   *
   * @throws PluginException NOT_FOUND
   */
  public PluginRecord get(String id) throws PluginException {
    Installed plugin = find(id);
    PluginRecord record = record(plugin);
    Optional<String> recorded = folder.installer().recordedTreeHash(plugin.id());
    if (recorded.isPresent() && !recorded.get().equals(Installer.treeHash(plugin.folder()))) {
      return record.withWarnings(
          List.of(
              new PluginWarning(
                  "FILES_CHANGED",
                  "the files of plugin \""
                      + plugin.id()
                      + "\" are not those that were installed any more")));
    }
    return record;
  }

  /**
   * Installs from a folder or an archive. A fresh install is enabled and not started; a plugin that
   * runs is stopped, replaced and started, and when the new one does not start, the old one is put
   * back.
   *
   * @throws PluginException SOURCE_…, ARCHIVE_…, MANIFEST_… and so on for what is wrong with the
   *     source; ALREADY_INSTALLED; UPGRADE_FAILED; DIR_LOCKED; INSTALL_IO
   */
  public PluginRecord install(InstallRequest request) throws PluginException {
    try (Staged staged = folder.installer().stage(request)) {
      String id = staged.manifest().id();
      return turns.take(id, () -> install(id, staged));
    }
  }

  private PluginRecord install(String id, Staged staged) throws PluginException {
    folder.installer().replaced(staged); // before anything is stopped
    boolean ran = running.status(id).pid() != null || running.status(id).loaded();
    if (ran) {
      running.stop(id);
    }
    Swap swap = swap(id, staged, ran);
    if (ran) {
      try {
        running.start(id);
      } catch (PluginException unhealthy) {
        throw undone(id, swap, unhealthy);
      }
    }
    swap.confirm();
    folder.remember(List.of(id)); // it is not new to whoever looks next
    changed.remove(id);
    Installed plugin = find(id);
    known.put(id, plugin.raw());
    List<PluginWarning> notes = new ArrayList<>();
    if (!staged.copied().leftOut().isEmpty()) {
      notes.add(
          new PluginWarning(
              "LEFT_OUT", "not taken over: " + String.join(", ", staged.copied().leftOut())));
    }
    notes.addAll(Dependencies.missing(plugin.folder()));
    return record(plugin).withWarnings(notes);
  }

  private Swap swap(String id, Staged staged, boolean ran) throws PluginException {
    try {
      return folder.installer().swap(staged);
    } catch (PluginException failed) {
      if (ran) {
        restore(id, failed);
      }
      throw failed;
    }
  }

  private PluginException undone(String id, Swap swap, PluginException unhealthy) {
    PluginException failure =
        new PluginException(
            "UPGRADE_FAILED",
            "plugin \""
                + id
                + "\": the new version does not start, the old one is back; "
                + unhealthy.getMessage(),
            unhealthy.hint().orElse(null),
            unhealthy);
    try {
      running.stop(id);
      swap.undo();
    } catch (PluginException stays) {
      failure.addSuppressed(stays);
    }
    restore(id, failure);
    return failure;
  }

  private void restore(String id, PluginException failure) {
    try {
      running.start(id);
    } catch (PluginException notEvenThat) {
      failure.addSuppressed(notEvenThat);
    }
  }

  /**
   * Lets flows use a plugin, and starts it. One that does not start stays enabled: the record has
   * the error and its code then.
   *
   * @throws PluginException NOT_FOUND, or why it cannot be used at all
   */
  public PluginRecord enable(String id) throws PluginException {
    return turns.take(
        id,
        () -> {
          Installed plugin = usable(id);
          folder.enable(plugin.id(), true);
          return started(plugin.id(), () -> running.start(plugin.id()));
        });
  }

  /** Lets flows not use a plugin, from now on and after a restart, and stops it. */
  public PluginRecord disable(String id) throws PluginException {
    return turns.take(
        id,
        () -> {
          Installed plugin = find(id);
          folder.enable(plugin.id(), false);
          running.stop(plugin.id());
          return record(find(plugin.id()));
        });
  }

  /** Stops and starts a plugin that is enabled; the record has the error when it does not start. */
  public PluginRecord restart(String id) throws PluginException {
    return turns.take(
        id,
        () -> {
          Installed plugin = usable(id);
          if (!plugin.enabled()) {
            throw new PluginException(
                "DISABLED", "plugin \"" + plugin.id() + "\" is disabled", "enable it first");
          }
          return started(plugin.id(), () -> running.restart(plugin.id()));
        });
  }

  /** Something that may fail to start a plugin. */
  private interface Start {
    void run() throws PluginException;
  }

  private PluginRecord started(String id, Start start) throws PluginException {
    try {
      start.run();
      changed.remove(id);
      return record(find(id));
    } catch (PluginException failed) {
      return record(find(id)).failed(failed);
    }
  }

  /**
   * Stops a plugin and removes it with all that is kept of it.
   *
   * @return what could not be deleted yet and is tried again later; usually empty
   */
  public List<Path> uninstall(String id) throws PluginException {
    return turns.take(
        id,
        () -> {
          Installed plugin = find(id);
          running.stop(plugin.id());
          List<Path> left = folder.installer().remove(plugin);
          known.remove(plugin.id());
          changed.remove(plugin.id());
          return left;
        });
  }

  /**
   * Looks what has changed in the folder: new plugins are known from now on (and started, if that
   * is asked for and they are enabled), those that are gone are stopped, those that are another
   * version are marked. What is disabled stays so. Two that are asked for at once are one.
   */
  public Discovery discover(boolean start) throws PluginException {
    return rescan.join(() -> rescan(start));
  }

  private Discovery rescan(boolean start) throws PluginException {
    folder.installer().sweep();
    Set<String> before = new HashSet<>(looked ? known.keySet() : folder.remembered());
    Map<String, Installed> now = new LinkedHashMap<>();
    for (Installed plugin : folder.scan()) {
      now.put(plugin.id(), plugin);
    }
    Set<String> found = new LinkedHashSet<>(now.keySet());
    found.removeAll(before);
    Set<String> gone = new LinkedHashSet<>(known.keySet());
    gone.removeAll(now.keySet());
    for (Installed plugin : now.values()) {
      Map<String, @Nullable Object> was = known.get(plugin.id());
      if (was != null && !was.equals(plugin.raw()) && running.status(plugin.id()).pid() != null) {
        changed.add(plugin.id());
      }
    }
    for (String id : gone) {
      turns.take(id, () -> stopped(id));
    }
    remember(now.values());
    folder.remember(now.keySet());
    for (String id : found) {
      Installed plugin = now.get(id);
      if (start && plugin != null && plugin.isUsable()) {
        turns.take(id, () -> started(id, () -> running.start(id)));
      }
    }
    List<PluginRecord> records = new ArrayList<>();
    now.values().forEach(plugin -> records.add(record(plugin)));
    Set<String> marked = new HashSet<>(changed);
    marked.retainAll(now.keySet());
    return new Discovery(records, found, gone, marked);
  }

  private String stopped(String id) throws PluginException {
    running.stop(id);
    known.remove(id);
    changed.remove(id);
    return id;
  }

  /** The recent output of a plugin, oldest first. */
  public List<OutputLine> logs(String id) throws PluginException {
    return running.logs(find(id).id());
  }

  private List<Installed> scan() {
    List<Installed> plugins = folder.scan();
    if (!looked) {
      remember(plugins);
    }
    return plugins;
  }

  private void remember(Iterable<Installed> plugins) {
    for (Installed plugin : plugins) {
      known.put(plugin.id(), plugin.raw());
    }
    looked = true;
  }

  private Installed find(String id) throws PluginException {
    Installed called = null;
    for (Installed plugin : scan()) {
      if (plugin.id().equals(id)) {
        return plugin;
      }
      called = plugin.isCalled(id) ? plugin : called;
    }
    if (called != null) {
      return called;
    }
    throw new PluginException(
        "NOT_FOUND",
        "there is no plugin " + Quoted.text(id) + " in " + folder.path(),
        "\"plugin list\" shows what is there");
  }

  private Installed usable(String id) throws PluginException {
    Installed plugin = find(id);
    PluginException problem = plugin.problem();
    if (problem != null) {
      throw problem;
    }
    return plugin;
  }

  private PluginRecord record(Installed plugin) {
    RunningStatus status = running.status(plugin.id());
    PluginRecord record = PluginRecord.of(plugin, status, folder.info(plugin).orElse(null));
    return changed.contains(plugin.id())
        ? record.withWarnings(
            List.of(
                new PluginWarning(
                    "RESTART_NEEDED",
                    "plugin \""
                        + plugin.id()
                        + "\" was changed while it ran; restart it to use what is there now")))
        : record;
  }
}

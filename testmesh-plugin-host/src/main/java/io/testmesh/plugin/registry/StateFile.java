package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which plugins are enabled, in a file of the plugin folder. A plugin that it does not name is
 * enabled. What cannot be written is remembered until the process ends.
 */
final class StateFile {
  private static final String ENABLED = "enabled";

  private final OwnFolder own;
  private final FolderLock lock;
  private final JsonFile file;
  private final Map<String, Boolean> unwritten = new ConcurrentHashMap<>();

  StateFile(OwnFolder own, FolderLock lock) {
    this.own = own;
    this.lock = lock;
    this.file =
        new JsonFile(own.resolve("state.json"), "version", "all plugins count as enabled", lock);
  }

  /** What is odd, each said once. */
  List<PluginWarning> warnings() {
    return file.warnings();
  }

  /** Which ones are enabled now; those that are not named are. */
  Map<String, Boolean> enabled() {
    Map<String, Boolean> enabled = new TreeMap<>();
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : file.read().entrySet()) {
      enabled.put(entry.getKey(), isEnabled(entry.getValue()));
    }
    enabled.putAll(unwritten);
    return enabled;
  }

  private static boolean isEnabled(Map<String, @Nullable Object> plugin) {
    return !Boolean.FALSE.equals(plugin.get(ENABLED));
  }

  /** Enables or disables; a plugin that is so already is left alone. */
  void enable(String id, boolean enabled) throws PluginException {
    if (enabled().getOrDefault(id, true) != enabled) {
      change(id, enabled);
    }
  }

  /** Forgets a plugin that is gone. */
  void forget(String id) throws PluginException {
    if (enabled().containsKey(id)) {
      change(id, null);
    }
  }

  /** Names plugins that were found, so that they are not new the next time. */
  void remember(Collection<String> ids) throws PluginException {
    Set<String> known = enabled().keySet();
    for (String id : ids) {
      if (!known.contains(id)) {
        change(id, true);
      }
    }
  }

  private void change(String id, @Nullable Boolean enabled) throws PluginException {
    try {
      lock.with(
          () -> {
            Map<String, Map<String, @Nullable Object>> all = file.read();
            if (enabled == null) {
              all.remove(id);
            } else {
              all.computeIfAbsent(id, none -> new LinkedHashMap<>()).put(ENABLED, enabled);
            }
            file.write(all);
            unwritten.remove(id);
            return all;
          });
    } catch (IOException readOnly) {
      unwritten.put(id, enabled == null || enabled);
      file.warn(
          "DIR_READ_ONLY",
          "the plugin folder "
              + own.plugins()
              + " cannot be written to ("
              + IoText.of(readOnly)
              + "); what is enabled is remembered until this process ends");
    }
  }
}

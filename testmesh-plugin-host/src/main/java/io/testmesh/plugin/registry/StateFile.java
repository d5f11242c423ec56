package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.json.JsonWriter;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which plugins are enabled, in a file of the plugin folder. A plugin that it does not name is
 * enabled. Read anew each time, so that what another process changed is seen; written whole, under
 * the folder's lock.
 */
final class StateFile {
  private static final String NAME = "state.json";
  private static final int VERSION = 1;
  private static final int LARGEST = 1 << 20;

  private final OwnFolder own;
  private final FolderLock lock;
  private final Map<String, Boolean> unwritten = new ConcurrentHashMap<>();
  private final List<PluginWarning> warnings = new CopyOnWriteArrayList<>();

  StateFile(OwnFolder own, FolderLock lock) {
    this.own = own;
    this.lock = lock;
  }

  /** What is odd, each said once. */
  List<PluginWarning> warnings() {
    return warnings;
  }

  /** Which ones are enabled now; those that are not named are. */
  Map<String, Boolean> enabled() {
    Map<String, Boolean> enabled = new TreeMap<>(read());
    enabled.putAll(unwritten);
    return enabled;
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

  private void change(String id, @Nullable Boolean enabled) throws PluginException {
    try {
      lock.with(
          () -> {
            Map<String, Boolean> all = new TreeMap<>(read());
            if (enabled == null) {
              all.remove(id);
            } else {
              all.put(id, enabled);
            }
            OwnFolder.write(own.resolve(NAME), JsonWriter.pretty(toMap(all)));
            unwritten.remove(id);
            return all;
          });
    } catch (IOException readOnly) {
      unwritten.put(id, enabled == null || enabled);
      warn(
          "DIR_READ_ONLY",
          "the plugin folder "
              + own.plugins()
              + " cannot be written to ("
              + IoText.of(readOnly)
              + "); what is enabled is remembered until this process ends");
    }
  }

  private static Map<String, @Nullable Object> toMap(Map<String, Boolean> enabled) {
    Map<String, @Nullable Object> plugins = new LinkedHashMap<>();
    enabled.forEach((id, on) -> plugins.put(id, Map.of("enabled", on)));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("version", VERSION);
    all.put("plugins", plugins);
    return all;
  }

  private Map<String, Boolean> read() {
    Path file = own.resolve(NAME);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST);
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException unreadable) {
      String said = "the plugins' state " + file + " cannot be read: " + IoText.of(unreadable);
      warn("STATE_UNREADABLE", said + "; all plugins count as enabled");
      return Map.of();
    }
    JsonDocument document = JsonDocument.read(bytes);
    String fault = document.faults().isEmpty() ? null : document.faults().get(0).message();
    Map<String, @Nullable Object> object = document.object();
    if (fault == null && object != null) {
      fault = fault(object);
    }
    if (object == null || fault != null) {
      putAside(file, bytes, fault == null ? "no JSON object" : fault);
      return Map.of();
    }
    return plugins(object);
  }

  private static @Nullable String fault(Map<String, @Nullable Object> object) {
    if (!(object.get("version") instanceof Long version)) {
      return "the version is missing";
    }
    if (version != VERSION) {
      return "version " + version + " is not known to this TestMesh";
    }
    return object.get("plugins") instanceof Map<?, ?> ? null : "the plugins are missing";
  }

  private static Map<String, Boolean> plugins(Map<String, @Nullable Object> object) {
    Map<String, Boolean> enabled = new TreeMap<>();
    if (object.get("plugins") instanceof Map<?, ?> plugins) {
      plugins.forEach(
          (id, plugin) -> {
            if (plugin instanceof Map<?, ?> entry && entry.get("enabled") instanceof Boolean on) {
              enabled.put(String.valueOf(id), on);
            }
          });
    }
    return enabled;
  }

  /** Nothing is lost: what cannot be used is kept under another name. */
  private void putAside(Path file, byte[] bad, String fault) {
    String said =
        "the plugins' state "
            + file
            + " cannot be used ("
            + fault
            + "); all plugins count as enabled";
    String stamp = Instant.now(Clock.systemUTC()).toString().replace(":", "");
    Path aside = file.resolveSibling(NAME + ".bad-" + stamp);
    try {
      boolean moved =
          lock.with(
              () -> {
                // Another process may have put it right since it was read.
                boolean still = Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bad);
                if (still) {
                  Files.move(file, aside);
                }
                return still;
              });
      if (moved) {
        warn("STATE_CORRUPT", said + "; the old one is kept as " + aside.getFileName());
      }
    } catch (IOException stays) {
      warn("STATE_CORRUPT", said + "; it stays where it is: " + IoText.of(stays));
    } catch (PluginException held) {
      warn("STATE_CORRUPT", said + "; it stays where it is: " + held.getMessage());
    }
  }

  private void warn(String code, String message) {
    PluginWarning warning = new PluginWarning(code, message);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}

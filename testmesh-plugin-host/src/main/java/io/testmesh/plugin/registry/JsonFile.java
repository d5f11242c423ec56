package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.json.JsonWriter;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A file of the plugin folder that says something about each plugin: a version and an object for
 * each id. Read anew each time, so that what another process changed is seen; written whole. One
 * that cannot be used is put aside, never overwritten.
 */
final class JsonFile {
  private static final String PLUGINS = "plugins";
  private static final long VERSION = 1;
  private static final int LARGEST = 8 << 20;

  private final Path file;
  private final String versionKey;
  private final String what;
  private final FolderLock lock;
  private final List<PluginWarning> warnings = new CopyOnWriteArrayList<>();

  /**
   * A file.
   *
   * @param what what it is called in messages, and what follows when it cannot be used
   */
  JsonFile(Path file, String versionKey, String what, FolderLock lock) {
    this.file = file;
    this.versionKey = versionKey;
    this.what = what;
    this.lock = lock;
  }

  /** What is odd about it, each said once. */
  List<PluginWarning> warnings() {
    return warnings;
  }

  /** Says something odd once. */
  void warn(String code, String message) {
    PluginWarning warning = new PluginWarning(code, message);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** What it says, by id; sorted, and the caller's. */
  Map<String, Map<String, @Nullable Object>> read() {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST);
    } catch (IOException unreadable) {
      if (!Files.exists(file)) {
        return new TreeMap<>();
      }
      warn("STATE_UNREADABLE", file + " cannot be read (" + IoText.of(unreadable) + "); " + what);
      return new TreeMap<>();
    }
    JsonDocument document = JsonDocument.read(bytes);
    Map<String, @Nullable Object> object = document.object();
    String fault = object == null ? "no JSON object" : fault(object);
    if (!document.faults().isEmpty()) {
      fault = document.faults().get(0).place() + " " + document.faults().get(0).message();
    }
    if (object == null || fault != null) {
      putAside(bytes, fault == null ? "" : fault);
      return new TreeMap<>();
    }
    return entries(object.get(PLUGINS));
  }

  private @Nullable String fault(Map<String, @Nullable Object> object) {
    if (!(object.get(versionKey) instanceof Long version)) {
      return "the version is missing";
    }
    if (version != VERSION) {
      return "its version " + version + " is not known to this TestMesh";
    }
    return object.get(PLUGINS) instanceof Map<?, ?> ? null : "the plugins are missing";
  }

  private static Map<String, Map<String, @Nullable Object>> entries(@Nullable Object plugins) {
    Map<String, Map<String, @Nullable Object>> entries = new TreeMap<>();
    if (plugins instanceof Map<?, ?> given) {
      given.forEach(
          (id, value) -> {
            if (value instanceof Map<?, ?> fields) {
              Map<String, @Nullable Object> copy = new LinkedHashMap<>();
              fields.forEach((key, field) -> copy.put(String.valueOf(key), field));
              entries.put(String.valueOf(id), copy);
            }
          });
    }
    return entries;
  }

  /** Writes it whole; only under the folder's lock. */
  void write(Map<String, Map<String, @Nullable Object>> entries) throws IOException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(versionKey, VERSION);
    all.put(PLUGINS, new TreeMap<>(entries));
    OwnFolder.write(file, JsonWriter.pretty(all));
  }

  /** Nothing is lost: what cannot be used is kept under another name. */
  private void putAside(byte[] bad, String fault) {
    String said = file + " cannot be used (" + fault + "); " + what;
    String stamp = Instant.now(Clock.systemUTC()).toString().replace(":", "");
    Path aside = file.resolveSibling(file.getFileName() + ".bad-" + stamp);
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
}

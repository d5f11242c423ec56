package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code plugins.lock.json} in the plugin folder: of each installed plugin its version, where it
 * came from, and hashes. People may keep it under version control; it is sorted and has no times.
 */
final class LockFile {
  /** The file's name. */
  static final String NAME = "plugins.lock.json";

  private static final String HASHES = "hashes";

  private final JsonFile file;
  private final FolderLock lock;

  LockFile(Path plugins, FolderLock lock) {
    this.lock = lock;
    this.file =
        new JsonFile(
            plugins.resolve(NAME), "lock_version", "it is not known where plugins came from", lock);
  }

  /**
   * What is locked of a plugin.
   *
   * @param source what was given to install
   * @param hashes with their scheme in front: {@code zip:sha256:…}, {@code tree:sha256:…}
   */
  record Entry(String version, String source, List<String> hashes, List<String> permissions) {
    /** Copies the lists. */
    Entry {
      hashes = List.copyOf(hashes);
      permissions = List.copyOf(permissions);
    }

    /** The hash of a scheme such as {@code tree}. */
    Optional<String> hash(String scheme) {
      String start = scheme + ":sha256:";
      return hashes.stream()
          .filter(hash -> hash.startsWith(start))
          .map(hash -> hash.substring(start.length()))
          .findFirst();
    }
  }

  List<PluginWarning> warnings() {
    return file.warnings();
  }

  Optional<Entry> entry(String id) {
    Map<String, @Nullable Object> fields = file.read().get(id);
    return fields == null
        ? Optional.empty()
        : Optional.of(
            new Entry(
                String.valueOf(fields.get("version")),
                String.valueOf(fields.get("source")),
                texts(fields.get(HASHES)),
                texts(fields.get("permissions"))));
  }

  void put(String id, Entry entry) throws IOException, PluginException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("version", entry.version());
    fields.put("source", entry.source());
    fields.put(HASHES, entry.hashes());
    fields.put("permissions", entry.permissions());
    change(id, fields);
  }

  void remove(String id) throws IOException, PluginException {
    if (entry(id).isPresent()) {
      change(id, null);
    }
  }

  private void change(String id, @Nullable Map<String, @Nullable Object> fields)
      throws IOException, PluginException {
    lock.with(
        () -> {
          Map<String, Map<String, @Nullable Object>> all = file.read();
          if (fields == null) {
            all.remove(id);
          } else {
            all.put(id, fields);
          }
          file.write(all);
          return all;
        });
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> texts.add(String.valueOf(item)));
    }
    return texts;
  }
}

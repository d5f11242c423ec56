package io.testmesh.plugin.registry;

import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.json.JsonWriter;
import io.testmesh.plugin.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kept answers to {@code /info}, a file for each plugin. It is a memory and no more: what
 * cannot be read or written is as good as absent, and needs no lock, since files are replaced
 * whole.
 */
final class KeptInfoFiles {
  private static final long LARGEST = 16 << 20;

  private final OwnFolder own;
  private final Map<String, Kept> inMemory = new ConcurrentHashMap<>();

  private record Kept(String key, KeptInfo info) {}

  KeptInfoFiles(OwnFolder own) {
    this.own = own;
  }

  Optional<KeptInfo> read(Installed plugin) {
    Manifest manifest = plugin.manifest();
    if (manifest == null) {
      return Optional.empty();
    }
    try {
      Kept kept = inMemory.get(plugin.id());
      Path file = file(plugin);
      if (kept == null && Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
        kept = parse(JsonDocument.read(Files.readAllBytes(file)).object());
      }
      return kept != null && kept.key().equals(key(manifest))
          ? Optional.of(kept.info())
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  void write(Installed plugin, KeptInfo info) {
    Manifest manifest = plugin.manifest();
    if (manifest == null) {
      return;
    }
    try {
      String key = key(manifest);
      try {
        own.make();
        Files.createDirectories(file(plugin).getParent());
        OwnFolder.write(file(plugin), JsonWriter.pretty(toMap(key, info)));
        inMemory.remove(plugin.id());
      } catch (IOException readOnly) {
        inMemory.put(plugin.id(), new Kept(key, info));
      }
    } catch (IOException gone) {
      inMemory.remove(plugin.id());
    }
  }

  /** Forgets a plugin that is gone. */
  void forget(String id) {
    inMemory.remove(id);
    try {
      Files.deleteIfExists(own.resolve("info").resolve(id + ".json"));
    } catch (IOException stays) {
      // Its key fits no other plugin, so that it is never used.
    }
  }

  private Path file(Installed plugin) {
    return own.resolve("info").resolve(plugin.id() + ".json");
  }

  private static String key(Manifest manifest) throws IOException {
    Set<Path> hashed = new LinkedHashSet<>();
    hashed.add(Path.of(Manifest.FILE));
    hashed.add(Path.of(manifest.entryPoint()));
    return ContentKey.of(manifest.folder(), hashed);
  }

  private static Map<String, @Nullable Object> toMap(String key, KeptInfo info) {
    List<Map<String, @Nullable Object>> actions = new ArrayList<>();
    for (KeptInfo.Action action : info.actions()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("id", action.id());
      map.put("name", action.name());
      map.put("description", action.description());
      map.put("schema", action.schema());
      actions.add(map);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("key", key);
    map.put("max_concurrency", info.maxConcurrency());
    map.put("actions", actions);
    return map;
  }

  private static @Nullable Kept parse(@Nullable Map<String, @Nullable Object> map) {
    if (map == null
        || !(map.get("key") instanceof String key)
        || !(map.get("max_concurrency") instanceof Long most)
        || !(map.get("actions") instanceof List<?> list)) {
      return null;
    }
    List<KeptInfo.Action> actions = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> action)
          || !(action.get("id") instanceof String id)
          || !(action.get("name") instanceof String name)
          || !(action.get("description") instanceof String description)
          || !(action.get("schema") instanceof Map<?, ?> schema)) {
        return null;
      }
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      schema.forEach((name2, value) -> copy.put(String.valueOf(name2), value));
      actions.add(new KeptInfo.Action(id, name, description, copy));
    }
    return new Kept(key, new KeptInfo(actions, (int) Math.min(most, 1000)));
  }
}

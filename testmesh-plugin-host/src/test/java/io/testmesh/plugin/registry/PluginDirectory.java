package io.testmesh.plugin.registry;

import io.testmesh.plugin.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes plugins in a temporary folder. */
public final class PluginDirectory {
  private final Path path;

  public PluginDirectory(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** The fields of a manifest that is valid. */
  public static Map<String, @Nullable Object> fields(String id) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("name", "Plugin " + id);
    fields.put("version", "1.0.0");
    fields.put("type", "action");
    fields.put("entry_point", "server.py");
    return fields;
  }

  /** A plugin in a folder of its name. */
  public Path plugin(String id) {
    return plugin(id, id, Map.of());
  }

  /** A plugin with changed fields. */
  public Path plugin(String folder, String id, Map<String, ?> changes) {
    Map<String, @Nullable Object> fields = fields(id);
    fields.putAll(changes);
    return raw(folder, JsonWriter.pretty(fields));
  }

  /** A plugin whose manifest is that text. */
  public Path raw(String folder, String manifest) {
    try {
      Path made = Files.createDirectories(path.resolve(folder));
      Files.writeString(made.resolve("manifest.json"), manifest);
      Files.writeString(made.resolve("server.py"), "print('hello')\n");
      return made;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** The folder as the host sees it. */
  public PluginFolder open() {
    return PluginFolders.open(path, () -> Set.of("log", "kafka", "kafka.produce", "http_request"));
  }
}

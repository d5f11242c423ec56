package io.testmesh.plugin;

import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.plugin.registry.PluginFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A plugin folder that is read as it is and keeps all else in memory. */
public final class TestFolder implements PluginFolder {
  private final Path folder;
  private final Map<String, KeptInfo> infos = new ConcurrentHashMap<>();
  private final Set<String> disabled = new HashSet<>();

  /** The plugins in the folder. */
  public TestFolder(Path folder) {
    this.folder = folder;
  }

  /** Disables a plugin. */
  public void disable(String id) {
    disabled.add(id);
  }

  @Override
  public List<Installed> scan() {
    List<Installed> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (Files.exists(file.resolve(Manifest.FILE))) {
          found.add(read(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private Installed read(Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      Map<?, ?> raw =
          (Map<?, ?>) new JsonBytes().read(Files.readAllBytes(file.resolve(Manifest.FILE)));
      Manifest manifest = manifest(file, raw);
      return new Installed(manifest.id(), file, manifest, null, !disabled.contains(manifest.id()));
    } catch (JsonBytes.Fault e) {
      PluginException problem =
          new PluginException("MANIFEST_SYNTAX", "the manifest is broken", "correct it");
      return new Installed(name, file, null, problem, true);
    }
  }

  @SuppressWarnings("unchecked")
  private static Manifest manifest(Path file, Map<?, ?> raw) throws IOException {
    Object seconds = raw.get("start_timeout_ms");
    return new Manifest(
        (String) raw.get("id"),
        (String) raw.get("name"),
        (String) raw.get("version"),
        PluginType.of((String) raw.get("type")),
        (String) raw.get("entry_point"),
        raw.get("config") instanceof Map<?, ?> config ? (Map<String, Object>) config : Map.of(),
        List.of(),
        seconds instanceof Long millis ? Duration.ofMillis(millis) : null,
        List.of(),
        (Map<String, Object>) raw,
        file.toRealPath(),
        List.of());
  }

  @Override
  public Optional<KeptInfo> info(Installed plugin) {
    return Optional.ofNullable(infos.get(plugin.id()));
  }

  @Override
  public void keepInfo(Installed plugin, KeptInfo info) {
    infos.put(plugin.id(), info);
  }
}

package io.testmesh.server;

import io.testmesh.plugin.author.PluginTemplate;
import io.testmesh.plugin.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Real plugins, such as an author begins with. */
final class PluginFolderKit {
  private PluginFolderKit() {}

  /** One that works. */
  static Path make(Path parent, String id) throws Exception {
    return new PluginTemplate(new ManifestReader(Set::of, null))
        .create(parent, id, PluginTemplate.Language.PYTHON);
  }

  /** One that ends before it is healthy. */
  static Path broken(Path parent, String id) throws Exception {
    Path folder = make(parent, id);
    Files.writeString(folder.resolve("server.py"), "raise SystemExit('licence file is missing')\n");
    return folder;
  }

  static boolean isLiving(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}

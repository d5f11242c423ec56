package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a plugin folder. */
final class ScanTest {
  @TempDir private Path folder;
  private PluginDirectory plugins;

  @BeforeEach
  void start() {
    plugins = new PluginDirectory(folder.resolve("plugins"));
  }

  @Test
  @Row("A2")
  void broken_ones_are_listed_beside_good_ones() {
    plugins.plugin("good");
    plugins.raw("broken", "{\"id\": \"broken\", \"name\": \"Broken\",\n \"version\": }");

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::id).containsExactly("broken", "good");
    assertThat(found).extracting(Installed::isUsable).containsExactly(false, true);
    assertThat(Objects.requireNonNull(found.get(0).problem()))
        .hasMessage("plugin \"broken\": manifest.json:2:13 a value is missing before }");
  }

  @Test
  void info_is_kept_while_files_stay_the_same() throws Exception {
    Path made = plugins.plugin("good");
    PluginFolder open = plugins.open();
    Installed plugin = open.scan().get(0);
    KeptInfo info =
        new KeptInfo(
            List.of(new KeptInfo.Action("good.do", "Do", "", Map.of("type", "object"))), 2);

    open.keepInfo(plugin, info);

    assertThat(plugins.open().info(plugin)).contains(info);
    Files.writeString(made.resolve("server.py"), "print('other')\n");
    assertThat(plugins.open().info(plugin)).isEmpty();
  }
}

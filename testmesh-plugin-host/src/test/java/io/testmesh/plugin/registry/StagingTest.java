package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.archive.Archives;
import io.testmesh.plugin.archive.Limits;
import io.testmesh.plugin.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copying a source beside the plugins. */
final class StagingTest {
  @TempDir private Path folder;

  private PluginException refused(Path source, Limits limits, long room) {
    OwnFolder own = new OwnFolder(folder.resolve("plugins"));
    Staging staging =
        new Staging(own, new Places(own), new ManifestReader(Set::of, null), limits, path -> room);
    PluginException refused =
        catchThrowableOfType(
            PluginException.class,
            () -> staging.stage(new InstallRequest(source.toString(), folder, false, false, null)));
    assertThat(folder.resolve("plugins/.testmesh/staging")).doesNotExist();
    return refused;
  }

  @Test
  @Row("B10")
  void a_disk_without_room_is_told_with_both_numbers() throws Exception {
    Path source = new PluginDirectory(folder.resolve("given")).plugin("rogue");
    long size =
        Files.size(source.resolve("manifest.json")) + Files.size(source.resolve("server.py"));

    PluginException refused = refused(source, Limits.USUAL, size - 1);

    assertThat(refused.code()).isEqualTo("INSTALL_IO");
    assertThat(refused)
        .hasMessage(
            "\""
                + source
                + "\" could not be installed to "
                + folder.resolve("plugins")
                + ": it needs "
                + size
                + " bytes, "
                + (size - 1)
                + " are free");
  }

  @Test
  @Row("J8")
  void an_archive_that_is_too_large_is_not_even_copied() throws Exception {
    Path archive = Archives.zip(folder.resolve("x.zip"), Archives.plugin("rogue", "1.0.0", ""));

    PluginException refused = refused(archive, new Limits(100, 10, 200), Long.MAX_VALUE);

    assertThat(refused.code()).isEqualTo("ARCHIVE_TOO_LARGE");
    assertThat(refused.getMessage()).startsWith("the archive " + archive + " is larger than ");
  }
}

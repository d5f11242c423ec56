package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose plugin folders are trusted. */
final class FolderTrustTest {
  private static final Path FOLDER = Path.of("/srv/plugins");
  private final Set<PosixFilePermission> usual = PosixFilePermissions.fromString("rwxrwxr-x");

  @Test
  @Row("A24")
  void ones_own_and_the_administrators_are_trusted(@TempDir Path mine) {
    assertThat(FolderTrust.problem(FOLDER, usual, 1000, 1000)).isNull();
    assertThat(FolderTrust.problem(FOLDER, usual, 0, 1000)).isNull();
    assertThat(FolderTrust.problem(FOLDER, usual, null, null)).isNull();
    assertThat(FolderTrust.problem(mine)).isNull();
  }

  @Test
  @Row("A24")
  void another_users_folder_is_not() {
    assertThat(FolderTrust.problem(FOLDER, usual, 1001, 1000))
        .isNotNull()
        .hasMessage(
            "the plugin folder /srv/plugins belongs to another user (uid 1001, this process has "
                + "1000); nothing is run from it");
  }
}

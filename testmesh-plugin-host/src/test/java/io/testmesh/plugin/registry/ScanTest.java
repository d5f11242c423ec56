package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.manifest.Fifo;
import io.testmesh.plugin.manifest.PluginWarning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a plugin folder. */
final class ScanTest {
  @TempDir private Path folder;
  private PluginDirectory plugins;

  @BeforeEach
  void start() {
    plugins = new PluginDirectory(folder.resolve("plugins"));
  }

  private static PluginException problem(Installed plugin) {
    return Objects.requireNonNull(plugin.problem(), plugin.id());
  }

  @Test
  @Row("A1")
  void folders_without_manifest_are_passed_over() throws Exception {
    plugins.plugin("good");
    Files.createDirectories(plugins.path().resolve("papers"));
    Files.writeString(plugins.path().resolve("note.txt"), "x");

    PluginFolder open = plugins.open();

    assertThat(open.scan()).extracting(Installed::id).containsExactly("good");
    assertThat(open.warnings()).isEmpty();
  }

  @Test
  @Row({"A2", "A8"})
  void broken_ones_are_listed_beside_good_ones() {
    plugins.plugin("good");
    plugins.raw("broken", "{\"id\": \"broken\", \"name\": \"Broken\",\n \"version\": }");
    plugins.raw("half", "{\"id\": \"half\", \"type\": \"action\", \"entry_point\": \"server.py\"}");

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::id).containsExactly("broken", "good", "half");
    assertThat(found).extracting(Installed::isUsable).containsExactly(false, true, false);
    assertThat(problem(found.get(0)))
        .hasMessage("plugin \"broken\": manifest.json:2:13 a value is missing before }");
    assertThat(problem(found.get(2)))
        .hasMessage(
            "plugin \"half\": manifest.json \"name\" is missing; manifest.json \"version\" is missing");
    assertThat(found.get(2).raw()).containsEntry("type", "action");
  }

  @Test
  @Row("A12")
  void of_two_with_one_id_the_folder_named_like_it_wins() {
    plugins.plugin("aaa-copy", "rogue", Map.of());
    plugins.plugin("rogue");
    plugins.plugin("zzz-copy", "rogue", Map.of());

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::id).containsExactly("aaa-copy", "rogue", "zzz-copy");
    assertThat(found).extracting(Installed::isUsable).containsExactly(false, true, false);
    assertThat(problem(found.get(0)).code()).isEqualTo("ID_DUPLICATE");
    assertThat(problem(found.get(0)))
        .hasMessage(
            "plugin \"rogue\": the folder "
                + plugins.path().resolve("aaa-copy")
                + " has the same id as "
                + plugins.path().resolve("rogue")
                + ", "
                + plugins.path().resolve("zzz-copy")
                + "; that one is used");
    assertThat(found.get(0).isCalled("rogue")).isFalse();
    assertThat(found.get(1).conflicts()).hasSize(2);
  }

  @Test
  @Row("A12")
  void of_two_with_one_id_and_other_names_none_wins() {
    plugins.plugin("one", "rogue", Map.of());
    plugins.plugin("two", "rogue", Map.of());

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::id).containsExactly("one", "two");
    assertThat(found).noneMatch(Installed::isUsable);
    assertThat(found).allMatch(plugin -> plugin.isCalled("rogue"));
    assertThat(problem(found.get(1)).hint())
        .contains("remove all but one, or name the folder to use \"rogue\"");
  }

  @Test
  @Row("A12")
  void an_id_that_differs_in_case_is_none() {
    plugins.plugin("rogue");
    plugins.plugin("Rogue", "Rogue", Map.of());

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::isUsable).containsExactly(false, true);
    assertThat(problem(found.get(0)).code()).isEqualTo("ID_INVALID");
  }

  @Test
  void an_unusable_one_never_takes_the_address_of_another() {
    plugins.plugin("elsewhere", "rogue", Map.of());
    plugins.raw("rogue", "{");

    assertThat(plugins.open().scan()).extracting(Installed::id).containsExactly("rogue", "rogue~");
  }

  @Test
  @Row("A13")
  void a_folder_may_be_called_otherwise() {
    plugins.plugin("Some Folder", "rogue", Map.of());

    Installed plugin = plugins.open().scan().get(0);

    assertThat(plugin.isUsable()).isTrue();
    assertThat(plugin.id()).isEqualTo("rogue");
    assertThat(plugin.warnings())
        .containsExactly(
            new PluginWarning(
                "FOLDER_NAME",
                "the folder of plugin \"rogue\" is called \"Some Folder\"; name it like the id"));
  }

  @Test
  @Row("A11")
  void one_named_like_a_built_in_action_is_a_conflict_and_not_used() {
    plugins.plugin("kafka");

    Installed plugin = plugins.open().scan().get(0);

    assertThat(plugin.isUsable()).isFalse();
    assertThat(problem(plugin).code()).isEqualTo("ID_BUILTIN_CLASH");
    assertThat(plugin.conflicts()).extracting(PluginWarning::code).contains("ID_BUILTIN_CLASH");
  }

  @Test
  @Row("A14")
  void an_odd_version_is_loaded_with_a_warning() {
    plugins.plugin("old", "old", Map.of("version", "v1"));

    Installed plugin = plugins.open().scan().get(0);

    assertThat(plugin.isUsable()).isTrue();
    assertThat(plugin.warnings()).extracting(PluginWarning::code).contains("VERSION_INVALID");
  }

  @Test
  @Row("A20")
  void a_linked_folder_is_listed_and_not_used() throws Exception {
    Path outside = new PluginDirectory(folder.resolve("outside")).plugin("rogue");
    Files.createDirectories(plugins.path());
    Files.createSymbolicLink(plugins.path().resolve("rogue"), outside);
    Files.createSymbolicLink(plugins.path().resolve("dangling"), Path.of("nowhere"));

    List<Installed> found = plugins.open().scan();

    assertThat(found).extracting(Installed::id).containsExactly("rogue");
    assertThat(found.get(0).isUsable()).isFalse();
    assertThat(problem(found.get(0)).code()).isEqualTo("LINK_NOT_ALLOWED");
  }

  @Test
  @Row("A21")
  void folders_that_begin_with_a_dot_are_passed_over() {
    plugins.plugin(".hidden", "hidden", Map.of());
    plugins.plugin(".testmesh/staging/1-x/content", "staged", Map.of());

    assertThat(plugins.open().scan()).isEmpty();
  }

  @Test
  @Row("A22")
  void an_absent_folder_is_empty_and_stays_absent() {
    PluginFolder open = plugins.open();

    assertThat(open.scan()).isEmpty();
    assertThat(open.warnings()).isEmpty();
    assertThat(plugins.path()).doesNotExist();
  }

  @Test
  @Row("A22")
  void it_is_made_for_its_owner_alone() throws Exception {
    plugins.open().enable("some", false);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plugins.path())))
        .isEqualTo("rwx------");
  }

  @Test
  @Row("A23")
  void a_folder_that_is_a_file_is_one_warning() throws Exception {
    Files.writeString(plugins.path(), "a file");
    PluginFolder open = plugins.open();

    assertThat(open.scan()).isEmpty();
    assertThat(open.warnings())
        .containsExactly(
            new PluginWarning(
                "DIR_UNUSABLE",
                "the plugin folder "
                    + plugins.path()
                    + " cannot be read: it is no folder; there are no plugins"));
  }

  @Test
  @Row("A24")
  void nothing_is_run_from_a_folder_that_everybody_can_write_to() throws Exception {
    plugins.plugin("good");
    Files.setPosixFilePermissions(plugins.path(), PosixFilePermissions.fromString("rwxrwxrwx"));

    Installed plugin = plugins.open().scan().get(0);

    assertThat(plugin.isUsable()).isFalse();
    assertThat(problem(plugin).code()).isEqualTo("DIR_UNTRUSTED");
    assertThat(problem(plugin).hint())
        .contains(
            "chmod o-w " + plugins.path() + ", or set PLUGINS_DIR_TRUSTED=true if that is meant");
    PluginFolder trusted =
        PluginFolders.open(plugins.path(), new PluginFolders.Options(Set::of).withTrusted(true));
    assertThat(trusted.scan().get(0).isUsable()).isTrue();
  }

  @Test
  @Row("A25")
  void thousands_of_entries_are_read_one_level_deep() throws Exception {
    for (int i = 0; i < 3000; i++) {
      Files.createDirectories(plugins.path().resolve("folder-" + i));
    }
    plugins.plugin("group/deep", "deep", Map.of());
    plugins.plugin("good");

    assertThat(plugins.open().scan()).extracting(Installed::id).containsExactly("good");
  }

  @Test
  @Row("A25")
  void a_slow_folder_is_given_up_with_a_warning() {
    plugins.plugin("good");
    PluginFolder open =
        PluginFolders.open(
            plugins.path(),
            new PluginFolders.Options(Set::of).withLimits(Duration.ZERO, Duration.ZERO));

    assertThat(open.scan()).isEmpty();
    assertThat(open.warnings())
        .containsExactly(
            new PluginWarning(
                "DIR_SLOW",
                "reading the plugin folder "
                    + plugins.path()
                    + " was given up after 0 ms and 0 entries; plugins may be missing"));
  }

  @Test
  @Row("A19")
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void a_pipe_in_the_place_of_a_manifest_does_not_block() throws Exception {
    Path made = plugins.plugin("piped");
    Files.delete(made.resolve("manifest.json"));
    Fifo.make(made.resolve("manifest.json"));

    assertThat(problem(plugins.open().scan().get(0)).code()).isEqualTo("MANIFEST_INVALID");
  }

  @Test
  void info_is_kept_while_files_stay_the_same() throws Exception {
    Path made = plugins.plugin("good");
    Files.writeString(made.resolve("helper.py"), "x = 1\n");
    PluginFolder open = plugins.open();
    Installed plugin = open.scan().get(0);
    KeptInfo info =
        new KeptInfo(
            List.of(new KeptInfo.Action("good.do", "Do", "", Map.of("type", "object"))), 2);

    open.keepInfo(plugin, info);
    assertThat(plugins.open().info(plugin)).contains(info);

    Files.createDirectories(made.resolve("__pycache__"));
    Files.writeString(made.resolve("__pycache__/helper.pyc"), "x");
    Files.writeString(made.resolve("plugin.log"), "x");
    assertThat(plugins.open().info(plugin)).as("traces of running").contains(info);

    Files.writeString(made.resolve("helper.py"), "x = 10\n");
    assertThat(plugins.open().info(plugin)).as("another file").isEmpty();

    open.keepInfo(plugin, info);
    FileTime before = Files.getLastModifiedTime(made.resolve("server.py"));
    Files.writeString(made.resolve("server.py"), "print('HELLO')\n");
    Files.setLastModifiedTime(made.resolve("server.py"), before);
    assertThat(plugins.open().info(plugin)).as("same size, same time").isEmpty();
  }

  @Test
  void info_that_was_kept_badly_is_as_good_as_none() throws Exception {
    plugins.plugin("good");
    PluginFolder open = plugins.open();
    Installed plugin = open.scan().get(0);
    open.keepInfo(plugin, new KeptInfo(List.of(), 0));
    Path kept = plugins.path().resolve(".testmesh/info/good.json");

    for (String text : List.of("", "{", "[]", "{\"key\": 1}")) {
      Files.writeString(kept, text);
      assertThat(open.info(plugin)).isEmpty();
    }
  }

  @Test
  void the_folder_is_the_one_set_or_named_or_the_default() {
    RunnerSettings.Builder settings = RunnerSettings.builder().workingFolder(folder);
    assertThat(PluginLocation.of(settings.environment(Map.of()).build()))
        .isEqualTo(new PluginLocation(folder.resolve("plugins"), null, false));
    settings.environment(Map.of("PLUGINS_DIR", "../more", "PLUGINS_DIR_TRUSTED", "true"));
    assertThat(PluginLocation.of(settings.build()))
        .isEqualTo(new PluginLocation(folder.resolveSibling("more"), "PLUGINS_DIR", true));
    assertThat(PluginLocation.of(settings.plugins(Path.of("own")).build()))
        .isEqualTo(new PluginLocation(folder.resolve("own"), "--plugins", true));
  }

  @Test
  void a_named_folder_has_to_be_there() throws Exception {
    PluginLocation location = new PluginLocation(folder.resolve("nowhere"), "PLUGINS_DIR", false);

    assertThat(catchThrowable(location::requirePresent))
        .hasMessage(
            "the plugin folder " + folder.resolve("nowhere") + " (PLUGINS_DIR) does not exist");
    new PluginLocation(folder.resolve("nowhere"), null, false).requirePresent();
  }
}

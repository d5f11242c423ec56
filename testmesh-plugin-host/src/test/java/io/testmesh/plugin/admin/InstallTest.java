package io.testmesh.plugin.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.archive.Archives;
import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.manifest.Fifo;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.InstallRequest;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.PluginDirectory;
import io.testmesh.plugin.registry.PluginFolders;
import io.testmesh.plugin.registry.Staged;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Installing, upgrading and removing plugins. */
final class InstallTest {
  @TempDir private Path temporary;
  private Path folder;
  private PluginDirectory plugins;
  private PluginDirectory given;
  private ScriptedRunning running;
  private PluginRegistry registry;

  @BeforeEach
  void start() throws IOException {
    folder = temporary.toRealPath();
    plugins = new PluginDirectory(folder.resolve("plugins"));
    given = new PluginDirectory(folder.resolve("given"));
    running = new ScriptedRunning();
    registry = new PluginRegistry(plugins.open(), running);
  }

  /** Whatever a test does, nothing lies around in the folder. */
  @AfterEach
  void nothing_is_left() {
    assertThat(Files.exists(plugins.path().resolve(".testmesh/staging"))).isFalse();
    assertThat(Files.exists(plugins.path().resolve(".testmesh/trash"))).isFalse();
  }

  private PluginRecord install(Path source) throws PluginException {
    return install(source, false, false);
  }

  private PluginRecord install(Path source, boolean force, boolean upgrade) throws PluginException {
    return registry.install(new InstallRequest(source.toString(), folder, force, upgrade, null));
  }

  private PluginException refused(Path source) {
    return refused(source, false, false);
  }

  private PluginException refused(Path source, boolean force, boolean upgrade) {
    return refused(() -> install(source, force, upgrade));
  }

  private static PluginException refused(Callable<?> change) {
    PluginException refused = catchThrowableOfType(PluginException.class, change::call);
    assertThat(refused).isNotNull();
    return refused;
  }

  private List<String> names() throws IOException {
    if (!Files.exists(plugins.path())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(plugins.path())) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private Path version(String id, String version) {
    return given.plugin(id + "-" + version, id, Map.of("version", version));
  }

  private Map<String, Object> lockEntry(String id) throws IOException {
    Object all =
        JsonDocument.read(Files.readAllBytes(plugins.path().resolve("plugins.lock.json"))).value();
    return map(map(map(all).get("plugins")).get(id));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @Test
  void a_folder_is_copied_to_a_folder_named_like_the_id() throws Exception {
    Path source = given.plugin("rogue-v1", "rogue", Map.of("permissions", List.of("network")));
    Files.createDirectories(source.resolve("lib"));
    Files.writeString(source.resolve("lib/helper.py"), "x = 1");

    PluginRecord record = install(source);

    assertThat(record.id()).isEqualTo("rogue");
    assertThat(record.path()).isEqualTo(plugins.path().resolve("rogue"));
    assertThat(record.enabled()).isTrue();
    assertThat(record.loaded()).isFalse();
    assertThat(record.error()).isNull();
    assertThat(plugins.path().resolve("rogue/lib/helper.py")).hasContent("x = 1");
    assertThat(source.resolve("server.py")).exists();
    assertThat(running.calls).as("installing starts nothing").isEmpty();
    assertThat(lockEntry("rogue"))
        .containsEntry("version", "1.0.0")
        .containsEntry("source", source.toString())
        .containsEntry("permissions", List.of("network"));
    assertThat(lockEntry("rogue").get("hashes").toString()).startsWith("[tree:sha256:");
    assertThat(names()).containsExactly(".testmesh", "plugins.lock.json", "rogue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar.gz"})
  void an_archive_is_unpacked_and_its_hash_recorded(String kind) throws Exception {
    Path archive = archive("rogue." + kind);

    PluginRecord record = install(archive);

    assertThat(record.path().resolve("server.py")).isExecutable();
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    assertThat(lockEntry("rogue").get("hashes").toString())
        .startsWith("[" + kind + ":sha256:" + hash + ", tree:sha256:");
  }

  private Path archive(String name) throws IOException {
    Path archive = folder.resolve(name);
    List<Archives.Member> members = Archives.plugin("rogue", "1.0.0", "rogue-1.0.0/");
    return name.endsWith("zip") ? Archives.zip(archive, members) : Archives.tarGz(archive, members);
  }

  @Test
  @Row("B1")
  void a_source_that_is_none_is_named() throws Exception {
    Path missing = folder.resolve("missing");
    assertThat(refused(missing).code()).isEqualTo("SOURCE_INVALID");
    assertThat(refused(missing)).hasMessage("the source " + missing + " does not exist");

    Path empty = Files.createDirectory(folder.resolve("empty-folder"));
    assertThat(refused(empty).code()).isEqualTo("SOURCE_INVALID");
    assertThat(refused(empty)).hasMessage("the source " + empty + " holds no manifest.json");

    Path text = Files.writeString(folder.resolve("manifest.json"), "{}");
    assertThat(refused(text).hint()).contains("give the folder that it lies in");

    Path pipe = folder.resolve("pipe");
    Fifo.make(pipe);
    assertThat(refused(pipe))
        .hasMessage("the source " + pipe + " is no regular file but a pipe, socket or device");
    assertThat(names()).isEmpty();
  }

  @Test
  @Row({"A1", "A2", "A8", "A14", "A17", "A18"})
  void a_bad_manifest_is_told_with_the_source_and_nothing_is_installed() throws Exception {
    Path broken = given.raw("broken", "{\"id\": }");
    assertThat(refused(broken).code()).isEqualTo("MANIFEST_SYNTAX");
    assertThat(refused(broken))
        .hasMessage("source " + broken + ": manifest.json:1:8 a value is missing before }");

    assertThat(refused(given.plugin("v", "v", Map.of("version", "1.0"))).code())
        .isEqualTo("VERSION_INVALID");
    assertThat(refused(given.plugin("w", "w", Map.of("entry_point", "../x.py"))).code())
        .isEqualTo("ENTRY_OUTSIDE");
    assertThat(refused(given.plugin("x", "x", Map.of("entry_point", "x.py"))).code())
        .isEqualTo("ENTRY_INVALID");
  }

  @Test
  @Row("A11")
  void a_plugin_named_like_a_built_in_is_refused() {
    assertThat(refused(given.plugin("kafka")).code()).isEqualTo("ID_BUILTIN_CLASH");
  }

  @Test
  @Row("B2")
  void a_source_that_overlaps_the_plugin_folder_is_never_copied() throws Exception {
    Path inside = plugins.plugin("rogue");
    byte[] before = Files.readAllBytes(inside.resolve("server.py"));

    assertThat(refused(inside).code()).isEqualTo("SOURCE_OVERLAP");
    assertThat(refused(inside))
        .hasMessage("the source " + inside + " lies in the plugin folder already");
    assertThat(refused(plugins.path()).code()).isEqualTo("SOURCE_OVERLAP");
    assertThat(refused(folder))
        .hasMessage("the source " + folder + " contains the plugin folder " + plugins.path());
    Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
    assertThat(refused(link).code()).isEqualTo("SOURCE_OVERLAP");
    assertThat(inside.resolve("server.py")).hasBinaryContent(before);
  }

  @Test
  @Row("B3")
  void the_same_version_needs_force() throws Exception {
    Path source = version("rogue", "1.0.0");
    install(source);
    Files.writeString(source.resolve("server.py"), "print('new')");

    PluginException refused = refused(source);
    assertThat(refused.code()).isEqualTo("ALREADY_INSTALLED");
    assertThat(refused).hasMessage("plugin \"rogue\" 1.0.0 is installed already");
    assertThat(refused.hint()).contains("install it anew with --force");
    assertThat(refused(source, false, true).code()).isEqualTo("ALREADY_INSTALLED");
    running.running.add("rogue");
    assertThat(refused(source).code()).isEqualTo("ALREADY_INSTALLED");
    assertThat(running.calls).as("a refusal stops nothing").isEmpty();
    running.running.clear();

    install(source, true, false);
    assertThat(plugins.path().resolve("rogue/server.py")).hasContent("print('new')");
  }

  @Test
  @Row("B4")
  void another_version_needs_upgrade_and_keeps_the_state() throws Exception {
    install(version("rogue", "1.0.0"));
    registry.disable("rogue");

    PluginException refused = refused(version("rogue", "2.0.0"), true, false);
    assertThat(refused)
        .hasMessage(
            "plugin \"rogue\" is installed already in version 1.0.0, this is version 2.0.0");
    assertThat(refused.hint()).contains("replace it with --upgrade");

    PluginRecord upgraded = install(version("rogue", "2.0.0"), false, true);
    assertThat(upgraded.manifest()).containsEntry("version", "2.0.0");
    assertThat(upgraded.enabled()).isFalse();
    assertThat(lockEntry("rogue")).containsEntry("version", "2.0.0");
    assertThat(install(version("rogue", "1.0.0"), false, true).manifest())
        .containsEntry("version", "1.0.0");
  }

  @Test
  @Row("B4")
  void a_running_plugin_is_stopped_replaced_and_started() throws Exception {
    install(version("rogue", "1.0.0"));
    registry.enable("rogue");
    running.calls.clear();

    PluginRecord upgraded = install(version("rogue", "2.0.0"), false, true);

    assertThat(running.calls).containsExactly("stop rogue", "start rogue");
    assertThat(upgraded.loaded()).isTrue();
  }

  @Test
  @Row("B4")
  void an_upgrade_that_does_not_start_is_undone_and_the_old_one_serves() throws Exception {
    install(version("rogue", "1.0.0"));
    registry.enable("rogue");
    Map<String, Object> locked = lockEntry("rogue");
    running.calls.clear();
    running.onStart =
        id -> {
          boolean old = registry.list(null, null).get(0).manifest().containsValue("1.0.0");
          if (old) {
            running.failures.remove(id);
          } else {
            running.failures.put(id, new PluginException("START_EXITED", "it exited", "see logs"));
          }
        };

    PluginException refused = refused(version("rogue", "2.0.0"), false, true);

    assertThat(refused.code()).isEqualTo("UPGRADE_FAILED");
    assertThat(refused)
        .hasMessage(
            "plugin \"rogue\": the new version does not start, the old one is back; it exited");
    assertThat(running.calls)
        .containsExactly("stop rogue", "start rogue", "stop rogue", "start rogue");
    PluginRecord record = registry.get("rogue");
    assertThat(record.manifest()).containsEntry("version", "1.0.0");
    assertThat(record.loaded()).isTrue();
    assertThat(record.warnings()).isEmpty();
    assertThat(lockEntry("rogue")).isEqualTo(locked);
  }

  @Test
  @Row("B4")
  void a_plugin_in_a_folder_of_another_name_is_replaced_too() throws Exception {
    plugins.plugin("Some Folder", "rogue", Map.of());

    install(version("rogue", "2.0.0"), false, true);

    assertThat(names()).containsExactly(".testmesh", "plugins.lock.json", "rogue");
  }

  @Test
  @Row("B4")
  void an_unusable_one_is_replaced_by_force_and_other_things_never() throws Exception {
    plugins.raw("rogue", "{");
    Path source = version("rogue", "1.0.0");
    assertThat(refused(source).getMessage()).endsWith("and cannot be used");
    install(source, true, false);

    Files.createDirectories(plugins.path().resolve("other/notes"));
    PluginException refused = refused(version("other", "1.0.0"), true, true);
    assertThat(refused)
        .hasMessage(
            "plugin \"other\" cannot be installed: "
                + plugins.path().resolve("other")
                + " is there already and holds no plugin");
    assertThat(plugins.path().resolve("other/notes")).isDirectory();
  }

  @Test
  @Row("B5")
  void what_a_dead_process_left_is_swept_and_what_a_living_one_uses_is_not() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor()).isZero();
    Path own = plugins.path().resolve(".testmesh");
    Path left = Files.createDirectories(own.resolve("staging/" + dead.pid() + "-a/content"));
    Files.writeString(left.resolve("manifest.json"), "{}");
    Path trash = Files.createDirectories(own.resolve("trash/" + dead.pid() + "-b/plugin"));
    Path foreign = Files.createDirectories(own.resolve("staging/unknown"));
    String mine = Long.toString(ProcessHandle.current().pid());
    Path used = Files.createDirectories(own.resolve("staging/" + mine + "-c"));
    Path reused = Files.createDirectories(own.resolve("staging/" + mine + "-d"));
    Files.setLastModifiedTime(reused, FileTime.fromMillis(0));

    registry.discover(false);

    assertThat(left).doesNotExist();
    assertThat(trash).doesNotExist();
    assertThat(foreign).doesNotExist();
    assertThat(reused).as("the number of a process that is gone").doesNotExist();
    assertThat(used).exists();
    Files.delete(used);
    Files.delete(used.getParent());
  }

  @Test
  @Row("B5")
  void a_half_copied_plugin_is_never_seen() throws Exception {
    Path source = version("rogue", "1.0.0");
    try (Staged staged =
        plugins
            .open()
            .installer()
            .stage(new InstallRequest(source.toString(), folder, false, false, null))) {
      assertThat(staged.manifest().id()).isEqualTo("rogue");
      assertThat(registry.list(null, null)).isEmpty();
    }
    assertThat(names()).containsExactly(".testmesh");
  }

  @Test
  @Row("B6")
  void a_source_that_changes_after_it_was_copied_changes_nothing() throws Exception {
    Path source = version("rogue", "1.0.0");
    var installer = plugins.open().installer();
    try (Staged staged =
        installer.stage(new InstallRequest(source.toString(), folder, false, false, null))) {
      Files.writeString(source.resolve("manifest.json"), "{\"id\": \"other\"}");
      Files.writeString(source.resolve("server.py"), "evil");
      installer.swap(staged).confirm();
    }

    PluginRecord record = registry.get("rogue");
    assertThat(record.path().resolve("server.py")).hasContent("print('hello')");
    assertThat(record.warnings()).as("the recorded hash is that of the copy").isEmpty();
  }

  @Test
  @Row("B7")
  void links_inside_are_kept_and_others_refused() throws Exception {
    Path source = version("rogue", "1.0.0");
    Files.createDirectories(source.resolve("bin"));
    Files.createSymbolicLink(source.resolve("bin/run"), Path.of("../server.py"));
    install(source);
    Path link = plugins.path().resolve("rogue/bin/run");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../server.py"));

    Path secret = Files.writeString(folder.resolve("secret"), "x");
    for (String to : List.of(secret.toString(), "../../../secret", "../bin/../../../secret")) {
      Path bad = version("bad", "1.0.0");
      Files.deleteIfExists(bad.resolve("link"));
      Files.createSymbolicLink(bad.resolve("link"), Path.of(to));
      assertThat(refused(bad).code()).isEqualTo("SOURCE_UNSAFE");
      assertThat(refused(bad).getMessage())
          .startsWith("the folder holds \"link\", which is a link");
    }
    Path own = version("own", "1.0.0");
    Files.createSymbolicLink(own.resolve("link"), own.resolve("server.py"));
    assertThat(refused(own).getMessage()).contains("outside of the folder");

    // Each link is inside as it is written; together they lead out.
    Path chain = version("chain", "1.0.0");
    Files.createDirectories(chain.resolve("x/y"));
    Files.createSymbolicLink(chain.resolve("x/y/top"), Path.of("../.."));
    Files.createSymbolicLink(chain.resolve("a"), Path.of("x/y/top/../.."));
    assertThat(refused(chain).code()).isEqualTo("SOURCE_UNSAFE");
    Files.delete(chain.resolve("a")); // so that JUnit has no link to warn of
  }

  @Test
  @Row("B8")
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void special_files_are_refused_setid_is_stripped_and_the_exec_bit_kept() throws Exception {
    Path source = version("rogue", "1.0.0");
    Files.setPosixFilePermissions(
        source.resolve("server.py"), PosixFilePermissions.fromString("rwxr-x---"));
    Process chmod = new ProcessBuilder("chmod", "6755", source + "/server.py").start();
    assertThat(chmod.waitFor()).isZero();
    Path installed = install(source).path().resolve("server.py");
    assertThat(Files.getAttribute(installed, "unix:mode")).isEqualTo(0x8000 | 0755);

    Path piped = version("piped", "1.0.0");
    Fifo.make(piped.resolve("pipe"));
    assertThat(refused(piped).code()).isEqualTo("SOURCE_UNSAFE");
    assertThat(refused(piped))
        .hasMessage("the folder holds \"pipe\", which is a pipe, socket or device");
  }

  @Test
  @Row("B9")
  void caches_and_virtual_environments_are_left_out_with_numbers() throws Exception {
    Path source = version("rogue", "1.0.0");
    for (String file :
        List.of(
            ".git/objects/a",
            ".git/objects/b",
            "lib/__pycache__/x.pyc",
            ".venv/pyvenv.cfg",
            "node_modules/left/index.js")) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), "x");
    }
    Files.createSymbolicLink(source.resolve(".venv/python"), Path.of("/usr/bin/python3"));

    PluginRecord record = install(source);
    Files.delete(source.resolve(".venv/python")); // so that JUnit has no link to warn of

    assertThat(record.warnings())
        .containsExactly(
            new PluginWarning(
                "LEFT_OUT",
                "not taken over: .git (2 files), .venv (2 files), __pycache__ (1 file)"));
    assertThat(record.path().resolve("node_modules/left/index.js")).exists();
    assertThat(record.path().resolve(".git")).doesNotExist();
  }

  @Test
  @Row("B10")
  void a_folder_that_cannot_be_written_to_shows_nothing_half_done() throws Exception {
    Files.createDirectories(plugins.path());
    Files.writeString(plugins.path().resolve(".testmesh"), "in the way");

    PluginException refused = refused(version("rogue", "1.0.0"));

    assertThat(refused.code()).isEqualTo("INSTALL_IO");
    assertThat(refused.getMessage())
        .contains("could not be installed to " + plugins.path() + ": it is there already");
    assertThat(refused.hint()).contains("nothing was changed");
    assertThat(names()).containsExactly(".testmesh");
  }

  @Test
  @Row("B10")
  void a_lock_file_that_cannot_be_written_undoes_the_install() throws Exception {
    install(version("other", "1.0.0"));
    Files.delete(plugins.path().resolve("plugins.lock.json"));
    Files.createDirectories(plugins.path().resolve("plugins.lock.json/x"));

    assertThat(refused(version("rogue", "1.0.0")).code()).isEqualTo("INSTALL_IO");
    assertThat(refused(version("other", "2.0.0"), false, true).code()).isEqualTo("INSTALL_IO");

    assertThat(names()).containsExactly(".testmesh", "other", "plugins.lock.json");
    assertThat(registry.list(null, null).get(0).manifest()).containsEntry("version", "1.0.0");
  }

  @Test
  @Row("B11")
  void two_at_once_install_one_and_refuse_the_other() throws Exception {
    Path source = version("rogue", "1.0.0");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        PluginRegistry own = new PluginRegistry(plugins.open(), running);
        done.add(
            pool.submit(
                () -> {
                  try {
                    own.install(new InstallRequest(source.toString(), folder, false, false, null));
                    return true;
                  } catch (PluginException late) {
                    assertThat(late.code()).isEqualTo("ALREADY_INSTALLED");
                    return false;
                  }
                }));
      }
      int installed = 0;
      for (Future<Boolean> one : done) {
        installed += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(installed).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
    assertThat(registry.get("rogue").warnings()).isEmpty();
  }

  @Test
  @Row("B12")
  void a_file_that_is_being_executed_is_replaced() throws Exception {
    Path source = version("rogue", "1.0.0");
    Files.copy(Path.of("/bin/sleep"), source.resolve("tool"));
    Path tool = install(source).path().resolve("tool");
    Process process = new ProcessBuilder(tool.toString(), "600").start();
    try {
      install(source, true, false);
      assertThat(process.isAlive()).isTrue();
      assertThat(tool).isExecutable();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  @Row("B14")
  void a_running_plugin_is_stopped_before_it_is_removed() throws Exception {
    install(version("rogue", "1.0.0"));
    registry.enable("rogue");
    running.calls.clear();

    assertThat(registry.uninstall("rogue")).isEmpty();

    assertThat(running.calls).containsExactly("stop rogue");
    assertThat(names()).containsExactly(".testmesh", "plugins.lock.json");
    assertThat(plugins.path().resolve("plugins.lock.json")).content().doesNotContain("rogue");
    assertThat(refused(() -> registry.get("rogue")).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  @Row("B14")
  void write_protected_folders_are_removed_and_links_are_not_followed() throws Exception {
    Path made = plugins.plugin("rogue");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    Files.createSymbolicLink(made.resolve("link"), outside);
    Path locked = Files.createDirectory(made.resolve("locked"));
    Files.writeString(locked.resolve("file"), "x");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));

    assertThat(registry.uninstall("rogue")).isEmpty();

    assertThat(made).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  @Row("B14")
  void a_plugin_that_was_disabled_and_removed_comes_back_enabled() throws Exception {
    Path source = version("rogue", "1.0.0");
    install(source);
    registry.disable("rogue");
    registry.uninstall("rogue");

    assertThat(install(source).enabled()).isTrue();
  }

  @ParameterizedTest
  @Row("B16")
  @ValueSource(
      strings = {"nobody", "kafka", "..", "", "../given", ".testmesh", "plugins.lock.json"})
  void unknown_and_built_in_ids_are_not_found(String id) throws Exception {
    given.plugin("given");
    install(version("rogue", "1.0.0"));
    for (Callable<?> call :
        List.<Callable<?>>of(
            () -> registry.get(id),
            () -> registry.enable(id),
            () -> registry.disable(id),
            () -> registry.restart(id),
            () -> registry.logs(id),
            () -> registry.uninstall(id))) {
      PluginException refused = refused(call);
      assertThat(refused.code()).isEqualTo("NOT_FOUND");
      assertThat(refused).hasMessage("there is no plugin \"" + id + "\" in " + plugins.path());
    }
    assertThat(running.calls).isEmpty();
  }

  @Test
  @Row("B17")
  void only_a_direct_child_that_holds_the_plugin_is_removed() throws Exception {
    Path outside = given.plugin("rogue");
    Path nested = plugins.plugin("group/rogue", "rogue", Map.of());
    Path other = plugins.plugin("other");
    for (Path path : List.of(outside, nested, other, plugins.path(), folder)) {
      Installed recorded =
          new Installed(
              "rogue",
              path,
              Objects.requireNonNull(
                  new PluginDirectory(given.path()).open().scan().get(0).manifest()),
              null,
              true);
      PluginException refused = refused(() -> plugins.open().installer().remove(recorded));
      assertThat(refused.code()).isEqualTo("PATH_UNSAFE");
      assertThat(path).exists();
    }
    assertThat(other.resolve("server.py")).exists();
  }

  @Test
  @Row("B17")
  void a_link_is_removed_and_what_it_leads_to_is_not() throws Exception {
    Path outside = given.plugin("rogue");
    Files.createDirectories(plugins.path());
    Path link = Files.createSymbolicLink(plugins.path().resolve("rogue"), outside);

    registry.uninstall("rogue");

    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(outside.resolve("server.py")).exists();
  }

  @Test
  @Row("B19")
  void packages_that_are_missing_are_told_with_the_command() throws Exception {
    Path source = version("rogue", "1.0.0");
    Files.writeString(source.resolve("requirements.txt"), "# none\nrequests==2.0\n");
    Files.writeString(source.resolve("package.json"), "{\"dependencies\": {\"left-pad\": \"1\"}}");

    PluginRecord record = install(source);

    assertThat(record.warnings())
        .extracting(PluginWarning::message)
        .containsExactly(
            "requirements.txt names packages that are not in the plugin's folder; if they are "
                + "missing: python3 -m pip install -r "
                + record.path()
                + "/requirements.txt",
            "package.json names packages that are not in the plugin's folder; if they are "
                + "missing: npm install --omit=dev --prefix "
                + record.path());
  }

  @ParameterizedTest
  @Row("J1")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://example.org/x.zip  | INSECURE_URL   | is not encrypted
          HTTP://example.org/x.zip  | INSECURE_URL   | is not encrypted
          https://example.org/x.zip | SOURCE_INVALID | cannot be installed from: https is not supported yet
          oci://example.org/x:1     | SOURCE_INVALID | cannot be installed from: oci is not supported yet
          acme-reports              | SOURCE_INVALID | is no folder or archive; to install by name from a registry is not supported yet
          """)
  void remote_sources_are_refused_clearly(String source, String code, String why) {
    PluginException refused =
        refused(() -> registry.install(new InstallRequest(source, folder, false, false, null)));

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused).hasMessage("the source \"" + source + "\" " + why);
  }

  @ParameterizedTest
  @Row("K7")
  @ValueSource(strings = {"\\\\server\\share", "\\\\?\\UNC\\server\\share", "a\u0000b", " "})
  void paths_that_must_not_be_looked_at_are_refused(String source) {
    PluginException refused =
        refused(() -> registry.install(new InstallRequest(source, folder, false, false, null)));

    assertThat(refused.code()).isEqualTo("SOURCE_INVALID");
    if (source.startsWith("\\")) {
      assertThat(refused.getMessage()).endsWith(" lies on another machine");
    }
  }

  @Test
  void a_relative_source_is_relative_to_its_base() throws Exception {
    given.plugin("rogue");

    PluginRecord record =
        registry.install(new InstallRequest("given/rogue", folder, false, false, null));

    assertThat(record.id()).isEqualTo("rogue");
  }

  @Test
  @Row("J4")
  void a_hash_that_is_given_has_to_fit() throws Exception {
    Path archive = archive("rogue.zip");
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    String other = "0".repeat(64);

    PluginException refused = refused(() -> pinned(archive, other));
    assertThat(refused.code()).isEqualTo("CHECKSUM");
    assertThat(refused)
        .hasMessage(
            "\""
                + archive
                + "\" is not what was expected: its SHA-256 hash is "
                + hash
                + ", not "
                + other);
    for (String bad : List.of(hash.toUpperCase(Locale.ROOT), hash.substring(1), "")) {
      assertThat(refused(() -> pinned(archive, bad)).code()).isEqualTo("CHECKSUM");
    }
    assertThat(names()).doesNotContain("rogue");

    assertThat(pinned(archive, hash).id()).isEqualTo("rogue");
  }

  private PluginRecord pinned(Path archive, String hash) throws PluginException {
    return registry.install(new InstallRequest(archive.toString(), folder, false, false, hash));
  }

  @Test
  @Row("J8")
  void a_bad_archive_is_named_as_it_was_given() throws Exception {
    Path archive = folder.resolve("bad.zip");
    Files.writeString(archive, "PK\3\4 nothing more");

    assertThat(refused(archive))
        .hasMessage("the archive " + archive + " is no complete ZIP archive");
  }

  @Test
  @Row("B11")
  void a_folder_that_is_held_refuses_the_install_and_leaves_nothing() throws Exception {
    install(version("other", "1.0.0"));
    PluginRegistry impatient =
        new PluginRegistry(
            PluginFolders.open(
                plugins.path(),
                new PluginFolders.Options(Set::of)
                    .withLimits(Duration.ofSeconds(10), Duration.ZERO)),
            running);
    Path lock = plugins.path().resolve(".testmesh/lock.threads");
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      PluginException refused =
          refused(
              () ->
                  impatient.install(
                      new InstallRequest(
                          version("rogue", "1.0.0").toString(), folder, false, false, null)));
      assertThat(refused.code()).isEqualTo("DIR_LOCKED");
    }
    assertThat(names()).doesNotContain("rogue");
  }
}

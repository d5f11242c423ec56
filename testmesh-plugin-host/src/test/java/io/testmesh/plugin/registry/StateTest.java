package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.manifest.PluginWarning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which plugins are enabled, over restarts and between processes. */
final class StateTest {
  @TempDir private Path folder;
  private PluginDirectory plugins;
  private Path state;

  @BeforeEach
  void start() {
    plugins = new PluginDirectory(folder);
    plugins.plugin("one");
    plugins.plugin("two");
    state = folder.resolve(".testmesh/state.json");
  }

  private List<String> enabled() {
    return plugins.open().scan().stream().filter(Installed::enabled).map(Installed::id).toList();
  }

  private PluginFolder quick() {
    return PluginFolders.open(
        folder,
        new PluginFolders.Options(Set::of).withLimits(Duration.ofSeconds(10), Duration.ZERO));
  }

  @Test
  @Row("H1")
  void without_state_all_are_enabled_and_nothing_is_written() {
    assertThat(enabled()).containsExactly("one", "two");
    assertThat(folder.resolve(".testmesh")).doesNotExist();
  }

  @Test
  @Row("H1")
  void what_is_disabled_stays_so_over_restarts() throws Exception {
    plugins.open().enable("one", false);
    assertThat(enabled()).containsExactly("two");

    plugins.open().enable("one", true);
    assertThat(enabled()).containsExactly("one", "two");
  }

  @ParameterizedTest
  @Row("H2")
  @ValueSource(
      strings = {
        "",
        "{\"version\": 1, \"plug",
        "{\"version\": 2, \"plugins\": {}}",
        "<<<<<<< HEAD\n{\"version\": 1, \"plugins\": {}}\n",
        "[]",
        "{\"version\": 1, \"plugins\": []}"
      })
  void a_state_that_cannot_be_used_is_put_aside_and_kept(String bad) throws Exception {
    plugins.open().enable("one", false);
    Files.writeString(state, bad);
    PluginFolder open = plugins.open();

    assertThat(open.scan()).allMatch(Installed::enabled);
    assertThat(open.scan()).hasSize(2);

    assertThat(open.warnings()).hasSize(1);
    PluginWarning warning = open.warnings().get(0);
    assertThat(warning.code()).isEqualTo("STATE_CORRUPT");
    assertThat(warning.message())
        .startsWith(state + " cannot be used (")
        .contains("all plugins count as enabled; the old one is kept as state.json.bad-");
    try (Stream<Path> files = Files.list(state.getParent())) {
      List<Path> aside =
          files.filter(file -> file.getFileName().toString().contains(".bad-")).toList();
      assertThat(aside).hasSize(1);
      assertThat(aside.get(0)).hasContent(bad);
    }
    open.enable("two", false);
    assertThat(enabled()).containsExactly("one");
  }

  @Test
  @Row("H3")
  void a_write_that_was_cut_off_leaves_the_old_state() throws Exception {
    plugins.open().enable("one", false);
    Files.writeString(state.resolveSibling("state.json.1234.new"), "{\"version\": 1, \"plu");

    assertThat(enabled()).containsExactly("two");
  }

  @Test
  @Row("H3")
  void nothing_but_the_state_is_left_after_a_write() throws Exception {
    plugins.open().enable("one", false);

    try (Stream<Path> files = Files.list(state.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("state.json", "lock", "lock.threads", "lock.holder");
    }
  }

  @Test
  @Row("H3")
  void a_write_that_fails_leaves_nothing_beside() throws Exception {
    Files.createDirectories(state.resolve("in-the-way"));
    PluginFolder open = plugins.open();

    open.enable("one", false);

    assertThat(open.scan()).extracting(Installed::enabled).containsExactly(false, true);
    try (Stream<Path> files = Files.list(state.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("state.json", "lock", "lock.threads", "lock.holder");
    }
  }

  @Test
  @Row("H4")
  void a_folder_that_cannot_be_written_to_is_remembered_with_one_warning() throws Exception {
    Files.writeString(folder.resolve(".testmesh"), "a file in the way");
    PluginFolder open = plugins.open();

    open.enable("one", false);
    open.enable("two", false);
    open.enable("two", true);
    KeptInfo info = new KeptInfo(List.of(), 3);
    open.keepInfo(open.scan().get(1), info);

    assertThat(open.scan()).extracting(Installed::enabled).containsExactly(false, true);
    assertThat(open.info(open.scan().get(1))).contains(info);
    assertThat(open.warnings()).hasSize(1);
    assertThat(open.warnings().get(0).code()).isEqualTo("DIR_READ_ONLY");
    assertThat(open.warnings().get(0).message())
        .endsWith("what is enabled is remembered until this process ends");
    assertThat(enabled()).as("another process").containsExactly("one", "two");
  }

  @Test
  @Row("H5")
  void what_another_host_changed_is_seen_at_the_next_scan() throws Exception {
    PluginFolder mine = plugins.open();
    PluginFolder other = plugins.open();
    mine.scan();

    other.enable("one", false);
    assertThat(mine.scan()).extracting(Installed::enabled).containsExactly(false, true);

    mine.enable("two", false);
    other.enable("one", true);
    assertThat(other.scan()).extracting(Installed::enabled).containsExactly(true, false);
  }

  @Test
  @Row({"B11", "H5"})
  void many_threads_with_hosts_of_their_own_lose_no_change() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        done.add(
            pool.submit(
                () -> {
                  begin.await();
                  for (int j = 0; j < 5; j++) {
                    plugins.open().enable("p" + number + "-" + j, false);
                  }
                  return null;
                }));
      }
      begin.countDown();
      for (Future<?> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(plugins.open().remembered()).hasSize(threads * 5);
  }

  @Test
  @Row("B11")
  void a_wait_for_a_thread_of_this_process_ends_and_names_it() throws Exception {
    plugins.open().enable("one", false);
    Path lock = folder.resolve(".testmesh/lock.threads");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      PluginException refused =
          catchThrowableOfType(PluginException.class, () -> quick().enable("one", true));

      assertThat(refused.code()).isEqualTo("DIR_LOCKED");
      assertThat(refused)
          .hasMessage(
              "the plugin folder "
                  + folder
                  + " is being changed by process "
                  + ProcessHandle.current().pid());
    }
    quick().enable("one", true);
    assertThat(enabled()).containsExactly("one", "two");
  }

  @Test
  @Row("B11")
  void a_wait_for_another_process_ends_and_names_it() throws Exception {
    plugins.open().enable("one", false);
    Process other = holdLock(folder.resolve(".testmesh/lock"));
    Files.writeString(folder.resolve(".testmesh/lock.holder"), Long.toString(other.pid()));
    try (InputStream out = other.getInputStream()) {
      assertThat(out.read()).isEqualTo('h');
      PluginException refused =
          catchThrowableOfType(PluginException.class, () -> quick().enable("one", true));

      assertThat(refused.code()).isEqualTo("DIR_LOCKED");
      assertThat(refused).hasMessageEndingWith("is being changed by process " + other.pid());
      assertThat(refused.hint()).contains("try again when it is done; waited 0 ms");
    } finally {
      other.destroyForcibly().waitFor();
    }
    quick().enable("one", true);
    assertThat(enabled()).as("a dead holder holds nothing").containsExactly("one", "two");
  }

  @Test
  @Row("B11")
  void a_thread_that_tries_in_vain_does_not_give_up_the_lock_of_another() throws Exception {
    // Closing a channel of a file gives up all of a process's locks on it: fcntl(2).
    FolderLock lock = new FolderLock(new OwnFolder(folder), Duration.ofSeconds(10));
    lock.with(
        () -> {
          assertThat(
                  catchThrowableOfType(PluginException.class, () -> quick().enable("one", false)))
              .isNotNull();
          Process other = tryLock(folder.resolve(".testmesh/lock"));
          assertThat(read(other)).isEqualTo("busy");
          return null;
        });
  }

  private static String read(Process process) {
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** A process that locks the file, says "h", and stays. */
  private static Process holdLock(Path file) throws IOException {
    return python(
        "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX);"
            + "print('h',flush=True); sys.stdin.read()",
        file);
  }

  private static Process tryLock(Path file) throws IOException {
    return python(
        """
        import fcntl, sys
        try:
            fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
            print('free')
        except OSError:
            print('busy')
        """,
        file);
  }

  private static Process python(String program, Path file) throws IOException {
    return new ProcessBuilder("python3", "-c", program, file.toString()).start();
  }
}

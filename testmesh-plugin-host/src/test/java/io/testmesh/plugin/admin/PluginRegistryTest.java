package io.testmesh.plugin.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.json.JsonWriter;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.InstallRequest;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.plugin.registry.PluginDirectory;
import io.testmesh.plugin.registry.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one door for command line and REST. */
final class PluginRegistryTest {
  @TempDir private Path temporary;
  private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PluginDirectory plugins;
  private ScriptedRunning running;
  private PluginRegistry registry;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
    plugins = new PluginDirectory(folder);
    running = new ScriptedRunning();
    registry = new PluginRegistry(plugins.open(), running);
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private static PluginException refused(Callable<?> call) {
    return catchThrowableOfType(PluginException.class, call::call);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  @Test
  @Row("I6")
  void a_record_has_the_parts_of_the_contract_in_their_order() throws Exception {
    plugins.plugin("rogue", "rogue", Map.of("permissions", List.of("network")));
    PluginFolder open = plugins.open();
    open.keepInfo(
        open.scan().get(0),
        new KeptInfo(
            List.of(new KeptInfo.Action("rogue.act", "Act", "acts", Map.of("type", "object"))), 0));

    assertThat(JsonWriter.pretty(registry.get("rogue").toMap()))
        .isEqualTo(
            """
            {
              "id" : "rogue",
              "manifest" : {
                "id" : "rogue",
                "name" : "Plugin rogue",
                "version" : "1.0.0",
                "type" : "action",
                "entry_point" : "server.py",
                "permissions" : [
                  "network"
                ]
              },
              "path" : "FOLDER/rogue",
              "enabled" : true,
              "loaded" : false,
              "status" : "stopped",
              "error" : null,
              "code" : null,
              "pid" : null,
              "port" : null,
              "actions" : [
                {
                  "id" : "rogue.act",
                  "name" : "Act",
                  "description" : "acts",
                  "schema" : {
                    "type" : "object"
                  }
                }
              ],
              "restarts" : 0,
              "permissions" : {
                "declared" : [
                  "network"
                ],
                "enforced" : [ ],
                "not_enforced" : [
                  "network"
                ]
              },
              "warnings" : [ ],
              "conflicts" : [ ]
            }
            """
                .replace("FOLDER", folder.toString()));
  }

  @Test
  void lists_are_filtered_by_type_and_state() throws Exception {
    plugins.plugin("one");
    plugins.plugin("two", "two", Map.of("type", "reporter"));
    plugins.raw("broken", "{\"type\": \"reporter\"}");
    registry.disable("one");

    assertThat(ids(registry.list(null, null))).containsExactly("broken", "one", "two");
    assertThat(ids(registry.list(PluginType.REPORTER, null))).containsExactly("broken", "two");
    assertThat(ids(registry.list(null, false))).containsExactly("one");
    assertThat(ids(registry.list(PluginType.AUTH, true))).isEmpty();
  }

  private static List<String> ids(List<PluginRecord> records) {
    return records.stream().map(PluginRecord::id).toList();
  }

  @Test
  void an_unusable_one_is_listed_with_error_and_code_under_its_folders_name() throws Exception {
    plugins.plugin("some-folder", "rogue", Map.of("type", "acton"));

    PluginRecord record = registry.get("some-folder");

    assertThat(record.status()).isEqualTo("invalid");
    assertThat(record.loaded()).isFalse();
    assertThat(record.code()).isEqualTo("TYPE_UNKNOWN");
    assertThat(record.hint()).isEqualTo("did you mean \"action\"?");
    assertThat(record.manifest()).containsEntry("id", "rogue");
    assertThat(registry.get("rogue").path()).isEqualTo(record.path());
    assertThat(refused(() -> registry.enable("some-folder")).code()).isEqualTo("TYPE_UNKNOWN");
    assertThat(running.calls).isEmpty();
  }

  @Test
  @Row("A16")
  void a_plugin_of_another_type_is_started_and_says_that_it_is_not_invoked() throws Exception {
    plugins.plugin("two", "two", Map.of("type", "reporter"));

    PluginRecord record = registry.enable("two");

    assertThat(record.loaded()).isTrue();
    assertThat(record.warnings())
        .containsExactly(
            new PluginWarning("NOT_INVOKED_YET", "plugins of type reporter are not invoked yet"));
  }

  @Test
  @Row("H8")
  void enabling_and_disabling_twice_is_fine() throws Exception {
    plugins.plugin("one");

    assertThat(registry.enable("one").loaded()).isTrue();
    assertThat(registry.enable("one").loaded()).isTrue();
    assertThat(registry.disable("one").status()).isEqualTo("disabled");
    assertThat(registry.disable("one").loaded()).isFalse();
    assertThat(running.running).isEmpty();
  }

  @Test
  @Row("H9")
  void one_that_does_not_start_stays_enabled_with_its_error() throws Exception {
    plugins.plugin("one");
    registry.disable("one");
    running.failures.put("one", new PluginException("START_EXITED", "exited with 5", "see logs"));

    PluginRecord record = registry.enable("one");

    assertThat(record.enabled()).isTrue();
    assertThat(record.loaded()).isFalse();
    assertThat(record.error()).isEqualTo("exited with 5");
    assertThat(record.code()).isEqualTo("START_EXITED");
    assertThat(registry.get("one").error()).isEqualTo("exited with 5");
    running.failures.clear();
    assertThat(registry.enable("one").error()).isNull();
  }

  @Test
  void only_enabled_ones_are_restarted() throws Exception {
    plugins.plugin("one");
    assertThat(registry.restart("one").loaded()).isTrue();
    registry.disable("one");

    PluginException refused = refused(() -> registry.restart("one"));

    assertThat(refused.code()).isEqualTo("DISABLED");
    assertThat(refused).hasMessage("plugin \"one\" is disabled");
  }

  @Test
  @Row("H6")
  void a_rescan_is_a_difference() throws Exception {
    plugins.plugin("stays");
    plugins.plugin("off");
    Path goes = plugins.plugin("goes");
    plugins.plugin("changes");
    for (PluginRecord record : registry.list(null, null)) {
      registry.enable(record.id());
    }
    registry.disable("off");
    running.calls.clear();

    plugins.plugin("new");
    plugins.plugin("changes", "changes", Map.of("version", "1.1.0"));
    Files.delete(goes.resolve("manifest.json"));
    Discovery discovery = registry.discover(true);

    assertThat(discovery.found()).containsExactly("new");
    assertThat(discovery.gone()).containsExactly("goes");
    assertThat(discovery.changed()).containsExactly("changes");
    assertThat(ids(discovery.plugins())).containsExactly("changes", "new", "off", "stays");
    assertThat(running.calls).containsExactly("stop goes", "start new");
    assertThat(registry.get("off").enabled()).isFalse();
    assertThat(registry.get("changes").warnings())
        .containsExactly(
            new PluginWarning(
                "RESTART_NEEDED",
                "plugin \"changes\" was changed while it ran; restart it to use what is there now"));

    assertThat(registry.restart("changes").warnings()).isEmpty();
    Discovery again = registry.discover(true);
    assertThat(again.found()).isEmpty();
    assertThat(again.gone()).isEmpty();
    assertThat(again.changed()).isEmpty();
  }

  @Test
  @Row("H6")
  void a_new_process_knows_what_was_found_before() throws Exception {
    plugins.plugin("one");
    assertThat(registry.discover(false).found()).containsExactly("one");

    plugins.plugin("two");
    PluginRegistry next = new PluginRegistry(plugins.open(), running);

    assertThat(next.discover(false).found()).containsExactly("two");
    assertThat(running.calls).as("without being asked, nothing is started").isEmpty();
  }

  @Test
  @Row("H7")
  void two_rescans_at_once_are_one() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    Rescan rescan = new Rescan();
    Rescan.Scan scan =
        () -> {
          made.incrementAndGet();
          begun.countDown();
          await(go);
          return new Discovery(List.of(), Set.of("x"), Set.of(), Set.of());
        };
    Future<Discovery> first = threads.submit(() -> rescan.join(scan));
    await(begun);
    Thread second = new Thread(() -> joinQuietly(rescan, scan));
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    go.countDown();
    second.join(20_000);

    assertThat(first.get(20, TimeUnit.SECONDS).found()).containsExactly("x");
    assertThat(second.isAlive()).isFalse();
    assertThat(made).hasValue(1);
    rescan.join(scan);
    assertThat(made).as("a later one looks anew").hasValue(2);
  }

  private static void joinQuietly(Rescan rescan, Rescan.Scan scan) {
    try {
      rescan.join(scan);
    } catch (PluginException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  @Row({"H10", "K8"})
  void a_slow_start_holds_up_its_own_plugin_and_nobody_else() throws Exception {
    plugins.plugin("slow");
    plugins.plugin("other");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    running.onStart =
        id -> {
          if (id.equals("slow")) {
            begun.countDown();
            await(go);
          }
        };
    Future<PluginRecord> enabling = threads.submit(() -> registry.enable("slow"));
    await(begun);

    assertThat(registry.list(null, null)).hasSize(2);
    assertThat(registry.get("slow").loaded()).isFalse();
    assertThat(registry.enable("other").loaded()).isTrue();
    Future<PluginRecord> disabling = threads.submit(() -> registry.disable("slow"));
    assertThat(disabling.isDone()).isFalse();
    go.countDown();

    assertThat(enabling.get(20, TimeUnit.SECONDS).id()).isEqualTo("slow");
    assertThat(disabling.get(20, TimeUnit.SECONDS).enabled()).isFalse();
    assertThat(running.calls).containsExactly("start slow", "start other", "stop slow");
  }

  @Test
  @Row("K8")
  void a_change_that_waits_can_be_cancelled() throws Exception {
    plugins.plugin("slow");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    running.onStart =
        id -> {
          begun.countDown();
          await(go);
        };
    Future<PluginRecord> enabling = threads.submit(() -> registry.enable("slow"));
    await(begun);
    Thread.currentThread().interrupt();

    PluginException refused = refused(() -> registry.disable("slow"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(refused.code()).isEqualTo("CANCELLED");
    go.countDown();
    assertThat(enabling.get(20, TimeUnit.SECONDS).enabled()).isTrue();
  }

  @ParameterizedTest
  @Row("I7")
  @ValueSource(strings = {"server.py", "new.py", "manifest.json"})
  void files_that_are_not_those_that_were_installed_are_noted(String file) throws Exception {
    Path given = new PluginDirectory(temporary.resolve("given")).plugin("one");
    registry.install(new InstallRequest(given.toString(), folder, false, false, null));
    Path made = folder.resolve("one");
    Files.createDirectories(made.resolve("__pycache__"));
    Files.writeString(made.resolve("__pycache__/x.pyc"), "x");
    Files.writeString(made.resolve("one.log"), "x");
    assertThat(registry.get("one").warnings()).isEmpty();

    Files.writeString(
        made.resolve(file), "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    assertThat(registry.get("one").warnings())
        .extracting(PluginWarning::code)
        .containsExactly("FILES_CHANGED");
  }

  @Test
  void the_output_is_that_of_the_running_plugins() throws Exception {
    plugins.plugin("one");

    assertThat(registry.logs("one").get(0).toMap())
        .isEqualTo(
            Map.of("time", "1970-01-01T00:00:00Z", "stream", "stdout", "text", "hello from one"));
  }

  @Test
  void warnings_of_the_folder_are_passed_on() throws Exception {
    Files.createDirectories(folder.resolve(".testmesh"));
    Files.writeString(folder.resolve(".testmesh/state.json"), "{");
    registry.list(null, null);

    assertThat(registry.warnings())
        .extracting(PluginWarning::code)
        .containsExactly("STATE_CORRUPT");
    assertThat(registry.folder().scan()).extracting(Installed::id).isEmpty();
  }
}

package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.HostMain;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host in a process of its own that ends in all the ways there are. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class HostDeathTest {
  @TempDir private Path folder;
  private Process host;
  private BufferedReader said;

  @AfterEach
  void end() {
    if (host != null) {
      host.destroyForcibly();
    }
  }

  /** Starts a host with a plugin that has a child and a daemon. */
  private void start(String how, String... modes) throws IOException {
    new Lab(folder).rogue("rogue", modes).sample("my-js-plugin");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HostMain.class.getName(),
            folder.toString(),
            how);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    host = builder.start();
    said = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("ready");
  }

  private List<String> ofHost() {
    List<String> found = new ArrayList<>();
    String mine = "TESTMESH_HOST_PID=" + host.pid() + "\0";
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (read(process.resolve("environ")).contains(mine)
            && !read(process.resolve("stat")).contains(") Z")) {
          found.add(process.getFileName() + " " + read(process.resolve("cmdline")));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private void assertNothingIsLeft() {
    Waiting.until(Duration.ofSeconds(2), () -> ofHost().isEmpty());
    assertThat(ofHost()).isEmpty();
  }

  @Test
  @Row({"G11", "G6", "G7"})
  void a_killed_host_leaves_no_plugin_and_none_of_its_children() throws Exception {
    start("wait", "ignore_term=1");
    assertThat(ofHost().size()).isGreaterThanOrEqualTo(4);

    host.destroyForcibly().waitFor();

    assertNothingIsLeft();
  }

  @Test
  @Row("G10")
  void a_signal_to_the_host_ends_plugins_politely() throws Exception {
    start("wait");

    host.destroy();
    assertThat(host.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertNothingIsLeft();
    assertThat(new Lab(folder).notes("rogue", "shutdown")).hasSize(1);
  }

  @Test
  @Row("G10")
  void the_end_of_the_jvm_without_closing_ends_plugins_politely() throws Exception {
    start("exit");

    assertThat(host.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertNothingIsLeft();
    assertThat(new Lab(folder).notes("rogue", "shutdown")).hasSize(1);
  }

  @Test
  @Row("G11")
  void a_host_that_halts_leaves_nothing() throws Exception {
    start("halt");

    assertThat(host.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertNothingIsLeft();
  }

  @Test
  @Row("E9")
  void what_plugins_print_never_reaches_the_output_of_the_host() throws Exception {
    // Surefire and Gradle speak with their JVMs there.
    start("exit", "print=noise", "flood=100000");

    assertThat(said.readLine()).isNull();
  }

  @Test
  @Row("G13")
  void a_host_that_was_stopped_for_a_while_goes_on_with_the_same_plugins() throws Exception {
    start("wait");

    signal("STOP");
    assertThat(Waiting.until(Duration.ofSeconds(10), this::isStopped)).isTrue();
    signal("CONT");
    assertThat(Waiting.until(Duration.ofSeconds(10), () -> !isStopped())).isTrue();

    host.destroy();
    assertThat(host.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Lab lab = new Lab(folder);
    assertThat(lab.notes("rogue", "start")).hasSize(1);
    assertThat(lab.notes("rogue", "shutdown")).hasSize(1);
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(host.pid())).start().waitFor();
  }

  private boolean isStopped() {
    return read(Path.of("/proc", Long.toString(host.pid()), "stat")).contains(") T");
  }

  @Test
  @Row("G12")
  void the_next_host_ends_what_a_dead_one_has_left_by_its_cookie_alone() throws Exception {
    start("wait");
    Path run = folder.resolve("plugins/.testmesh/run");
    Path entry;
    try (var files = Files.list(run)) {
      entry =
          files.filter(file -> file.getFileName().toString().startsWith("rogue")).findFirst().get();
    }
    String text = Files.readString(entry);
    host.destroyForcibly().waitFor();
    assertNothingIsLeft();
    // What a host that died without its watcher would leave: a process with the cookie.
    String cookie = text.substring(text.indexOf("cookie=") + 7).split("\n")[0];
    ProcessBuilder orphan = new ProcessBuilder("sleep", "600");
    orphan.environment().put("TESTMESH_COOKIE", cookie);
    Process left = orphan.start();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    Files.writeString(
        entry, text.replaceAll("pid=[0-9]+\nstart=", "pid=" + stranger.pid() + "\nstart="));

    try (Lab lab = new Lab(folder)) {
      lab.started("rogue.act");

      assertThat(left.waitFor(2, TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(entry).doesNotExist();
    } finally {
      left.destroyForcibly();
      stranger.destroyForcibly();
    }
  }
}

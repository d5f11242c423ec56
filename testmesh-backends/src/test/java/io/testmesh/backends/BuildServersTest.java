package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.backends.Backends.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BuildServersTest {
  @TempDir Path folder;
  private Process build;

  @BeforeEach
  void startBuild() throws IOException {
    build = new ProcessBuilder("cat").start();
  }

  @AfterEach
  void endBuild() throws Exception {
    build.destroyForcibly().waitFor();
    Await.until("nothing is left in the folder", () -> files().isEmpty());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  private Path folderOfBuild() throws IOException {
    return Path.of(files().get(0));
  }

  private Backends jvm() {
    return new Backends(Map.of(), () -> false, new BuildServers(folder, build.toHandle()));
  }

  /** A JVM of its own that asks for the server. */
  private String askedByAnotherJvm(Kind kind) throws Exception {
    Process other =
        new ProcessBuilder(
                ServerProcess.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Asker.class.getName(),
                folder.toString(),
                Long.toString(build.pid()),
                kind.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String address =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(other.waitFor()).isZero();
    return address;
  }

  /** Prints the address of a server of a build, and ends. */
  static final class Asker {
    public static void main(String[] arguments) throws Exception {
      ProcessHandle build = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
      BuildServers servers = new BuildServers(Path.of(arguments[0]), build);
      try (Backends backends = new Backends(Map.of(), () -> false, servers)) {
        System.out.println(backends.get(Kind.valueOf(arguments[2])).address());
      }
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static Object ask(String address, String... words) throws IOException {
    try (RedisTalk talk = new RedisTalk(port(address))) {
      return talk.ask(List.of(words));
    }
  }

  private static boolean answers(String address) {
    try {
      return "PONG".equals(ask(address, "PING"));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void all_jvms_of_a_build_have_one_server_which_outlives_the_one_that_started_it()
      throws Exception {
    String address = askedByAnotherJvm(Kind.REDIS);
    assertThat(ask(address, "SET", "k", "kept")).isEqualTo("OK");

    assertThat(askedByAnotherJvm(Kind.REDIS)).isEqualTo(address);
    try (Backends jvm = jvm()) {
      assertThat(jvm.get(Kind.REDIS).address()).isEqualTo(address);
    }

    assertThat(ask(address, "GET", "k")).isEqualTo("kept");
  }

  @Test
  void when_the_build_is_killed_its_servers_end_and_leave_nothing() throws Exception {
    String redis;
    try (Backends jvm = jvm()) {
      redis = jvm.get(Kind.REDIS).address();
      jvm.get(Kind.POSTGRES);
      assertThat(answers(redis)).isTrue();

      build.destroyForcibly().waitFor();

      Await.until("the server has ended", () -> !answers(redis));
      Await.until("nothing is left in the folder", () -> files().isEmpty());
    }
  }

  @Test
  void a_build_that_was_killed_has_ended_even_when_nobody_asks_for_its_end() throws Exception {
    // The shell becomes a program that never asks for its child's end.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try (BufferedReader line = parent.inputReader()) {
      ProcessHandle orphan = ProcessHandle.of(Long.parseLong(line.readLine())).orElseThrow();
      try (Backends jvm = new Backends(Map.of(), () -> false, new BuildServers(folder, orphan))) {
        String address = jvm.get(Kind.REDIS).address();

        orphan.destroyForcibly();

        Await.until("the server has ended", () -> !answers(address));
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void when_the_holder_of_a_server_is_killed_the_server_ends_and_the_next_jvm_gets_another()
      throws Exception {
    String address = askedByAnotherJvm(Kind.REDIS);
    Path told = BuildServers.told(folderOfBuild(), Kind.REDIS);
    long holder = Long.parseLong(Files.readAllLines(told).get(0));

    ProcessHandle.of(holder).orElseThrow().destroyForcibly();

    Await.until("the server has ended", () -> !answers(address));
    String another = askedByAnotherJvm(Kind.REDIS);
    assertThat(another).isNotEqualTo(address);
    assertThat(answers(another)).isTrue();
  }

  @Test
  void two_builds_have_servers_of_their_own() throws Exception {
    Process second = new ProcessBuilder("cat").start();
    try (Backends jvm = jvm();
        Backends other =
            new Backends(Map.of(), () -> false, new BuildServers(folder, second.toHandle()))) {
      String address = jvm.get(Kind.REDIS).address();
      String others = other.get(Kind.REDIS).address();
      assertThat(others).isNotEqualTo(address);

      second.destroyForcibly().waitFor();

      Await.until("the other build's server has ended", () -> !answers(others));
      assertThat(answers(address)).isTrue();
    } finally {
      second.destroyForcibly();
    }
  }

  @Test
  void why_a_server_does_not_start_is_told() throws Exception {
    BuildServers servers = new BuildServers(folder, build.toHandle());
    String classPath = System.getProperty("java.class.path");
    System.setProperty("java.class.path", folder.toString());
    try {
      assertThatThrownBy(() -> servers.get(Kind.REDIS))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("redis does not start: ")
          .hasMessageContaining("BuildServerMain");
    } finally {
      System.setProperty("java.class.path", classPath);
    }
    Folders.delete(folderOfBuild());
  }

  @Test
  @EnabledIfSystemProperty(
      named = "testmesh.backends.folder",
      matches = ".+",
      disabledReason = "no build runs this JVM")
  void the_tests_of_this_build_share_a_server() throws Exception {
    BuildServers servers = BuildServers.ofThisBuild();
    String address;
    try (Backends first = new Backends(Map.of(), () -> false, servers)) {
      address = first.get(Kind.REDIS).address();
    }
    try (Backends second = new Backends(Map.of(), () -> false, servers)) {
      assertThat(second.get(Kind.REDIS).address()).isEqualTo(address);
    }
    assertThat(answers(address)).isTrue();
  }
}

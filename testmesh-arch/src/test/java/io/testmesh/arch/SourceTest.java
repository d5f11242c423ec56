package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What only the source text shows. */
final class SourceTest {
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:final |sealed |non-sealed |abstract )*(?:class|interface|record|enum|@interface) ",
          Pattern.MULTILINE);
  // Put together, so that this file does not accuse itself.
  private static final List<String> BANNED_IN_TESTS =
      List.of("Thread" + ".sleep(", "@Dis" + "abled", "Assum" + "ptions.", "assume" + "True(");

  private static final List<String> ALLOWED =
      List.of(
          // No test but a plugin, which hangs and is slow on purpose.
          "testmesh-plugin-host/src/test/java/io/testmesh/plugin/Rogue.java: Thread" + ".sleep(",
          // A machine without a browser: said by name in the test report, a failure under
          // TESTMESH_REQUIRE.
          "testmesh-reports/src/test/java/io/testmesh/report/Browser.java: Assum" + "ptions.");

  private final Project project = Project.open();

  @Test
  void every_public_type_of_the_api_says_since_when() {
    List<String> silent = new ArrayList<>();
    Path api = project.root().resolve("testmesh-api/src/main/java");
    List<Path> files = Project.files(api, ".java");
    for (Path file : files) {
      if (lacksSince(Project.text(file))) {
        silent.add(api.relativize(file).toString());
      }
    }

    assertThat(files).isNotEmpty();
    assertThat(silent).as("public types without @since").isEmpty();
  }

  @Test
  void tests_neither_sleep_nor_skip() {
    List<String> found = new ArrayList<>();
    for (Project.Module module : project.modules()) {
      for (Path file : Project.files(module.testSources(), ".java")) {
        if (!file.toString().contains("/arch/fixture/")) {
          for (String banned : bannedIn(Project.text(file))) {
            found.add(project.root().relativize(file) + ": " + banned);
          }
        }
      }
    }

    assertThat(found)
        .as("tests wait for events, and none is skipped")
        .containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  @Test
  void a_type_without_since_is_found() {
    assertThat(lacksSince("/** A thing. */\npublic final class Thing {}\n")).isTrue();
    assertThat(lacksSince("public record Thing() {}\n/** Late.\n * @since 0.1\n */")).isTrue();
    assertThat(lacksSince("/**\n * A thing.\n *\n * @since 0.1\n */\npublic enum Thing {}\n"))
        .isFalse();
    assertThat(lacksSince("final class Inner {}\n")).isFalse();
  }

  @Test
  void a_sleeping_test_is_found() {
    assertThat(bannedIn("void test() { Thread" + ".sleep(10); }")).hasSize(1);
    assertThat(bannedIn("void test() { latch.await(); }")).isEmpty();
  }

  private static boolean lacksSince(String source) {
    Matcher type = PUBLIC_TYPE.matcher(source);
    return type.find() && !source.substring(0, type.start()).contains("\n * @since ");
  }

  private static List<String> bannedIn(String source) {
    return BANNED_IN_TESTS.stream().filter(source::contains).toList();
  }
}

package io.testmesh.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.junit.Junit.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What users see of JUnit; tried with each version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JunitContract {
  private final String version;
  private Junit junit;

  JunitContract(String version) {
    this.version = version;
  }

  @BeforeAll
  void open() {
    junit = Junit.version(version);
  }

  @AfterAll
  void close() {
    junit.close();
  }

  @Test
  void each_flow_and_row_is_a_test() {
    List<Event> tests = junit.tests(Fixtures.Good.class);

    assertThat(tests)
        .hasToString(
            "[greet people (target/test-classes/flows/good/greeting.yaml) SUCCESSFUL, "
                + "double 1 [1] (target/test-classes/flows/good/rows.yaml) SUCCESSFUL, "
                + "double 2 [2] (target/test-classes/flows/good/rows.yaml) SUCCESSFUL]");
    String source = "file:" + Path.of("src/test/resources/flows/good").toAbsolutePath() + "/";
    assertThat(tests)
        .extracting(test -> test.get("source"))
        .containsExactly(
            source + "greeting.yaml:1", source + "rows.yaml:7", source + "rows.yaml:8");
  }

  @Test
  void parallel_tests_find_a_runner() {
    assertThat(
            junit.tests(
                Fixtures.Good.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent"))
        .hasSize(3)
        .allMatch(Event::passed);
    assertNothingLeft();
  }

  @Test
  void one_test_can_be_run_again_by_its_id() {
    List<Event> first = junit.tests(Fixtures.Bad.class);
    List<Event> again = junit.run(first.get(1).get("id"));

    assertThat(again.stream().filter(Event::isTest))
        .hasSize(1)
        .first()
        .hasToString(first.get(1).toString());
    assertNothingLeft();
  }

  @Test
  void failures_are_explained_at_their_place() {
    List<Event> tests = junit.tests(Fixtures.Bad.class);

    assertThat(tests)
        .hasToString(
            "[double [1] (src/test/resources/flows/bad/rows.yaml) SUCCESSFUL, "
                + "double [2] (src/test/resources/flows/bad/rows.yaml) FAILED, "
                + "never (src/test/resources/flows/bad/skipped.yaml) FAILED, "
                + "ask nobody (src/test/resources/flows/bad/unknown.yaml) FAILED, "
                + "compare (src/test/resources/flows/bad/values.yaml) FAILED]");
    Event compared = tests.get(4);
    assertThat(compared.get("thrown")).isEqualTo("org.opentest4j.AssertionFailedError");
    assertThat(compared.message()).contains("state == \"paid\"", "\"open\"", "values.yaml:11");
    assertThat(compared.get("frame"))
        .isEqualTo("testmesh.check(src/test/resources/flows/bad/values.yaml:11)");
    assertThat(compared.get("expected")).isEqualTo("paid");
    assertThat(compared.get("actual")).isEqualTo("open");
    assertThat(tests.get(2).message()).contains("every step of the flow was skipped");
    assertThat(tests.get(3).message()).contains("nobody");
    assertThat(tests.get(3).get("frame")).contains("unknown.yaml:5)");
  }

  @Test
  void flow_tests_are_ordinary_methods() {
    List<Event> tests = junit.tests(Fixtures.Methods.class);

    assertThat(named(tests, "double 1 [1] (").passed()).isTrue();
    assertThat(named(tests, "double 2 [2] (").passed()).isTrue();
    assertThat(named(tests, "compare (").message()).contains("state == \"paid\"");
    assertThat(named(tests, "mistyped (").message()).contains("unknown key \"asert\"");
    assertThat(named(tests, "no flow in").message()).contains("misspelled");
    assertThat(named(tests, "greet people (").message()).contains("Bye");
    Event late = named(tests, "wait for ever (");
    assertThat(late.message()).contains("timed out");
    assertThat(late.get("suppressed")).contains("CANCELLED", "wait for ever");
    assertThat(tests).hasSize(7);
    assertNothingLeft();
  }

  @Test
  void a_class_has_one_runner() {
    assertThat(junit.tests(Fixtures.Shared.class)).hasSize(6).allMatch(Event::passed);
    assertNothingLeft();
  }

  static Event named(List<Event> events, String start) {
    return events.stream()
        .filter(event -> event.name().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  static void assertNothingLeft() {
    Set<String> left = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("testmesh")) {
        left.add(thread.getName());
      }
    }
    assertThat(left).isEmpty();
  }
}

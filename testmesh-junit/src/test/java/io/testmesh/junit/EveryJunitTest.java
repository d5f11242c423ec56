package io.testmesh.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.junit.Junit.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see, with the oldest JUnit that is supported, with the newest ones and between. */
final class EveryJunitTest {

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void each_flow_and_row_is_a_test(String version) {
    List<Event> tests = tests(version, Fixtures.Good.class);

    assertThat(tests)
        .hasToString(
            "[greet people (target/test-classes/flows/good/greeting.yaml) SUCCESSFUL, "
                + "double 1 [1] (target/test-classes/flows/good/rows.yaml) SUCCESSFUL, "
                + "double 2 [2] (target/test-classes/flows/good/rows.yaml) SUCCESSFUL]");
    String source = Path.of("src/test/resources/flows/good/").toUri().toString();
    assertThat(tests)
        .extracting(test -> test.get("source"))
        .containsExactly(
            source + "greeting.yaml?line=1:1",
            source + "rows.yaml?line=7:7",
            source + "rows.yaml?line=8:8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void parallel_tests_find_a_runner(String version) {
    assertThat(
            tests(
                version,
                Fixtures.Good.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent"))
        .hasSize(3)
        .allMatch(Event::passed);
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void one_test_can_be_run_again_by_its_id(String version) {
    List<Event> first = tests(version, Fixtures.Bad.class);
    List<Event> again = Junit.version(version).run(first.get(1).get("id"));

    assertThat(again.stream().filter(Event::isTest))
        .hasSize(1)
        .first()
        .hasToString(first.get(1).toString());
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void failures_are_explained_at_their_place(String version) {
    List<Event> tests = tests(version, Fixtures.Bad.class);

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

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void flow_tests_are_ordinary_methods(String version) {
    List<Event> tests = tests(version, Fixtures.Methods.class);

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

  @ParameterizedTest
  @ValueSource(strings = {"5.9.0", "5.14.4", "6.0.3", "6.1.3"})
  void a_class_has_one_runner(String version) {
    assertThat(tests(version, Fixtures.Shared.class)).hasSize(6).allMatch(Event::passed);
    assertNothingLeft();
  }

  /** The tests that ended. */
  static List<Event> tests(String version, Class<?> fixture, String... parameters) {
    return Junit.version(version).run(fixture, parameters).stream().filter(Event::isTest).toList();
  }

  static Event named(List<Event> events, String start) {
    return events.stream().filter(event -> event.name().startsWith(start)).findFirst().orElseThrow();
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

package io.testmesh.junit;

import static io.testmesh.junit.JunitContract.assertNothingLeft;
import static io.testmesh.junit.JunitContract.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.junit.Junit.Event;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Which tests a factory gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FlowTestsTest {
  private Junit junit;

  @BeforeAll
  void open() {
    junit = Junit.version(Junit.OLDEST);
  }

  @AfterAll
  void close() {
    junit.close();
  }

  @Test
  void files_that_are_not_valid_fail_at_their_line() {
    List<Event> tests = junit.tests(Fixtures.Broken.class);

    assertThat(tests)
        .hasToString(
            "[mistyped (src/test/resources/flows/broken/key.yaml) FAILED, "
                + "src/test/resources/flows/broken/text.yaml is not valid FAILED]");
    assertThat(tests.get(0).message()).contains("unknown key \"asert\"");
    assertThat(tests.get(1).get("source")).endsWith("text.yaml:2");
    assertThat(tests.get(1).get("frame")).startsWith("testmesh.flow(").contains("text.yaml:");
  }

  @Test
  void a_flow_that_calls_one_that_is_not_valid_fails() {
    List<Event> tests = junit.tests(Fixtures.Calling.class);

    assertThat(tests).hasSize(2).noneMatch(Event::passed);
    assertThat(named(tests, "call another").message()).contains("unknown key \"asert\"");
  }

  @Test
  void nothing_found_is_a_failure() {
    List<Event> tests = junit.tests(Fixtures.Nothing.class);

    assertThat(tests).hasSize(2).noneMatch(Event::passed);
    assertThat(named(tests, "no flow in flows/good").message())
        .isEqualTo(
            "nothing was tested: there is no flow to run\n"
                + "  no flow was selected from flows/good with the tags nightly");
    assertThat(named(tests, "flows/god is not valid").message()).contains("there is no such file");
  }

  @Test
  void variables_and_labels_are_used() {
    assertThat(junit.tests(Fixtures.Variables.class))
        .singleElement()
        .satisfies(
            test -> {
              assertThat(test.name()).startsWith("morning: greet people (");
              assertThat(test.message()).contains("Good morning, Ada!");
            });
  }

  @Test
  void tests_in_a_list_close_their_runner_too() {
    assertThat(junit.tests(Fixtures.Collected.class)).hasSize(3).allMatch(Event::passed);
    assertNothingLeft();
  }

  @Test
  void a_runner_that_is_not_static_is_refused() {
    assertThat(junit.run(Fixtures.NotStatic.class))
        .anySatisfy(event -> assertThat(event.message()).contains("is not static"));
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void properties_narrow_the_selection() {
    assertThat(with("testmesh.tags", "data", Fixtures.Good.class)).hasSize(2);
    assertThat(with("testmesh.tags", "", Fixtures.Good.class)).hasSize(3);
    assertThat(with("testmesh.name", "DOUBLE 2", Fixtures.Good.class)).hasSize(1);
    assertThat(with("testmesh.flows", "flows/good/rows.yaml:8", Fixtures.Good.class))
        .singleElement()
        .hasToString("double 2 [2] (target/test-classes/flows/good/rows.yaml) SUCCESSFUL");
    assertThat(with("testmesh.flows", "flows/good/rows.yaml, flows/x.yaml", Fixtures.Good.class))
        .hasSize(3)
        .anySatisfy(event -> assertThat(event.name()).isEqualTo("flows/x.yaml is not valid"));
    assertThat(with("testmesh.name", "nowhere", Fixtures.Good.class))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("by -Dtestmesh.name=nowhere"));
  }

  private List<Event> with(String property, String value, Class<?> fixture) {
    System.setProperty(property, value);
    try {
      return junit.tests(fixture);
    } finally {
      System.clearProperty(property);
    }
  }
}

package io.testmesh.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.spi.FakeData;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses of made-up data are held against the library before the run. */
class MadeUpDataTest {
  @TempDir private Path folder;

  /** Has one name. */
  public static final class Names implements FakeData {
    @Override
    public Map<String, List<String>> names() {
      return Map.of("name", List.of("first_name"));
    }

    @Override
    public boolean hasLocale(String tag) {
      return tag.equals("de");
    }

    @Override
    public Sequence sequence(@Nullable Long seed, @Nullable String locale) {
      return (namespace, method) -> locale + " " + method;
    }
  }

  private RunResult run(String yaml) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(FakeData.class.getName()), Names.class.getName());
    Path file = Files.writeString(folder.resolve("f.yaml"), yaml);
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader());
        FlowRunner runner =
            FlowRunner.builder().workingFolder(folder).classLoader(loader).build()) {
      return runner.run(runner.load(file), RunOptions.builder().build());
    }
  }

  @Test
  void what_is_there_is_made_up() throws Exception {
    RunResult result =
        run(
            """
            flow:
              name: made up
              config: {faker: {locale: de}}
              steps: [{action: assert, config: {assertions: ['FAKER.name.firstName == "de first_name"']}}]
            """);

    assertThat(result.problems()).isEmpty();
    assertThat(result.flows().get(0).failure()).isEmpty();
  }

  @Test
  void what_is_not_there_is_a_problem() throws Exception {
    RunResult result =
        run(
            """
            flow:
              name: made up
              config: {faker: {locale: xx}}
              steps:
                - {action: log, config: {message: "${FAKER.name.last_name} ${FAKER.nam.first_name}"}}
            """);

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:3:28 there is no made-up data for the locale \"xx\"; a locale is a language,"
                + " such as de, or a language and a country, such as pt-BR",
            "f.yaml:5:42 FAKER.name has no \"last_name\"; there is first_name",
            "f.yaml:5:66 FAKER has no \"nam\"; did you mean \"name\"?");
  }

  @Test
  void a_variable_of_that_name_is_not_made_up() throws Exception {
    RunResult result =
        run(
            """
            flow:
              name: made up
              env: {FAKER: {x: 1}}
              steps: [{action: assert, config: {assertions: [FAKER.x == 1]}}]
            """);

    assertThat(result.problems()).isEmpty();
    assertThat(result.flows().get(0).failure()).isEmpty();
  }

  @Test
  void a_flow_that_is_made_in_java_has_each_id_once() {
    Flow flow =
        Flow.builder("made")
            .step(Step.of("log").id("a").config(Map.of("message", "x")))
            .step(Step.of("log").id("a").config(Map.of("message", "x")))
            .build();
    try (FlowRunner runner = FlowRunner.builder().workingFolder(folder).build()) {
      assertThat(runner.run(FlowSet.of(flow), RunOptions.builder().build()).problems())
          .extracting(problem -> problem.code() + " " + problem.message())
          .containsExactly("duplicate_id the step id \"a\" is used twice");
    }
  }
}

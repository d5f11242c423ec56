package io.testmesh.faker;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.StepResult;
import io.testmesh.spi.FakeData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FakerTest {
  private final FakeData data = new DatafakerData();

  @TempDir Path folder;

  private RunResult run(RunOptions options, String yaml) {
    try (FlowRunner runner = FlowRunner.builder().workingFolder(folder).build()) {
      return runner.run(runner.load(Files.writeString(folder.resolve("f.yaml"), yaml)), options);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RunResult run(String yaml) {
    return run(RunOptions.DEFAULTS, yaml);
  }

  private static List<Object> values(RunResult result) {
    assertThat(result.problems()).isEmpty();
    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    return result.flows().stream()
        .map(flow -> ((StepResult) flow.steps().get(0)).config().get("data"))
        .toList();
  }

  private static final String ROWS =
      """
      flow:
        name: people
        data_source: {type: inline, rows: [{n: 1}, {n: 1}, {n: 2}, {n: 3}, {n: 4}, {n: 5}]}
        config: {faker: {seed: 7}}
        steps:
          - action: log
            config:
              message: x
              data:
                - "${FAKER.name.full_name}"
                - "${FAKER.internet.email}"
                - "${FAKER.date.future}"
                - "${FAKER.commerce.price}"
                - "${UUID} ${RANDOM_ID} ${$uuid}"
                - "${RANDOM_INT} ${$random_int}"
                - "${RANDOM_STRING}"
      """;

  @Test
  void all_namespaces_of_the_language_are_there() {
    assertThat(data.names().keySet())
        .containsExactly(
            "name",
            "internet",
            "phone",
            "address",
            "company",
            "commerce",
            "finance",
            "date",
            "lorem",
            "random",
            "datatype");
  }

  @Test
  void every_method_gives_a_value_in_several_locales_and_repeats_with_its_seed() {
    for (String locale : List.of("en", "de", "pt-BR", "ja")) {
      FakeData.Sequence one = data.sequence(42L, locale);
      FakeData.Sequence other = data.sequence(42L, locale);
      data.names()
          .forEach(
              (namespace, methods) -> {
                for (String method : methods) {
                  Object value = one.next(namespace, method);
                  assertThat(value)
                      .as("%s.%s", namespace, method)
                      .isInstanceOfAny(String.class, Long.class, BigDecimal.class, Boolean.class)
                      .isNotEqualTo("")
                      .isEqualTo(other.next(namespace, method));
                }
              });
    }
  }

  @Test
  void values_are_what_they_are_called() {
    FakeData.Sequence values = data.sequence(1L, null);
    Instant now = Instant.now();
    for (int i = 0; i < 50; i++) {
      assertThat((String) values.next("internet", "email"))
          .matches("[^@ ]+@example\\.(com|net|org)");
      assertThat(Instant.parse((String) values.next("date", "future"))).isAfter(now);
      assertThat(Instant.parse((String) values.next("date", "past"))).isBefore(now);
      assertThat(LocalDate.parse((String) values.next("date", "birthdate")))
          .isBefore(LocalDate.now().minusYears(17));
      assertThat((BigDecimal) values.next("commerce", "price"))
          .isBetween(new BigDecimal("1.00"), new BigDecimal("1000.00"));
      assertThat((Long) values.next("datatype", "number")).isBetween(0L, 99_999L);
    }
  }

  @Test
  void a_seed_repeats_in_parallel_and_rows_differ() {
    List<Object> first = values(run(RunOptions.builder().parallel(6).build(), ROWS));
    List<Object> second = values(run(RunOptions.builder().parallel(2).build(), ROWS));

    assertThat(first).isEqualTo(second).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void the_seed_of_the_run_wins_over_that_of_the_flow() {
    RunOptions seeded = RunOptions.builder().seed(99).build();
    List<Object> other = values(run(seeded, ROWS));

    assertThat(other).isEqualTo(values(run(seeded, ROWS)));
    assertThat(other).isNotEqualTo(values(run(ROWS)));
  }

  @Test
  void without_a_seed_nothing_repeats_and_each_use_is_fresh() {
    String flow =
        """
        flow:
          name: fresh
          steps:
            - action: log
              config: {message: x, data: ["${FAKER.random.uuid}", "${FAKER.random.uuid}"]}
        """;
    List<Object> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.addAll((List<?>) values(run(flow)).get(0));
    }
    assertThat(new HashSet<>(seen)).hasSize(6);
  }

  @Test
  void camel_case_is_the_same_and_types_are_kept() {
    Object value =
        values(
                run(
                    """
                    flow:
                      name: spelling
                      config: {faker: {locale: de}}
                      steps:
                        - action: log
                          config:
                            message: "${FAKER.name.firstName} from ${FAKER.address.streetAddress}"
                            data: {n: "${FAKER.datatype.number}", b: "${FAKER.random.boolean}"}
                    """))
            .get(0);

    assertThat((Map<?, ?>) value)
        .satisfies(map -> assertThat(map.get("n")).isInstanceOf(Long.class))
        .satisfies(map -> assertThat(map.get("b")).isInstanceOf(Boolean.class));
  }

  @Test
  void unknown_names_and_locales_are_found_before_the_run() {
    RunResult result =
        run(
            """
            flow:
              name: typing errors
              config: {faker: {locale: xx}}
              steps:
                - {action: log, config: {message: "${FAKER.nmae.first_name}"}}
                - {action: log, config: {message: "a ${FAKER.name.frist_name}"}}
                - {action: log, config: {message: x}, assert: ["FAKER.lorem.wrod != ''"]}
            """);

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:3:28 there is no made-up data for the locale \"xx\"; a locale is a language,"
                + " such as de, or a language and a country, such as pt-BR",
            "f.yaml:5:42 FAKER has no \"nmae\"; did you mean \"name\"?",
            "f.yaml:6:44 FAKER.name has no \"frist_name\"; did you mean \"first_name\"?",
            "f.yaml:7:53 FAKER.lorem has no \"wrod\"; did you mean \"word\"?");
  }

  @Test
  void a_computed_name_fails_its_step() {
    RunResult result =
        run(
            """
            flow:
              name: computed
              env: {what: first_name}
              steps: [{action: log, config: {message: "${FAKER.name[what]}"}}]
            """);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.flows().get(0).failure().orElseThrow().message())
        .contains("FAKER.name is a group of names");
  }

  @Test
  void a_namespace_alone_is_no_value() {
    assertThat(
            run("flow: {name: half, steps: [{action: log, config: {message: '${FAKER.name}'}}]}")
                .status())
        .isNotEqualTo(RunStatus.PASSED);
  }
}

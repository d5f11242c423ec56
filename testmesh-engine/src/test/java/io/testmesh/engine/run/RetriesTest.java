package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a retry waits, what it repeats, and what a step that failed leaves in its record. */
@Timeout(60)
class RetriesTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with("give", context -> ActionResult.of("x", 5L).with("list", List.of(1L, 2L)))
            .with(
                "refuse",
                context -> {
                  throw new ActionException("connection_failed", "nobody listens");
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private StepResult step(String keys) {
    FlowResult flow = kit.runOne("flow:\n  name: n\n  steps:\n    - {id: s, " + keys + "}\n");
    return flow.step("s");
  }

  @ParameterizedTest
  @CsvSource({"constant, 20, 20, 20", "linear, 20, 40, 60", "exponential, 20, 40, 80"})
  void a_pause_is_as_long_as_its_backoff_says(String backoff, long first, long second, long third) {
    StepResult step =
        step(
            "action: give, assert: [x == 6], retry: {max_attempts: 4, delay: 20ms, backoff: "
                + backoff
                + "}");
    List<AttemptResult> attempts = step.attempts();
    List<Long> wanted = List.of(first, second, third);

    assertThat(attempts).hasSize(4);
    for (int i = 0; i < 3; i++) {
      Duration pause =
          Duration.between(
              attempts.get(i).started().plus(attempts.get(i).duration()),
              attempts.get(i + 1).started());
      // The two clocks of an attempt may differ by a little.
      assertThat(pause).as("pause " + i).isGreaterThan(Duration.ofMillis(wanted.get(i) - 5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "linear", "exponential"})
  void no_pause_is_longer_than_max_delay(String backoff) {
    StepResult step =
        step(
            "action: give, assert: [x == 6], retry: {max_attempts: 50, delay: 1h, max_delay: 1ms,"
                + " backoff: "
                + backoff
                + "}");

    assertThat(step.attempts()).hasSize(50);
    assertThat(step.failure().orElseThrow().details()).containsEntry("attempts", 50L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action: give, assert: [x == 6] | assertion | 3",
        "action: give, assert: [x.y.z == 6] | assertion | 3",
        "action: give, output: {a: $.nope.x} | assertion | 3",
        "action: refuse | assertion | 1",
        "action: refuse | connection_failed | 3",
        "action: refuse | connection_error | 3",
        "action: give, assert: [x == 6] | connection_error | 1",
        "action: give, assert: [x == 6] | timeout | 1",
        "action: give, assert: [x == 6] | x == 5 | 3",
        "action: give, assert: [x == 6] | x == 7 | 1",
        "action: refuse | x == 5 | 1",
        "action: refuse | error.code == \"connection_failed\" | 3",
        "action: refuse | error.step == \"s\" | 3",
      })
  void a_word_or_an_expression_says_what_is_repeated(String keys, String word, int attempts) {
    StepResult step =
        step(keys + ", retry: {max_attempts: 3, delay: 1ms, retry_on: ['" + word + "']}");

    assertThat(step.attempts()).hasSize(attempts);
    assertThat(step.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_comparison_of_lists_tells_the_items_that_differ() {
    StepResult step = step("action: give, assert: ['list == [1, 3, 4]']");

    assertThat(step.assertions().get(0).difference())
        .containsExactly(
            "[1]: 2 (number) instead of 3 (number)", "[2]: missing, expected 4 (number)");
  }

  @Test
  void a_condition_that_cannot_be_evaluated_yet_says_so_when_the_time_is_up() {
    StepResult step =
        step(
            "action: wait_until, config: {condition: 'later.x.y == 1', max_duration: 30ms, interval: 5ms,"
                + " steps: [{id: later, action: give}]}");
    Failure failure = step.failure().orElseThrow();

    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(failure.message())
        .isEqualTo(
            "the condition did not hold within 30ms: later.x.y == 1"
                + " (later.x is the number 5, it has no key \"y\")");
    assertThat((Long) failure.details().get("attempts")).isPositive();
  }

  @Test
  void a_condition_that_is_false_shows_its_values_when_the_time_is_up() {
    assertThat(
            step("action: wait_until, config: {condition: 'later.x == 1', max_duration: 30ms,"
                    + " interval: 5ms, steps: [{id: later, action: give}]}")
                .failure()
                .orElseThrow()
                .message())
        .isEqualTo("the condition did not hold within 30ms: later.x == 1 (later.x is 5 (number))");
  }

  @Test
  void the_steps_of_a_block_and_its_error_steps_are_in_its_record() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              steps:
                - id: s
                  action: condition
                  config: {condition: true, then: [{id: inside, action: refuse}]}
                  on_error:
                    action: continue
                    error_steps:
                      - {id: told, action: mark, config: {name: "${error.code} ${error.step}"}}
                - {id: next, action: mark, config: {name: next}}
            """);
    List<String> inside = new ArrayList<>();
    for (ResultNode child : flow.step("s").children()) {
      inside.add(((StepResult) child).id());
    }

    assertThat(inside).containsExactly("inside", "told");
    assertThat(kit.marks()).containsExactly("connection_failed s", "next");
    assertThat(flow.step("s").isTolerated()).isTrue();
    assertThat(flow.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_short_secret_is_warned_of() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              env: {pin: "123", token: "1234"}
              config: {secrets: [pin, token]}
              steps: [{action: mark, config: {name: a}}]
            """);

    assertThat(flow.warnings())
        .extracting(Problem::message)
        .containsExactly(
            "the secret \"pin\" is shorter than 4 characters: it is masked only where it is a whole"
                + " value");
  }
}

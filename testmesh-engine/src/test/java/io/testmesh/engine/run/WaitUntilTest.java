package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.result.AssertionResult;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are repeated until a condition holds. */
@Timeout(60)
class WaitUntilTest {
  @TempDir Path folder;
  private final Actors actors = new Actors(1);
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = actors.kit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** A flow of one step, called wait. */
  private FlowResult until(String config) {
    return kit.runOne(
        """
        flow:
          name: wait
          steps: [{id: wait, action: wait_until, config: CONFIG}]
        """
            .replace("CONFIG", config));
  }

  @Test
  void wait_until_repeats_until_the_condition_holds() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config:
                    condition: c.n >= 3
                    interval: 1ms
                    steps: [{id: c, action: count}]
                - {action: mark, config: {name: "${c.n}"}}
            """);

    assertThat(flow.step("wait").result()).isEqualTo(Map.of("met", true, "attempts", 3L));
    assertThat(flow.step("wait").children()).hasSize(1);
    assertThat(kit.marks()).containsExactly("3");
  }

  @Test
  void a_failure_inside_of_wait_until_means_not_yet() {
    FlowResult flow = until("{condition: true, interval: 1ms, steps: [{action: third}]}");

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("wait").result()).containsEntry("attempts", 3L);
    assertThat(flow.counts().tolerated()).isZero();
  }

  @Test
  void too_late_is_a_timeout_that_names_the_condition() {
    FlowResult flow =
        until(
            "{condition: c.n < 0, interval: 1ms, max_duration: 40ms, steps: [{id: c, action: count}]}");

    assertThat(flow.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.failure().orElseThrow().message())
        .startsWith("the condition did not hold within 40ms: c.n < 0 (c.n is ")
        .endsWith("(number))");
    assertThat(flow.step("wait").result()).containsEntry("met", false);
  }

  @Test
  void too_late_shows_the_parts_of_the_condition_like_an_assertion() {
    FlowResult flow =
        until(
            "{condition: c.value + 1 > 5 and c.value < 10, interval: 1ms, max_duration: 20ms,"
                + " steps: [{id: c, action: give, config: {value: 3}}]}");

    AssertionResult look = flow.step("wait").assertions().get(0);
    assertThat(look.passed()).isFalse();
    assertThat(look.span().column()).isGreaterThan(30);
    assertThat(look.values())
        .extracting(value -> value.expression() + " = " + value.value())
        .containsExactly("c.value + 1 > 5 = false", "c.value + 1 = 4", "c.value = 3");
    assertThat(Diagnosis.of(flow))
        .contains("condition: c.value + 1 > 5 and c.value < 10")
        .contains("\n  c.value           = 3 (number)\n")
        .contains("the condition did not hold within 20ms");
  }

  @Test
  void a_condition_that_came_true_is_recorded_with_its_values() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config: {condition: c.n == 2, interval: 1ms, steps: [{id: c, action: count}]}
                  assert: [attempts == 2]
            """);

    assertThat(flow.step("wait").assertions())
        .extracting(AssertionResult::expression)
        .containsExactly("c.n == 2", "attempts == 2");
    assertThat(flow.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void when_the_steps_failed_last_their_failure_is_told_and_no_older_look() {
    FlowResult flow =
        until("{condition: 1 == 2, interval: 1ms, max_duration: 20ms, steps: [{action: broken}]}");

    assertThat(flow.step("wait").assertions()).isEmpty();
    assertThat(flow.failure().orElseThrow().message()).endsWith(": 1 == 2 (it is broken)");
  }

  @Test
  void too_late_can_be_fine() {
    FlowResult flow =
        until(
            "{condition: true, interval: 1ms, max_duration: 30ms, on_timeout: continue,"
                + " steps: [{action: broken}]}");

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("wait").result()).containsEntry("met", false);
  }

  @Test
  void a_hanging_step_does_not_keep_wait_until_from_ending() {
    FlowResult flow = until("{condition: true, max_duration: 40ms, steps: [{action: hang}]}");

    assertThat(flow.failure().orElseThrow().message())
        .contains("the condition did not hold within 40ms");
  }
}

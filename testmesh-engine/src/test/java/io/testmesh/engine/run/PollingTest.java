package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.event.RunEvent;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Actions that look once and are repeated by the engine: {@code assert, within, every, for}. */
@Timeout(60)
class PollingTest {
  @TempDir Path folder;
  private final AtomicInteger looks = new AtomicInteger();
  private final List<Map<String, Object>> seen = new CopyOnWriteArrayList<>();
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(FlowKit.action(look("look.assert").polling("exists"), context -> look()))
            .with(
                FlowKit.action(
                    look("patient.assert").polling(Duration.ofSeconds(20)), context -> look()))
            .with(
                FlowKit.action(
                    look("kept.assert").polling(),
                    context -> {
                      seen.add(context.config().values());
                      return look();
                    }))
            .with(
                FlowKit.action(
                    look("late.assert").polling(),
                    context -> {
                      if (looks.incrementAndGet() < 3) {
                        throw new ActionException("connection_failed", "nobody listens");
                      }
                      return ActionResult.of("n", 3L).with("list", List.of());
                    }))
            // Holds from the second look on, but for the fourth.
            .with(
                FlowKit.action(
                    look("unsteady.assert").polling(),
                    context -> {
                      int n = looks.incrementAndGet();
                      return ActionResult.of("n", n == 1 || n == 4 ? 0L : 1L)
                          .with("list", List.of());
                    }));
  }

  private static ActionDescriptor look(String id) {
    return ActionDescriptor.of(id)
        .optional("key", ConfigType.TEXT, "a key")
        .optional("exists", ConfigType.BOOLEAN, "a condition")
        .result("n", ConfigType.INTEGER, "how often it was looked at")
        .result("list", ConfigType.LIST, "empty before the third look");
  }

  private ActionResult look() {
    long n = looks.incrementAndGet();
    return ActionResult.of("n", n).with("list", n < 3 ? List.of() : List.of("here"));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private StepResult step(String action, String config) {
    return kit.runOne(flow(action, config)).step("s");
  }

  private static String flow(String action, String config) {
    return "flow:\n  name: n\n  env: {WAIT: 20s}\n  steps:\n    - id: s\n      action: "
        + action
        + "\n      config: {"
        + config
        + "}\n";
  }

  @Test
  void it_looks_until_the_assertions_hold() {
    StepResult step =
        step("look.assert", "within: 20s, every: 1ms, assert: [n >= 3, 'list[0] == \"here\"']");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSize(3);
    assertThat(step.assertions()).hasSize(2);
    assertThat(step.result()).containsEntry("n", 3L);
  }

  @Test
  void a_placeholder_may_say_how_long() {
    StepResult step = step("look.assert", "within: '{{WAIT}}', every: 1ms, assert: [n == 4]");

    assertThat(step.attempts()).hasSize(4);
    assertThat(step.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_placeholder_that_gives_no_duration_fails_the_step_before_its_first_look() {
    kit.variable("soon", "presently");

    StepResult step = step("look.assert", "within: '{{soon}}', assert: [n == 1]");

    assertThat(step.status()).isEqualTo(Status.FAILED);
    assertThat(step.attempts()).isEmpty();
    assertThat(step.failure().orElseThrow().message())
        .isEqualTo("\"within\" wants a duration such as 30s or 250ms, got a text: \"presently\"");
    assertThat(looks).hasValue(0);
  }

  @Test
  void without_within_it_looks_once() {
    StepResult step = step("look.assert", "assert: [n == 2]");

    assertThat(step.status()).isEqualTo(Status.FAILED);
    assertThat(step.attempts()).hasSize(1);
  }

  @Test
  void an_action_may_be_given_time_without_asking() {
    StepResult step = step("patient.assert", "every: 1ms, assert: [n == 3]");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSize(3);
  }

  @Test
  void the_failure_is_that_of_the_last_look_with_its_values() {
    StepResult step = step("look.assert", "within: 60ms, every: 5ms, assert: [n < 0]");

    Failure failure = step.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure.message()).startsWith("n < 0 does not hold: n is ");
    assertThat(failure.details().get("attempts")).isEqualTo((long) step.attempts().size());
    // The last attempt may have been cut short before it looked.
    long looked = (long) step.result().get("n");
    assertThat(looked).isBetween(step.attempts().size() - 1L, (long) step.attempts().size());
    assertThat(failure.span().line()).isEqualTo(7);
  }

  @Test
  void a_look_that_fails_is_not_yet() {
    StepResult step = step("late.assert", "within: 20s, every: 1ms, assert: [n == 3]");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSize(3);
  }

  @Test
  void an_expression_that_cannot_be_evaluated_yet_is_not_yet() {
    StepResult step =
        step("look.assert", "within: 20s, every: 1ms, assert: ['list[0] == \"here\"']");

    assertThat(step.attempts()).hasSize(3);
  }

  @Test
  void for_wants_the_assertions_to_hold_all_the_time() {
    long start = System.nanoTime();
    StepResult step = step("look.assert", "for: 100ms, every: 10ms, assert: [n > 0]");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    assertThat(step.attempts()).hasSizeGreaterThan(1);
  }

  @Test
  void listeners_are_told_of_every_look() {
    StepResult step = step("look.assert", "for: 60ms, every: 5ms, assert: [n > 0]");

    long told = kit.events().stream().filter(RunEvent.AttemptFinished.class::isInstance).count();
    // The last one ends the step, which is told itself.
    assertThat(told).isEqualTo(step.attempts().size() - 1);
  }

  @Test
  void the_first_violation_ends_for_without_within() {
    StepResult step = step("look.assert", "for: 20s, every: 1ms, assert: [n < 3]");

    Failure failure = step.failure().orElseThrow();
    assertThat(step.attempts()).hasSize(3);
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure.details()).containsKey("held_ms").containsEntry("attempts", 3L);
  }

  @Test
  void with_within_the_time_of_for_starts_again() {
    StepResult step =
        step("unsteady.assert", "within: 50s, for: 2s, every: 20ms, assert: [n == 1]");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts()).hasSizeGreaterThan(5);
    List<Status> outcomes = new ArrayList<>();
    step.attempts().forEach(attempt -> outcomes.add(attempt.status()));
    assertThat(outcomes.subList(0, 5))
        .containsExactly(Status.FAILED, Status.PASSED, Status.PASSED, Status.FAILED, Status.PASSED);
  }

  @Test
  void a_flow_that_is_over_while_it_has_to_hold_is_not_green() {
    String yaml =
        flow("look.assert", "for: 20s, every: 5ms, assert: [n > 0]")
            .replace("  env:", "  config: {timeout: 100ms}\n  env:");

    StepResult step = kit.runOne(yaml).step("s");

    assertThat(step.status()).isNotEqualTo(Status.PASSED);
    assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
  }

  @Test
  void the_handler_never_sees_what_repeats_it() {
    step("kept.assert", "key: k, within: 1s, every: 1ms, assert: [n == 1]");

    assertThat(seen).containsExactly(Map.of("key", "k"));
  }

  @Test
  void the_assertions_of_the_step_count_too() {
    String yaml =
        flow("look.assert", "within: 20s, every: 1ms, assert: [n > 1]") + "      assert: [n > 2]\n";

    assertThat(kit.runOne(yaml).step("s").attempts()).hasSize(3);
  }

  @Test
  void a_condition_of_the_action_is_something_to_check() {
    assertThat(step("look.assert", "exists: true").status()).isEqualTo(Status.PASSED);
  }

  @Test
  void nothing_to_check_is_an_error_before_the_run() {
    assertThat(kit.problems(flow("look.assert", "key: k")))
        .singleElement()
        .asString()
        .contains("nothing_asserted")
        .contains("look.assert has nothing to check: no assertion, and none of exists");
    assertThat(kit.problems(flow("look.assert", "assert: []")))
        .singleElement()
        .asString()
        .contains("nothing_asserted");
  }

  @Test
  void a_name_that_no_result_has_is_an_error_before_the_run() {
    assertThat(kit.problems(flow("look.assert", "within: 1s, assert: ['lits == []']")))
        .singleElement()
        .asString()
        .contains("undefined_variable")
        .contains("list");
  }

  @Test
  void a_typing_error_of_a_key_that_repeats_it_is_told() {
    assertThat(kit.problems(flow("look.assert", "withn: 1s, assert: [n > 0]")))
        .singleElement()
        .asString()
        .contains("unknown key \"withn\" in the config of look.assert")
        .contains("did you mean \"within\"?");
  }

  @Test
  void two_places_that_say_how_long_are_an_error() {
    String both = flow("look.assert", "within: 1s, assert: [n > 0]") + "      within: 2s\n";
    String retried =
        flow("look.assert", "within: 1s, assert: [n > 0]") + "      retry: {max_attempts: 3}\n";

    assertThat(kit.problems(both))
        .singleElement()
        .asString()
        .contains("the step and its config both say how long it is repeated");
    assertThat(kit.problems(retried))
        .singleElement()
        .asString()
        .contains("\"within\" and \"retry\" both repeat the step");
  }

  @Test
  void a_pause_without_repetition_is_an_error() {
    assertThat(kit.problems(flow("look.assert", "every: 1s, assert: [n > 0]")))
        .singleElement()
        .asString()
        .contains("\"every\" is the pause of \"within\" or \"for\"");
  }
}

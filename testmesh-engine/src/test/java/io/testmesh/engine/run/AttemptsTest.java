package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.event.RunEvent;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  @TempDir Path folder;
  private final AtomicLong calls = new AtomicLong();
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with("count", context -> ActionResult.of("call", calls.incrementAndGet()))
            .with(
                "refuse",
                context -> {
                  calls.incrementAndGet();
                  throw new ActionException("connection_failed", "nobody listens");
                })
            .with(
                "hang",
                context -> {
                  calls.incrementAndGet();
                  new CountDownLatch(1).await();
                  return ActionResult.EMPTY;
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

  @Test
  void a_step_is_repeated_until_it_passes() {
    StepResult step =
        step("action: count, assert: [call == 3], retry: {max_attempts: 5, delay: 1ms}");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.attempts())
        .extracting(a -> a.status().key())
        .containsExactly("failed", "failed", "passed");
    assertThat(step.result()).containsEntry("call", 3L);
    assertThat(kit.events()).filteredOn(RunEvent.AttemptFinished.class::isInstance).hasSize(3);
  }

  @Test
  void the_last_failure_counts_when_no_attempt_passes() {
    StepResult step =
        step("action: count, assert: [call == 9], retry: {max_attempts: 2, delay: 1ms}");

    Failure failure = step.failure().orElseThrow();
    assertThat(failure.message()).isEqualTo("call == 9 does not hold: call is 2 (number)");
    assertThat(failure.details()).containsEntry("attempts", 2L);
  }

  @Test
  void only_failures_that_match_retry_on_are_repeated() {
    step("action: refuse, retry: {max_attempts: 3, delay: 1ms, retry_on: [timeout]}");
    assertThat(calls).hasValue(1);
    step("action: refuse, retry: {max_attempts: 3, delay: 1ms, retry_on: [connection_error]}");
    assertThat(calls).hasValue(4);
  }

  @Test
  void retry_on_takes_expressions_over_the_result_and_the_error() {
    step(
        "action: count, assert: [call > 9], retry: {max_attempts: 9, delay: 1ms,"
            + " retry_on: [call < 3]}");
    assertThat(calls).hasValue(3);
    step(
        "action: refuse, retry: {max_attempts: 2, delay: 1ms,"
            + " retry_on: ['error.message contains \"nobody\"']}");
    assertThat(calls).hasValue(5);
  }

  @Test
  void failures_that_match_retry_on_not_are_not_repeated() {
    step("action: refuse, retry: {max_attempts: 3, delay: 1ms, retry_on_not: [connection_failed]}");
    assertThat(calls).hasValue(1);
  }

  @Test
  void on_error_retry_repeats_as_often_as_the_retry_of_the_step_or_of_the_flow_says() {
    assertThat(step("action: refuse, on_error: retry, retry: {max_attempts: 2, delay: 1ms}"))
        .satisfies(
            step -> {
              assertThat(step.attempts()).hasSize(2);
              assertThat(step.status()).isEqualTo(Status.FAILED);
              assertThat(step.isTolerated()).isFalse();
            });
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: flow
              config: {retry: {max_attempts: 3, delay: 1ms}}
              steps: [{id: s, action: refuse, on_error: {action: retry}}]
            """);
    assertThat(flow.step("s").attempts()).hasSize(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "action: hang, timeout: 20ms | on_error: {on_timeout: retry}                    | 2 | false",
        "action: refuse | on_error: {on_timeout: retry}                    | 1 | false",
        "action: refuse | on_error: {action: continue, on_timeout: retry}  | 1 | true",
        "action: hang, timeout: 20ms | on_error: {action: continue, on_timeout: retry}  | 2 | false",
        "action: hang, timeout: 20ms | on_error: {action: retry, on_timeout: fail}      | 1 | false",
        "action: hang, timeout: 20ms | on_error: {action: retry, on_timeout: continue}  | 1 | true",
        "action: refuse | on_error: {action: retry, on_timeout: continue}  | 2 | false",
        "action: refuse | on_error: {action: fail, on_timeout: continue}   | 2 | false",
      })
  void on_timeout_says_the_same_for_time_outs_alone(
      String action, String onError, int attempts, boolean tolerated) {
    StepResult step = step(action + ", retry: {max_attempts: 2, delay: 1ms}, " + onError);

    assertThat(step.attempts()).hasSize(attempts);
    assertThat(step.isTolerated()).isEqualTo(tolerated);
  }

  @Test
  void within_repeats_the_action_until_its_assertions_hold() {
    StepResult step = step("action: count, assert: [call == 4], within: 20s, every: 1ms");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(calls).hasValue(4);
  }

  @Test
  void when_the_time_of_within_is_up_the_step_fails_with_what_was_last_seen() {
    StepResult step = step("action: count, assert: [call == -1], within: 400ms, every: 10ms");

    Failure failure = step.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat((long) failure.details().get("attempts")).isGreaterThanOrEqualTo(2);
    assertThat(step.assertions()).hasSize(1);
  }

  @Test
  void an_action_that_fails_is_not_yet_for_within() {
    StepResult step = step("action: refuse, assert: [x == 1], within: 400ms, every: 10ms");

    assertThat(calls.get()).isGreaterThan(1);
    assertThat(step.failure().orElseThrow().code()).isEqualTo("connection_failed");
  }

  @Test
  void an_attempt_that_the_end_of_within_cuts_does_not_hide_what_was_seen_before() {
    kit.with(
        "then-hang",
        context -> {
          if (calls.incrementAndGet() > 1) {
            new CountDownLatch(1).await();
          }
          return ActionResult.of("state", "pending");
        });
    StepResult step =
        step("action: then-hang, assert: ['state == \"done\"'], within: 600ms, every: 5ms");

    assertThat(step.failure().orElseThrow().code()).isEqualTo("assertion_failed");
    assertThat(step.result()).containsEntry("state", "pending");
  }

  @Test
  void a_step_that_takes_longer_than_its_timeout_is_stopped_and_fails() {
    StepResult step = step("action: hang, timeout: 50ms");

    assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(step.failure().orElseThrow().message())
        .isEqualTo("not done when the step's timeout of 50ms was over");
    assertThat(step.failure().orElseThrow().span().line()).isEqualTo(4);
  }

  @Test
  void an_action_that_swallows_its_interrupt_and_returns_late_has_timed_out_all_the_same() {
    kit.with(
        "late",
        context -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            return ActionResult.of("x", 1L);
          }
          return ActionResult.EMPTY;
        });
    StepResult step = step("action: late, timeout: 50ms, assert: [x == 1]");

    assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
  }

  @Test
  void an_interrupt_of_one_attempt_never_reaches_the_next() {
    StepResult step = step("action: hang, timeout: 20ms, retry: {max_attempts: 3, delay: 1ms}");

    assertThat(step.attempts()).hasSize(3);
    assertThat(step.attempts()).allMatch(a -> a.failure().orElseThrow().code().equals("timeout"));
  }

  @Test
  void the_flows_timeout_stops_the_step_in_flight_and_teardown_runs() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              config: {timeout: 50ms}
              steps:
                - {id: s, action: hang}
                - {id: after, action: mark, config: {name: after}}
              teardown: [{action: mark, config: {name: teardown}}]
            """);

    assertThat(flow.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.failure().orElseThrow().message()).contains("the flow's timeout of 50ms");
    assertThat(flow.step("after").status()).isEqualTo(Status.SKIPPED);
    assertThat(kit.marks()).containsExactly("teardown");
  }

  @Test
  void a_flow_whose_time_is_up_between_two_steps_is_not_green() {
    kit.with(
        "slow",
        context -> {
          // Ignores its interrupt, so the time is up only after the step has passed.
          long end = System.nanoTime() + 80_000_000;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          return ActionResult.EMPTY;
        });
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              config: {timeout: 40ms}
              steps:
                - {id: s, action: slow, on_error: continue}
                - {id: after, action: mark, config: {name: after}}
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(kit.marks()).isEmpty();
  }
}

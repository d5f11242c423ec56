package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunOptions;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeverGreenByAccidentTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with("user", context -> ActionResult.of("body", Map.of("id", 7L, "name", "Ann")));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void a_tolerated_step_does_not_excuse_the_timeout_of_the_flow() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: late
              config: {timeout: 50ms}
              steps: [{id: slow, action: delay, on_error: continue, config: {duration: 30s}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().message()).contains("the flow's timeout of 50ms");
    assertThat(flow.step("slow").isTolerated()).isFalse();
  }

  @Test
  void a_tolerated_within_does_not_excuse_the_timeout_of_the_flow() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: late
              config: {timeout: 60ms}
              steps:
                - {id: poll, action: user, on_error: continue, within: 30s, every: 5ms,
                   assert: [body.id == 8]}
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_tolerated_step_does_not_excuse_the_timeout_of_the_run() {
    kit.options().timeout(Duration.ofMillis(50));

    RunResult result =
        kit.run(
            """
            flow:
              name: late
              steps: [{id: slow, action: delay, on_error: continue, config: {duration: 30s}}]
            """);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void a_tolerated_step_may_be_late_by_its_own_timeout() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: own
              steps:
                - {id: slow, action: delay, timeout: 20ms, on_error: continue,
                   config: {duration: 30s}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.counts().tolerated()).isEqualTo(1);
  }

  @Test
  void a_default_of_an_output_hides_no_typing_error_in_the_name_of_a_result_key() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: typo
                  steps:
                    - action: log
                      config: {message: hi}
                      output: {said: {path: mesage, default: none}}
                """))
        .singleElement()
        .asString()
        .startsWith("undefined_variable:")
        .contains("mesage");
  }

  @Test
  void a_default_of_an_output_hides_no_unknown_variable_at_run_time() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: typo
              steps:
                - {id: get, action: user, output: {id: {path: bdoy.id, default: 0}}}
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().message()).contains("bdoy");
  }

  @Test
  void a_whole_number_that_is_written_as_a_decimal_is_that_number() {
    kit.with("count", context -> ActionResult.of("n", context.config().integer("n")));

    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: number
              env: {N: 6.0}
              steps:
                - {id: a, action: count, config: {n: 5.0}, assert: [n == 5]}
                - {id: b, action: count, config: {n: "${N}"}, assert: [n == 6]}
            """);

    assertThat(flow.failure()).isEmpty();
  }

  @Test
  void a_number_that_is_too_large_for_an_integer_is_a_problem_and_not_a_broken_action() {
    kit.with("count", context -> ActionResult.of("n", context.config().integer("n")));

    assertThat(
            kit.problems(
                """
                flow:
                  name: number
                  steps: [{action: count, config: {n: 99999999999999999999}}]
                """))
        .singleElement()
        .asString()
        .contains("\"n\" wants a whole number")
        .contains("99999999999999999999");
  }

  @Test
  void a_condition_of_retry_is_evaluated_once_for_each_failed_attempt() {
    AtomicInteger calls = new AtomicInteger();
    kit.with(
        "flaky",
        context -> {
          throw new ActionException("action_failed", "broken " + calls.incrementAndGet());
        });

    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: retry
              steps:
                - id: s
                  action: flaky
                  retry: {max_attempts: 3, delay: 1ms, retry_on: ['error.message contains "1"']}
            """);

    assertThat(calls).hasValue(2);
    assertThat(((StepResult) flow.steps().get(0)).attempts()).hasSize(2);
  }

  @Test
  void data_of_null_is_seen_by_the_assertions_over_it() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: "null"
              steps: [{action: assert, config: {data: null, assertions: [data == null]}}]
            """);

    assertThat(flow.failure()).isEmpty();
  }

  @Test
  void an_error_step_with_the_id_of_another_step_is_a_problem() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: ids
                  steps:
                    - id: a
                      action: mark
                      config: {name: a}
                      error_steps: [{id: b, action: mark, config: {name: b}}]
                    - {id: b, action: mark, config: {name: b}}
                """))
        .singleElement()
        .asString()
        .startsWith("duplicate_id:");
  }

  @Test
  void an_output_that_only_an_error_step_gives_is_not_taken_for_known_without_a_trace() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: error steps
              steps:
                - id: a
                  action: user
                  error_steps: [{id: b, action: user, output: {seen: body.id}}]
                - {id: c, action: mark, config: {name: "${seen}"}}
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().code()).isEqualTo("undefined_variable");
  }

  @Test
  void error_is_known_in_error_steps_alone() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: error
                  steps:
                    - id: a
                      action: user
                      error_steps: [{action: mark, config: {name: "${error.message}"}}]
                    - {id: c, action: mark, config: {name: "${error.message}"}}
                """))
        .singleElement()
        .asString()
        .startsWith("undefined_variable:");
  }

  @Test
  void a_run_of_only_passed_and_never_started_flows_is_not_passed() {
    kit.options().timeout(Duration.ofSeconds(1)).parallel(1);
    kit.write("a/1.yaml", "flow: {name: one, steps: [{action: log, config: {message: a}}]}");
    kit.write("a/2.yaml", "flow: {name: two, steps: [{action: delay, config: {duration: 9s}}]}");
    kit.write("a/3.yaml", "flow: {name: three, steps: [{action: log, config: {message: a}}]}");

    RunResult result =
        kit.runner().run(kit.runner().load(folder.resolve("a")), kit.options().build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.summary().passed()).isEqualTo(1);
    assertThat(result.summary().failed()).isEqualTo(1);
    assertThat(result.summary().cancelled()).isEqualTo(1);
  }

  @Test
  void the_tally_counts_flows_that_are_not_kept() {
    kit.options().keepResults(RunOptions.KeepResults.NONE);

    RunResult result = kit.run("flow: {name: no, steps: [{action: user, assert: [body.id == 8]}]}");

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.summary().failed()).isEqualTo(1);
  }
}

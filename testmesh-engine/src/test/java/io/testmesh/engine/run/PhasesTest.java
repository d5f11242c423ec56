package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasesTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(
                "broken",
                context -> {
                  throw new ActionException("action_failed", "it is broken");
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void setup_steps_and_teardown_run_in_order() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: order
              teardown: [{action: mark, config: {name: "t ${FLOW_STATUS}"}}]
              setup: [{action: mark, config: {name: s}}]
              steps:
                - {action: mark, config: {name: one}}
                - {action: mark, config: {name: two}}
            """);

    assertThat(kit.marks()).containsExactly("s", "one", "two", "t passed");
    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.counts().ran()).isEqualTo(4);
  }

  @Test
  void the_first_failure_stops_the_steps_and_teardown_still_runs() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: stop
              steps:
                - {id: bad, action: broken}
                - {id: after, action: mark, config: {name: after}}
              teardown: [{id: last, action: mark, config: {name: "${FLOW_STATUS}"}}]
            """);

    assertThat(FlowKit.statuses(flow))
        .containsExactly(
            entry("bad", "failed"), entry("after", "skipped"), entry("last", "passed"));
    assertThat(flow.step("after").skipReason()).contains("the step \"bad\" failed");
    assertThat(kit.marks()).containsExactly("failed");
    assertThat(flow.failure().orElseThrow().message()).isEqualTo("it is broken");
    assertThat(flow.failure().orElseThrow().step()).contains("bad");
  }

  @Test
  void without_fail_fast_the_other_steps_run_and_the_first_failure_counts() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: go on
              config: {fail_fast: false}
              steps:
                - {id: one, action: broken}
                - {id: two, action: mark, config: {name: two}}
                - {id: three, action: broken}
            """);

    assertThat(FlowKit.statuses(flow).values()).containsExactly("failed", "passed", "failed");
    assertThat(flow.failure().orElseThrow().step()).contains("one");
    assertThat(flow.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_failure_in_setup_skips_the_rest_of_setup_and_the_steps() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: setup
              config: {fail_fast: false}
              setup:
                - {id: bad, action: broken}
                - {id: more, action: mark, config: {name: more}}
              steps: [{id: step, action: mark, config: {name: step}}]
              teardown: [{id: last, action: mark, config: {name: last}}]
            """);

    assertThat(FlowKit.statuses(flow).values())
        .containsExactly("failed", "skipped", "skipped", "passed");
    assertThat(flow.step("step").skipReason()).contains("setup failed in the step \"bad\"");
    assertThat(kit.marks()).containsExactly("last");
  }

  @Test
  void each_teardown_step_runs_and_a_failure_there_fails_the_flow() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: teardown
              steps: [{action: mark, config: {name: step}}]
              teardown:
                - {id: bad, action: broken}
                - {id: last, action: mark, config: {name: last}}
            """);

    assertThat(kit.marks()).containsExactly("step", "last");
    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().step()).contains("bad");
  }

  @Test
  void a_failure_in_teardown_never_hides_the_first_one() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: both
              steps: [{id: first, action: broken}]
              teardown: [{id: second, action: broken}]
            """);

    assertThat(flow.failure().orElseThrow().step()).contains("first");
  }

  @Test
  void a_flow_whose_steps_are_all_skipped_is_skipped_and_the_run_is_empty() {
    var result =
        kit.run(
            """
            flow:
              name: nothing
              steps:
                - {action: mark, disabled: true, config: {name: a}}
                - {action: mark, when: "1 > 2", config: {name: b}}
            """);

    assertThat(result.flows().get(0).status()).isEqualTo(Status.SKIPPED);
    assertThat(result.status()).isEqualTo(RunStatus.EMPTY);
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void a_condition_that_has_no_value_fails_the_step() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: when
              env: {NOTHING: null}
              steps: [{id: s, action: mark, when: NOTHING.x == 1, config: {name: a}}]
            """);

    assertThat(kit.marks()).isEmpty();
    assertThat(flow.step("s").failure().orElseThrow().code()).isEqualTo("expression_failed");
  }

  @Test
  void a_condition_that_is_no_boolean_fails_the_step() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: when
              steps: [{id: s, action: mark, when: "1 + 1", config: {name: a}}]
            """);

    assertThat(flow.step("s").failure().orElseThrow().message())
        .isEqualTo("\"when\" gives 2 (number), where true or false is wanted");
  }

  @Test
  void whatever_an_action_throws_is_the_failure_of_its_step() {
    kit.with(
        "worse",
        context -> {
          throw new StackOverflowError("deep");
        });
    FlowResult flow = kit.runOne("flow: {name: worse, steps: [{id: s, action: worse}]}");

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.step("s").failure().orElseThrow().message())
        .isEqualTo("the action worse broke: StackOverflowError: deep");
    assertThat(flow.step("s").failure().orElseThrow().stackTrace()).isPresent();
  }

  @Test
  void a_result_that_is_not_json_like_is_a_failure_that_names_its_place() {
    kit.with("odd", context -> ActionResult.of("at", java.time.Instant.EPOCH));
    FlowResult flow = kit.runOne("flow: {name: odd, steps: [{id: s, action: odd}]}");

    assertThat(flow.step("s").failure().orElseThrow().message())
        .contains("at is not JSON-like but a java.time.Instant");
  }

  @Test
  void events_tell_of_a_flow_in_order() {
    kit.runOne(
        """
        flow:
          name: events
          steps:
            - {id: a, action: mark, config: {name: a}}
            - {id: b, action: mark, disabled: true, config: {name: b}}
        """);

    assertThat(kit.events())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "RunStarted",
            "FlowStarted",
            "StepStarted",
            "StepFinished",
            "StepFinished",
            "FlowFinished",
            "RunFinished");
    RunEvent.FlowFinished finished = (RunEvent.FlowFinished) kit.events().get(5);
    assertThat(((RunEvent.StepFinished) kit.events().get(3)).step())
        .isSameAs(finished.flow().step("a"));
  }

  @Test
  void a_listener_that_throws_changes_nothing_and_is_reported() {
    kit.options()
        .listener(
            event -> {
              throw new IllegalStateException("listener");
            });
    var result = kit.run("flow: {name: n, steps: [{action: mark, config: {name: a}}]}");

    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    assertThat(result.notes()).anyMatch(note -> note.contains("a listener failed"));
  }

  @Test
  void error_steps_see_what_the_failed_step_gave_and_their_outputs_stay() {
    kit.runOne(
        """
        flow:
          name: error steps
          steps:
            - id: bad
              action: mark
              config: {name: made}
              output: {made: name}
              assert: [name == "other"]
              on_error: continue
              error_steps:
                - {id: kept, action: mark, config: {name: "${made} ${bad.name} ${error.step}"}, output: {note: name}}
            - {action: mark, config: {name: "${note}, ${kept.name}"}}
        """);

    assertThat(kit.marks())
        .containsExactly("made", "made made bad", "made made bad, made made bad");
  }
}

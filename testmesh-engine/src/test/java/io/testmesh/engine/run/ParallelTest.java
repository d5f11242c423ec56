package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Branches side by side. */
@Timeout(60)
class ParallelTest {
  @TempDir Path folder;
  private final Actors actors = new Actors(2);
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = actors.kit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static RunResult result(RunHandle handle) throws Exception {
    return handle.result().get(20, TimeUnit.SECONDS);
  }

  @Test
  void steps_run_side_by_side_and_their_results_come_by_id() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: parallel
              steps:
                - id: both
                  action: parallel
                  config:
                    steps:
                      - {id: one, action: meet, config: {value: 1}, output: {a: value}}
                      - {id: two, action: meet, config: {value: 2}}
                  assert: [one.a == 1, two.value == 2]
                - {action: mark, config: {name: "${a} ${two.value} ${both.one.value}"}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(kit.marks()).containsExactly("1 2 1");
    assertThat(flow.step("both").children())
        .extracting(node -> ((StepResult) node).id())
        .containsExactly("one", "two");
  }

  @Test
  void branches_have_ids_and_run_their_steps_in_order() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: branches
              steps:
                - id: both
                  action: parallel
                  config:
                    branches:
                      - {id: left, steps: [{id: l1, action: meet, config: {value: 1}, output: {x: value}}, {id: l2, action: give, config: {value: "${x}"}}]}
                      - {steps: [{id: r1, action: meet, config: {value: 2}}]}
                  output: {l: left.x, r: branch_1.r1.value}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("both").outputs()).isEqualTo(Map.of("l", 1L, "r", 2L));
    assertThat(flow.step("both").children())
        .extracting(node -> ((GroupResult) node).id())
        .containsExactly("left", "branch_1");
    assertThat(flow.counts().ran()).isEqualTo(4);
  }

  @Test
  void the_first_failure_cancels_the_siblings_and_not_the_flow() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: fail fast
              steps:
                - id: both
                  action: parallel
                  config:
                    fail_fast: true
                    branches:
                      - {id: slow, steps: [{id: loop, action: for_each, config: {items: [1], steps: [{id: hangs, action: hang}]}}, {id: next, action: count}]}
                      - {id: bad, steps: [{id: breaks, action: broken}]}
              teardown: [{action: mark, config: {name: "${FLOW_STATUS}"}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().step()).contains("breaks");
    assertThat(kit.marks()).containsExactly("failed");
    assertThat(flow.step("both").children().get(0).status()).isIn(Status.CANCELLED, Status.SKIPPED);
    assertThat(flow.step("loop").status()).isIn(Status.CANCELLED, Status.SKIPPED);
    assertThat(flow.step("next").status()).isEqualTo(Status.SKIPPED);
    assertThat(actors.calls()).hasValue(0);
  }

  @Test
  void a_sibling_in_the_middle_of_an_action_is_cancelled_with_the_reason() {
    CountDownLatch begun = new CountDownLatch(1);
    kit.with(
            "wait",
            context -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return ActionResult.EMPTY;
            })
        .with(
            "late",
            context -> {
              begun.await();
              throw new ActionException("action_failed", "late");
            });
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: cancelled
              steps:
                - id: both
                  action: parallel
                  config: {steps: [{id: w, action: wait}, {id: l, action: late}]}
            """);

    assertThat(flow.step("w").status()).isEqualTo(Status.CANCELLED);
    assertThat(flow.step("w").failure().orElseThrow().message())
        .isEqualTo("the step \"l\" failed, and \"fail_fast\" stops the others");
    assertThat(flow.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void without_fail_fast_all_run_and_the_first_failure_in_the_text_counts() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: all
              steps:
                - id: all
                  action: parallel
                  config:
                    fail_fast: false
                    max_concurrent: 1
                    steps:
                      - {id: one, action: broken}
                      - {id: two, action: mark, config: {name: two}}
                      - {id: three, action: broken}
            """);

    assertThat(kit.marks()).containsExactly("two");
    assertThat(flow.failure().orElseThrow().step()).contains("one");
    assertThat(Diagnosis.of(flow)).contains("step one").contains("step three");
  }

  @Test
  void branches_that_did_not_begin_are_skipped_with_the_reason() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: skipped
              steps:
                - id: all
                  action: parallel
                  config:
                    max_concurrent: 1
                    steps: [{id: one, action: broken}, {id: two, action: count}]
            """);

    assertThat(flow.step("two").skipReason())
        .contains("the step \"one\" failed, and \"fail_fast\" stops the others");
  }

  @Test
  void without_waiting_for_all_the_first_that_passes_ends_the_block() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: race
              steps:
                - id: race
                  action: parallel
                  config:
                    wait_for_all: false
                    steps: [{id: slow, action: hang}, {id: quick, action: count}]
                - {action: mark, config: {name: after}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("slow").status()).isIn(Status.CANCELLED, Status.SKIPPED);
    assertThat(kit.marks()).containsExactly("after");
  }

  @Test
  void parallel_steps_do_not_see_each_other() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: blind
                  steps:
                    - action: parallel
                      config:
                        steps:
                          - {id: one, action: give, output: {x: value}}
                          - {action: mark, config: {name: "${x}"}}
                """))
        .singleElement()
        .asString()
        .contains("undefined_variable");
  }

  @Test
  void cancelling_the_run_in_the_middle_of_a_parallel_block_stops_all_branches() throws Exception {
    RunHandle handle =
        kit.runner()
            .start(
                kit.load(
                    """
                    flow:
                      name: cancel
                      steps:
                        - id: both
                          action: parallel
                          config:
                            steps:
                              - {id: one, action: hang}
                              - {action: for_each, config: {items: [1], parallel: true, steps: [{id: two, action: hang}]}}
                        - {id: after, action: count}
                      teardown: [{action: mark, config: {name: "${FLOW_STATUS}"}}]
                    """));
    actors.awaitHanging();
    handle.cancel();
    RunResult result = result(handle);

    FlowResult flow = result.flows().get(0);
    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(flow.step("one").status()).isEqualTo(Status.CANCELLED);
    assertThat(flow.step("two").status()).isEqualTo(Status.CANCELLED);
    assertThat(flow.step("after").status()).isEqualTo(Status.SKIPPED);
    assertThat(kit.marks()).containsExactly("cancelled");
  }

  @Test
  void teardown_runs_blocks_too_when_the_run_is_cancelled() throws Exception {
    RunHandle handle =
        kit.runner()
            .start(
                kit.load(
                    """
                    flow:
                      name: cancel
                      steps: [{action: parallel, config: {steps: [{action: hang}, {action: hang}]}}]
                      teardown:
                        - action: parallel
                          config:
                            branches:
                              - {steps: [{action: meet}, {action: mark, config: {name: t}}]}
                              - {steps: [{action: meet}, {action: mark, config: {name: t}}]}
                    """));
    actors.awaitHanging();
    handle.cancel();
    result(handle);

    assertThat(kit.marks()).containsExactly("t", "t");
  }

  @Test
  void the_outer_timeout_bounds_every_branch() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: bound
              steps:
                - id: both
                  action: parallel
                  timeout: 60ms
                  on_error: continue
                  config: {fail_fast: false, steps: [{id: one, action: hang}, {id: two, action: hang}]}
                - {action: mark, config: {name: after}}
            """);

    assertThat(flow.step("one").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.step("two").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.step("both").isTolerated()).isTrue();
    assertThat(kit.marks()).containsExactly("after");
  }

  @Test
  void events_of_one_flow_never_come_two_at_a_time() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    kit.options()
        .listener(
            event -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              inside.decrementAndGet();
            });
    kit.runOne(
        """
        flow:
          name: events
          steps:
            - action: for_each
              config: {range: {start: 1, end: 200}, parallel: true, max_concurrent: 8, steps: [{action: count}]}
        """);

    assertThat(most).hasValue(1);
  }
}

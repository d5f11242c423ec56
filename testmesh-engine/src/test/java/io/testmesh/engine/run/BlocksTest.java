package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BlocksTest {
  @TempDir Path folder;
  private final CountDownLatch hanging = new CountDownLatch(2);
  private final AtomicInteger calls = new AtomicInteger();
  private final CyclicBarrier together = new CyclicBarrier(2);
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with("give", context -> ActionResult.of("value", context.config().value("value")))
            .with("count", context -> ActionResult.of("n", (long) calls.incrementAndGet()))
            .with(
                "meet",
                context -> {
                  try {
                    together.await(20, TimeUnit.SECONDS);
                  } catch (java.util.concurrent.BrokenBarrierException
                      | java.util.concurrent.TimeoutException e) {
                    throw new ActionException("action_failed", "alone", e);
                  }
                  return ActionResult.of("value", context.config().value("value"));
                })
            .with(
                "broken",
                context -> {
                  throw new ActionException("action_failed", "it is broken");
                })
            .with(
                "unrunnable",
                context -> {
                  throw new ActionException("plugin_failed", "it is gone").unrunnable();
                })
            .with(
                "hang",
                context -> {
                  hanging.countDown();
                  new CountDownLatch(1).await();
                  return ActionResult.EMPTY;
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static RunResult result(RunHandle handle) throws Exception {
    return handle.result().get(20, TimeUnit.SECONDS);
  }

  // condition

  @Test
  void a_condition_runs_one_side_and_records_it() {
    String yaml =
        """
        flow:
          name: sides
          env: {n: 5}
          steps:
            - id: choose
              action: condition
              config:
                condition: n > 3
                then: [{id: big, action: mark, config: {name: big}}]
                else: [{action: mark, config: {name: small}}]
        """;
    FlowResult big = kit.runOne(yaml);
    FlowResult small = kit.runOne(yaml.replace("n: 5", "n: 1"));
    FlowResult none = kit.runOne(yaml.replace("n: 5", "n: 1").replaceAll("(?m)^ *else:.*\\n", ""));

    assertThat(kit.marks()).containsExactly("big", "small");
    assertThat(big.step("choose").result())
        .isEqualTo(Map.of("condition", "n > 3", "result", true, "branch", "then"));
    assertThat(big.step("choose").children()).hasSize(1);
    assertThat(small.step("choose").result()).containsEntry("branch", "else");
    assertThat(small.step("choose_else_1").status()).isEqualTo(Status.PASSED);
    assertThat(none.step("choose").result()).containsEntry("branch", "none");
  }

  @Test
  void the_older_spellings_of_a_condition_mean_the_same() {
    kit.runOne(
        """
        flow:
          name: spellings
          steps:
            - action: condition
              config: {when: 1 == 1, steps: [{action: mark, config: {name: a}}]}
            - action: condition
              config:
                condition: 1 == 2
                then_steps: [{action: mark, config: {name: never}}]
                else_steps: [{action: mark, config: {name: b}}]
        """);

    assertThat(kit.marks()).containsExactly("a", "b");
  }

  @Test
  void a_condition_that_gives_no_boolean_or_has_no_value_fails_the_step() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: broken
              env: {m: {a: 1}}
              config: {fail_fast: false}
              steps:
                - {id: number, action: condition, config: {condition: 1 + 1, then: [{action: count}]}}
                - {id: absent, action: condition, config: {condition: m.b == 1, then: [{action: count}]}}
            """);

    assertThat(flow.step("number").failure().orElseThrow().message())
        .isEqualTo("\"condition\" gives 2 (number), where true or false is wanted");
    assertThat(flow.step("absent").failure().orElseThrow().code()).isEqualTo("expression_failed");
    assertThat(calls).hasValue(0);
  }

  @Test
  void what_the_sides_give_is_known_afterwards_and_not_on_the_other_side() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: sides
                  steps:
                    - action: condition
                      config:
                        condition: true
                        then: [{id: one, action: give, output: {x: value}}]
                        else: [{action: mark, config: {name: "${x} ${one.value}"}}]
                    - {action: mark, config: {name: "${x} ${one.value}"}}
                """))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains(":8:"));
  }

  @Test
  void a_failure_inside_fails_the_step_around_it_and_keeps_the_outputs() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: inside
              steps:
                - id: outer
                  action: condition
                  config:
                    condition: true
                    then:
                      - {id: made, action: give, config: {value: 17}, output: {id: value}}
                      - {id: inner, action: give, config: {value: 1}, assert: [value == 2]}
              teardown: [{action: mark, config: {name: "delete ${id}"}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().step()).contains("inner");
    assertThat(flow.step("outer").failure().orElseThrow())
        .hasToString(flow.step("inner").failure().orElseThrow().toString());
    assertThat(kit.marks()).containsExactly("delete 17");
    assertThat(Diagnosis.of(flow)).contains("step inner").doesNotContain("step outer");
  }

  @Test
  void a_tolerated_block_lets_the_flow_pass() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: tolerated
              steps:
                - id: outer
                  action: condition
                  on_error: continue
                  config: {condition: true, then: [{action: broken}]}
                - {action: mark, config: {name: after}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("outer").isTolerated()).isTrue();
    assertThat(flow.counts().tolerated()).isEqualTo(1);
    assertThat(kit.marks()).containsExactly("after");
  }

  @Test
  void an_action_that_cannot_run_at_all_makes_the_flow_an_error_however_deep() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: error
              steps:
                - action: parallel
                  config:
                    steps:
                      - {action: for_each, config: {items: [1], steps: [{action: unrunnable}]}}
            """);

    assertThat(flow.status()).isEqualTo(Status.ERROR);
  }

  @Test
  void events_of_nested_steps_name_parent_and_depth() {
    kit.runOne(
        """
        flow:
          name: events
          steps:
            - id: a
              action: condition
              config:
                condition: true
                then:
                  - {id: b, action: for_each, config: {items: [1], steps: [{id: c, action: count}]}}
        """);

    List<String> seen = new ArrayList<>();
    for (RunEvent event : kit.events()) {
      if (event instanceof RunEvent.StepStarted step) {
        seen.add("start " + step.step() + " " + step.depth());
      } else if (event instanceof RunEvent.StepFinished step) {
        seen.add("end " + step.step().id() + " " + step.parent() + " " + step.depth());
      }
    }
    assertThat(seen)
        .containsExactly(
            "start a 0", "start b 1", "start c 2", "end c b 2", "end b a 1", "end a null 0");
  }

  @Test
  void a_timeout_of_the_outer_step_ends_what_runs_inside() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: bound
              steps:
                - id: outer
                  action: for_each
                  timeout: 60ms
                  config:
                    items: [1, 2]
                    steps: [{id: inner, action: hang}, {action: mark, config: {name: never}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.step("outer").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.step("inner").failure().orElseThrow().message())
        .isEqualTo("not done when the limit of the step around it of 60ms was over");
    assertThat(flow.step("outer").children()).hasSize(1);
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void a_block_outlasts_the_timeout_of_its_single_steps() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: long
              config: {step_timeout: 400ms}
              steps:
                - action: for_each
                  config: {range: {start: 1, end: 3}, steps: [{action: delay, config: {duration: 200ms}}]}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void the_flows_retry_is_for_the_single_steps_and_not_for_the_block_too() {
    kit.with(
        "fails",
        context -> {
          calls.incrementAndGet();
          throw new ActionException("action_failed", "always");
        });
    kit.runOne(
        """
        flow:
          name: retry
          config: {retry: {max_attempts: 3, delay: 1ms}}
          steps: [{action: condition, config: {condition: true, then: [{action: fails}]}}]
        """);

    assertThat(calls).hasValue(3);
  }

  @Test
  void within_repeats_the_steps_of_a_block() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: within
              steps:
                - id: outer
                  action: condition
                  within: 20s
                  every: 1ms
                  config: {condition: true, then: [{id: c, action: count, output: {seen: n}}]}
                  assert: [seen == 3]
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("outer").attempts()).hasSize(3);
  }

  // parallel

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
    assertThat(calls).hasValue(0);
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
    assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
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
    assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
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

  // wait_until

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
    kit.with(
        "third",
        context -> {
          if (calls.incrementAndGet() < 3) {
            throw new ActionException("action_failed", "not yet");
          }
          return ActionResult.EMPTY;
        });
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config: {condition: true, interval: 1ms, steps: [{action: third}]}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("wait").result()).containsEntry("attempts", 3L);
    assertThat(flow.counts().tolerated()).isZero();
  }

  @Test
  void too_late_is_a_timeout_that_names_the_condition() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config:
                    condition: c.n < 0
                    interval: 1ms
                    max_duration: 40ms
                    steps: [{id: c, action: count}]
            """);

    assertThat(flow.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.failure().orElseThrow().message())
        .startsWith("the condition did not hold within 40ms: c.n < 0");
    assertThat(flow.step("wait").result()).containsEntry("met", false);
  }

  @Test
  void too_late_can_be_fine() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config:
                    condition: true
                    interval: 1ms
                    max_duration: 30ms
                    on_timeout: continue
                    steps: [{action: broken}]
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(flow.step("wait").result()).containsEntry("met", false);
  }

  @Test
  void a_hanging_step_does_not_keep_wait_until_from_ending() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: wait
              steps:
                - id: wait
                  action: wait_until
                  config: {condition: true, max_duration: 40ms, steps: [{action: hang}]}
            """);

    assertThat(flow.failure().orElseThrow().message())
        .contains("the condition did not hold within 40ms");
  }

  // shapes

  @Test
  void a_block_needs_steps_and_the_right_keys() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: shapes
                  steps:
                    - {id: a, action: condition, config: {condition: true}}
                    - {id: b, action: for_each, config: {steps: [{action: count}]}}
                    - {id: c, action: for_each, config: {items: [1], range: {end: 1}, steps: [{action: count}]}}
                    - {id: d, action: parallel, config: {fail_fast: true}}
                    - {id: e, action: wait_until, config: {condition: true, steps: []}}
                    - {id: f, action: for_each, config: {items: [1], item_name: 1x, steps: [{action: count}]}}
                    - {id: g, action: for_each, config: {items: [1], stpes: [{action: count}]}}
                """))
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "missing_key",
            "missing_key",
            "invalid_value",
            "missing_key",
            "invalid_value",
            "invalid_value",
            "unknown_key");
  }

  @Test
  void ids_are_unique_in_the_flow_nested_ones_included() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: ids
                  steps:
                    - {id: a, action: count}
                    - {action: for_each, config: {items: [1], steps: [{id: a, action: count}]}}
                """))
        .singleElement()
        .asString()
        .contains("duplicate_id");
  }

  @Test
  void an_empty_list_in_the_file_is_found_before_the_run() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: empty
                  steps:
                    - action: for_each
                      config: {items: [], steps: [{action: give, assert: [value == 1]}]}
                """))
        .singleElement()
        .asString()
        .contains("nothing_asserted");
  }

  @Test
  void steps_in_steps_go_only_so_deep() {
    StringBuilder yaml = new StringBuilder("flow: {name: deep, steps: [");
    int depth = 45;
    for (int i = 0; i < depth; i++) {
      yaml.append("{action: condition, config: {condition: true, then: [");
    }
    yaml.append("{action: count}");
    for (int i = 0; i < depth; i++) {
      yaml.append("]}}");
    }
    assertThat(kit.runOne(yaml.append("]}").toString()).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_flow_made_in_java_has_blocks_too() {
    Flow flow =
        Flow.builder("java")
            .step(
                Step.of("for_each")
                    .id("loop")
                    .config("items", List.of("a", "b"))
                    .block("steps", List.of(Step.of("mark").config("name", "${item}").build())))
            .build();
    RunResult result = kit.runner().run(FlowSet.of(flow), RunOptions.builder().build());

    assertThat(result.problems()).isEmpty();
    assertThat(kit.marks()).containsExactly("a", "b");
    assertThat(result.flows().get(0).step("loop_step_1").status()).isEqualTo(Status.PASSED);
  }
}

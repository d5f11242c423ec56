package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that run steps, and the condition. */
@Timeout(60)
class BlocksTest {
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
    assertThat(actors.calls()).hasValue(0);
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
                  timeout: 400ms
                  config:
                    items: [1, 2]
                    steps: [{id: inner, action: hang}, {action: mark, config: {name: never}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.step("outer").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.step("inner").failure().orElseThrow().message())
        .isEqualTo("not done when the limit of the step around it of 400ms was over");
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
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: retry
              config: {retry: {max_attempts: 3, delay: 1ms}}
              steps:
                - {id: a, action: condition, config: {condition: true, then: [{id: b, action: broken}]}}
            """);

    assertThat(flow.step("a").attempts()).hasSize(1);
    assertThat(flow.step("b").attempts()).hasSize(3);
  }

  @Test
  void a_block_that_asks_for_it_is_repeated_by_the_flows_retry() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: retry
              config: {retry: {max_attempts: 2, delay: 1ms}}
              steps:
                - id: a
                  action: condition
                  on_error: retry
                  config: {condition: true, then: [{id: b, action: broken}]}
            """);

    assertThat(flow.step("a").attempts()).hasSize(2);
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
  void bounds_are_no_negative_numbers_and_belong_to_rounds_side_by_side() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: bounds
                  steps:
                    - {action: for_each, config: {items: [1], max_iterations: -1, steps: [{action: count}]}}
                    - {action: parallel, config: {max_concurrent: -2, steps: [{action: count}]}}
                    - {action: for_each, config: {items: [1], maxConcurrent: 2, steps: [{action: count}]}}
                """))
        .containsExactly(
            "invalid_value: flow-1.yaml:4:63 \"max_iterations\" wants a number from 0 on, got -1",
            "invalid_value: flow-1.yaml:5:51 \"max_concurrent\" wants a number from 0 on, got -2",
            "invalid_value: flow-1.yaml:6:47 \"maxConcurrent\" has no meaning for rounds that run"
                + " one after the other; add \"parallel: true\", or leave it out");
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: bounds
              env: {n: -1}
              config: {fail_fast: false}
              steps:
                - {id: a, action: for_each, config: {items: [1], parallel: true, max_concurrent: "${n}", steps: [{action: count}]}}
                - {id: b, action: parallel, config: {max_concurrent: "${n}", steps: [{action: count}]}}
            """);
    assertThat(flow.step("a").failure().orElseThrow().code()).isEqualTo("invalid_value");
    assertThat(flow.step("b").failure().orElseThrow().code()).isEqualTo("invalid_value");
    assertThat(actors.calls()).hasValue(0);
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

  /** Steps in each other, as many levels deep as wanted. */
  private static String nested(int levels, String innermost) {
    return "{action: condition, config: {condition: true, then: [".repeat(levels)
        + innermost
        + "]}}".repeat(levels);
  }

  @Test
  void steps_run_in_each_other_as_deep_as_files_and_calls_allow() {
    kit.write("below.yaml", "flow: {name: below, steps: [" + nested(50, "{action: count}") + "]}");
    String call = "{action: run_flow, config: {flow: below.yaml}}";
    FlowResult flow = kit.runOne("flow: {name: deep, steps: [" + nested(49, call) + "]}");

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(actors.calls()).hasValue(1);
    assertThat(flow.counts().ran()).isEqualTo(101);
  }

  @Test
  void flows_call_each_other_as_deep_as_steps_stand_in_each_other() {
    for (int i = 0; i < 100; i++) {
      String step =
          i == 0 ? "{action: count}" : "{action: run_flow, config: {flow: f" + (i - 1) + ".yaml}}";
      kit.write("f" + i + ".yaml", "flow: {name: f" + i + ", steps: [" + step + "]}");
    }
    FlowResult flow =
        kit.runOne("flow: {name: f, steps: [{action: run_flow, config: {flow: f99.yaml}}]}");

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(actors.calls()).hasValue(1);
  }

  @Test
  void steps_in_each_other_beyond_the_bound_are_found_before_the_run() {
    kit.write("below.yaml", "flow: {name: below, steps: [" + nested(51, "{action: count}") + "]}");
    String call = "{action: run_flow, config: {flow: below.yaml}}";

    assertThat(kit.problems("flow: {name: deep, steps: [" + nested(49, call) + "]}"))
        .singleElement()
        .asString()
        .startsWith("yaml_limit: below.yaml:1:")
        .contains("steps stand in each other more than 100 levels deep, called flows included");
    assertThat(actors.calls()).hasValue(0);
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

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoopsTest {
  @TempDir Path folder;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  /** Never opened: gives others the time to begin. */
  private final CountDownLatch beside = new CountDownLatch(1);

  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new Actors(1)
            .kit(folder)
            .with(
                "odd",
                context -> {
                  if (context.config().integer("n") % 2 == 0) {
                    throw new ActionException("action_failed", "it is even");
                  }
                  return ActionResult.EMPTY;
                })
            .with(
                "busy",
                context -> {
                  int now = running.incrementAndGet();
                  peak.accumulateAndGet(now, Math::max);
                  beside.await(5, TimeUnit.MILLISECONDS);
                  running.decrementAndGet();
                  return ActionResult.of("value", context.config().value("value"));
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static List<ResultNode> children(FlowResult flow, String step) {
    return flow.step(step).children();
  }

  private static List<Status> statuses(List<ResultNode> nodes) {
    List<Status> statuses = new ArrayList<>();
    nodes.forEach(node -> statuses.add(node.status()));
    return statuses;
  }

  @Test
  void rounds_run_in_order_with_item_index_and_the_outer_scope() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: order
              env: {end: z}
              steps:
                - id: loop
                  action: for_each
                  config:
                    items: [{name: a}, {name: b}]
                    steps: [{action: mark, config: {name: "${item.name}${index}${end}"}}]
            """);

    assertThat(kit.marks()).containsExactly("a0z", "b1z");
    StepResult loop = flow.step("loop");
    assertThat(loop.result()).containsEntry("items_processed", 2L);
    assertThat(loop.children())
        .allSatisfy(
            node -> {
              assertThat(node).isInstanceOf(GroupResult.class);
              assertThat(node.children()).hasSize(1);
            });
    assertThat(((GroupResult) loop.children().get(1)).index()).isEqualTo(1);
    assertThat(flow.counts().ran()).isEqualTo(3);
  }

  @Test
  void item_and_index_have_the_names_that_are_given_and_hide_all_others() {
    kit.runOne(
        """
        flow:
          name: names
          env: {user: outer}
          steps:
            - action: for_each
              config:
                items: [a]
                item_name: user
                index_name: i
                steps:
                  - {action: mark, config: {name: "${user}${i}"}}
            - {action: mark, config: {name: "${user}"}}
        """);

    assertThat(kit.marks()).containsExactly("a0", "outer");
  }

  @Test
  void a_range_includes_its_end_and_can_go_down() {
    kit.runOne(
        """
        flow:
          name: range
          steps:
            - action: for_each
              config:
                range: {start: 1, end: 7, step: 3}
                steps: [{action: mark, config: {name: "${item}"}}]
            - action: for_each
              config:
                range: {start: 2, end: 1, step: -1}
                steps: [{action: mark, config: {name: "${item}"}}]
            - action: for_each
              config:
                range: {start: 2, end: 1}
                steps: [{action: mark, config: {name: never}}]
        """);

    assertThat(kit.marks()).containsExactly("1", "4", "7", "2", "1");
  }

  @Test
  void a_step_of_nothing_in_a_range_fails() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: range
              env: {zero: 0}
              steps:
                - action: for_each
                  config:
                    range: {start: 1, end: 2, step: "${zero}"}
                    steps: [{action: mark, config: {name: never}}]
            """);

    assertThat(flow.failure().orElseThrow().code()).isEqualTo("invalid_value");
  }

  @Test
  void a_step_of_nothing_that_is_written_down_is_found_before_the_run() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: range
                  steps:
                    - action: for_each
                      config: {range: {start: 1, end: 2, step: 0}, steps: [{action: mark}]}
                """))
        .singleElement()
        .asString()
        .startsWith("invalid_value: flow-1.yaml:5:48 \"step\" of \"range\" is 0");
  }

  @Test
  void files_come_sorted_and_seen_from_the_flow() {
    kit.write("data/b.json", "{}");
    kit.write("data/a.json", "{}");
    kit.write("data/deep/c.json", "{}");
    kit.write("data/.hidden.json", "{}");
    kit.runOne(
        """
        flow:
          name: files
          steps:
            - action: for_each
              config:
                items_from_glob: data/*.json
                steps: [{action: mark, config: {name: "${item}"}}]
            - action: for_each
              config:
                items_from_glob: "**/[bc].json"
                steps: [{action: mark, config: {name: "${item}"}}]
        """);

    assertThat(kit.marks())
        .containsExactly("data/a.json", "data/b.json", "data/b.json", "data/deep/c.json");
  }

  @Test
  void a_failed_round_ends_the_loop_and_is_named_with_its_place() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: fails
              steps:
                - id: loop
                  action: for_each
                  config:
                    items: [1, 2, 3]
                    steps:
                      - {id: number, action: odd, config: {n: "${item}"}}
                      - {id: then, action: mark, config: {name: "${item}"}}
                - {id: after, action: mark, config: {name: after}}
            """);

    assertThat(kit.marks()).containsExactly("1");
    assertThat(statuses(children(flow, "loop"))).containsExactly(Status.PASSED, Status.FAILED);
    assertThat(statuses(children(flow, "loop").get(1).children()))
        .containsExactly(Status.FAILED, Status.SKIPPED);
    assertThat(flow.failure().orElseThrow().step()).contains("number");
    assertThat(flow.failure().orElseThrow().span().line()).isEqualTo(9);
    assertThat(flow.step("after").skipReason()).contains("the step \"loop\" failed");
    assertThat(Diagnosis.of(flow))
        .contains("step number  odd\n  in loop, index 1, item 2\n")
        .contains("it is even");
    assertThat(flow.failure().orElseThrow().details())
        .containsEntry("round", 1L)
        .containsEntry("item", 2L);
    assertThat(flow.step("loop").result()).containsEntry("items_processed", 2L);
  }

  @Test
  void a_failure_in_loops_in_loops_names_every_round_without_its_secrets() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: nested
              env: {token: s3cret-token}
              config: {secrets: [token]}
              steps:
                - id: outer
                  action: for_each
                  config:
                    items: [{user: ann, token: "${token}"}]
                    steps:
                      - id: inner
                        action: for_each
                        config: {range: {start: 3, end: 4}, steps: [{id: number, action: odd, config: {n: "${item}"}}]}
            """);

    assertThat(Diagnosis.of(flow))
        .contains(
            """
              step number  odd
              in outer, index 0, item {"user":"ann","token":"***"}
              in inner, index 1, item 4
            """);
    assertThat(flow.failure().orElseThrow().details()).containsEntry("item", 4L);
  }

  @Test
  void continue_on_error_marks_the_failed_step_and_its_round_and_goes_on() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: continues
              steps:
                - id: loop
                  action: for_each
                  config:
                    items: [1, 2, 3]
                    continue_on_error: true
                    steps:
                      - {action: odd, config: {n: "${item}"}}
                      - {action: mark, config: {name: "${item}"}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(kit.marks()).containsExactly("1", "3");
    GroupResult second = (GroupResult) children(flow, "loop").get(1);
    assertThat(second.status()).isEqualTo(Status.FAILED);
    assertThat(second.tolerated()).isTrue();
    assertThat(((StepResult) second.children().get(0)).isTolerated()).isTrue();
    assertThat(second.children().get(1).status()).isEqualTo(Status.SKIPPED);
    assertThat(flow.counts().tolerated()).isEqualTo(1);
  }

  @Test
  void a_step_that_tolerates_its_own_failure_does_not_end_the_round() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: own
              steps:
                - action: for_each
                  config:
                    items: [2]
                    continue_on_error: true
                    steps:
                      - {action: odd, config: {n: 2}, on_error: continue}
                      - {action: mark, config: {name: on}}
            """);

    assertThat(kit.marks()).containsExactly("on");
    assertThat(flow.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void outputs_that_are_visible_afterwards_are_those_of_the_last_item() {
    for (String parallel : List.of("false", "true")) {
      FlowResult flow =
          kit.runOne(
              """
              flow:
                name: outputs
                steps:
                  - action: for_each
                    config:
                      items: [1, 2, 3]
                      parallel: PARALLEL
                      steps:
                        - {id: one, action: busy, config: {value: "${item}"}, output: {last: value}}
                  - {id: after, action: give, config: {value: ["${last}", "${one.value}"]}}
              """
                  .replace("PARALLEL", parallel));

      assertThat(flow.step("after").result()).containsEntry("value", List.of(3L, 3L));
    }
  }

  @Test
  void a_round_does_not_see_what_an_earlier_one_gave() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: stale
                  steps:
                    - action: for_each
                      config:
                        items: [1, 2]
                        steps:
                          - {action: mark, config: {name: "${later}"}}
                          - {action: give, output: {later: value}}
                """))
        .singleElement()
        .asString()
        .contains("undefined_variable");
  }

  @Test
  void more_items_than_allowed_fail_before_the_first_round() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: many
              steps:
                - action: for_each
                  config:
                    items: [1, 2, 3]
                    max_iterations: 2
                    steps: [{action: mark, config: {name: never}}]
            """);

    assertThat(kit.marks()).isEmpty();
    assertThat(flow.failure().orElseThrow())
        .hasToString("action_failed: there are 3 items, and \"max_iterations\" allows 2");
  }

  @Test
  void nothing_to_go_over_is_no_success_when_something_is_asserted() {
    String yaml =
        """
        flow:
          name: nothing
          env: {none: []}
          steps:
            - id: loop
              action: for_each
              config:
                items: ${none}
                steps:
                  - action: condition
                    config:
                      condition: true
                      then: [{action: give, assert: [value == 1]}]
        """;
    assertThat(kit.runOne(yaml).failure().orElseThrow().code()).isEqualTo("nothing_asserted");
    assertThat(
            kit.runOne(
                    yaml.replace(
                        "steps:\n          -", "allow_empty: true\n        steps:\n          -"))
                .status())
        .isEqualTo(Status.PASSED);
    assertThat(kit.runOne(yaml.replace(", assert: [value == 1]", "")).status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void an_action_that_verifies_and_an_expected_status_assert_something_too() {
    kit.with("mock_verify", context -> ActionResult.EMPTY)
        .with(
            FlowKit.action(
                ActionDescriptor.of("call")
                    .optional("expect_status", ConfigType.INTEGER, "the status"),
                context -> ActionResult.EMPTY));
    for (String step :
        List.of(
            "{action: mock_verify}",
            "{action: call, config: {expect_status: 200}}",
            "{action: condition, config: {condition: true, then: [{action: mock_verify}]}}")) {
      FlowResult flow =
          kit.runOne(
              """
              flow:
                name: nothing
                env: {none: []}
                steps: [{action: for_each, config: {items: "${none}", steps: [STEP]}}]
              """
                  .replace("STEP", step));

      assertThat(flow.failure().orElseThrow().code()).as(step).isEqualTo("nothing_asserted");
    }
    assertThat(
            kit.runOne(
                    """
                    flow:
                      name: no
                      env: {none: []}
                      steps: [{action: for_each, config: {items: "${none}", steps: [{action: call}]}}]
                    """)
                .status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void a_glob_that_matches_nothing_is_no_success_either() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: nothing
              steps:
                - action: for_each
                  config:
                    items_from_glob: nowhere/*.json
                    steps: [{action: give, assert: [value == 1]}]
            """);

    assertThat(flow.failure().orElseThrow().message())
        .isEqualTo(
            "no file matches \"nowhere/*.json\": the assertions of the steps were never looked at");
  }

  @Test
  void items_that_are_no_list_fail() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: no list
              env: {text: abc}
              steps:
                - action: for_each
                  config: {items: "${text}", steps: [{action: mark, config: {name: x}}]}
            """);

    assertThat(flow.failure().orElseThrow().code()).isEqualTo("wrong_type");
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void rounds_side_by_side_are_as_many_as_allowed_and_recorded_by_index() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: side by side
              steps:
                - id: loop
                  action: for_each
                  config:
                    range: {start: 0, end: 19}
                    parallel: true
                    max_concurrent: 3
                    steps: [{action: busy, config: {value: "${item}"}, output: {n: value}}]
            """);

    assertThat(peak.get()).isBetween(2, 3);
    List<Integer> indexes = new ArrayList<>();
    children(flow, "loop").forEach(node -> indexes.add(((GroupResult) node).index()));
    assertThat(indexes).isSorted().hasSize(20);
    List<?> results = (List<?>) flow.step("loop").result().get("results");
    assertThat(results.get(7))
        .isEqualTo(Map.of("index", 7L, "item", 7L, "status", "passed", "outputs", Map.of("n", 7L)));
  }

  @Test
  void a_failed_round_lets_those_beside_it_end_and_no_further_one_begin() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    kit.with(
        "start_together",
        context -> {
          begun.countDown();
          assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
          if (context.config().integer("n") == 0) {
            failed.countDown();
            throw new ActionException("action_failed", "the first");
          }
          assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
          return ActionResult.EMPTY;
        });
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: stops
              steps:
                - id: loop
                  action: for_each
                  config:
                    range: {start: 0, end: 199999}
                    parallel: true
                    max_concurrent: 2
                    steps: [{action: start_together, config: {n: "${item}"}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    List<Status> statuses = statuses(children(flow, "loop"));
    // Some rounds begin before the failure is known; far from all of them.
    assertThat(statuses).hasSizeBetween(2, 199_999);
    assertThat(statuses.subList(1, statuses.size())).containsOnly(Status.PASSED);
  }

  @Test
  void a_retry_repeats_all_rounds() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: retry
              steps:
                - id: loop
                  action: for_each
                  retry: {max_attempts: 3, delay: 1ms}
                  config:
                    items: [a, b]
                    steps: [{action: mark, config: {name: "${item}"}}, {action: third}]
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(kit.marks()).containsExactly("a", "a", "a", "b");
    assertThat(flow.step("loop").attempts()).hasSize(3);
  }

  @Test
  void many_rounds_take_time_in_proportion() {
    long few = millis(1_000);
    long many = millis(8_000);
    assertThat(many).isLessThan(Math.max(few, 50) * 40);
  }

  private long millis(int rounds) {
    long start = System.nanoTime();
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: many
              steps:
                - action: for_each
                  config:
                    range: {start: 1, end: ROUNDS}
                    steps: [{action: give, config: {value: "${item}"}, output: {x: value}}]
            """
                .replace("ROUNDS", Integer.toString(rounds)));
    assertThat(flow.counts().ran()).isEqualTo(rounds + 1);
    return (System.nanoTime() - start) / 1_000_000;
  }
}

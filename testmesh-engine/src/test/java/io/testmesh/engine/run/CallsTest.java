package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows that run other flows. */
@Timeout(60)
class CallsTest {
  private static final String LOGIN =
      """
      flow:
        name: login
        env: {greeting: hello}
        setup: [{id: before, action: mark, config: {name: setup}}]
        steps:
          - {id: in, action: give, config: {value: "${user}"}, output: {token: value}}
          - {action: mark, config: {name: "${greeting}"}}
        teardown: [{id: last, action: mark, config: {name: "teardown ${FLOW_STATUS}"}}]
      """;

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

  private static String calling(String config) {
    return """
    flow:
      name: caller
      env: {inherited: from caller}
      steps:
        - id: call
          action: run_flow
          config: CONFIG
        - {id: after, action: mark, config: {name: after}}
    """
        .replace("CONFIG", config);
  }

  @Test
  void input_goes_in_with_its_type_and_outputs_come_back() {
    kit.write("subs/login.yaml", LOGIN);
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: caller
              env: {uid: 17}
              steps:
                - id: call
                  action: run_flow
                  config: {flow: subs/login.yaml, input: {user: "${uid}", greeting: hi}}
                  output: {t: token, u: flow.output.token}
                - {id: after, action: give, config: {value: ["${t}", "${u}", "${call.token}"]}}
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(kit.marks()).containsExactly("setup", "hi", "teardown passed");
    assertThat(flow.step("call").result())
        .isEqualTo(
            Map.of(
                "token",
                17L,
                "flow",
                Map.of("name", "login", "status", "passed", "output", Map.of("token", 17L))));
    assertThat(flow.step("after").result()).containsEntry("value", List.of(17L, 17L, 17L));
    assertThat(flow.step("call").children())
        .extracting(node -> ((StepResult) node).phase())
        .containsExactly(Phase.SETUP, Phase.STEPS, Phase.STEPS, Phase.TEARDOWN);
    assertThat(flow.counts().ran()).isEqualTo(6);
  }

  @Test
  void a_called_flow_is_part_of_its_caller_for_listeners() {
    kit.write("login.yaml", LOGIN);
    kit.runOne(calling("{flow: login.yaml, input: {user: a}}"));

    List<String> flows = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (RunEvent event : kit.events()) {
      if (event instanceof RunEvent.FlowStarted started) {
        flows.add(started.name());
      } else if (event instanceof RunEvent.StepFinished step) {
        steps.add(step.step().id() + " " + step.parent() + " " + step.depth());
      }
    }
    assertThat(flows).containsExactly("caller");
    assertThat(steps)
        .containsExactly(
            "before call 1",
            "in call 1",
            "step_2 call 1",
            "last call 1",
            "call null 0",
            "after null 0");
  }

  @Test
  void the_callers_variables_are_seen_unless_that_is_switched_off() {
    kit.write(
        "sub.yaml",
        "flow: {name: sub, env: {own: mine}, steps: [{action: mark, config: {name: \"${own}"
            + " ${inherited}\"}}]}");
    kit.runOne(calling("{flow: sub.yaml}"));
    assertThat(kit.marks()).containsExactly("mine from caller", "after");

    assertThat(kit.problems(calling("{flow: sub.yaml, inherit_env: false}")))
        .singleElement()
        .asString()
        .contains("undefined_variable", "sub.yaml:1:");
  }

  @Test
  void a_called_flows_own_env_and_inputs_win_over_the_callers_variables() {
    kit.write(
        "sub.yaml",
        """
        flow:
          name: sub
          inputs: {inherited: default}
          steps: [{action: mark, config: {name: "${inherited}"}}]
        """);
    kit.runOne(calling("{flow: sub.yaml}"));

    assertThat(kit.marks()).containsExactly("default", "after");
  }

  @Test
  void values_come_from_a_file_and_input_wins_over_it() {
    kit.write("values.json", "{\"user\": 5, \"greeting\": \"file\"}");
    kit.write("login.yaml", LOGIN);
    FlowResult flow =
        kit.runOne(calling("{flow: login.yaml, input_file: values.json, input: {user: 6}}"));

    assertThat(kit.marks()).contains("file");
    assertThat(flow.step("call").result()).containsEntry("token", 6L);
  }

  @Test
  void a_flow_is_called_by_its_name_below_the_selected_folder() {
    kit.write("caller.yaml", calling("{flow: needs user, input: {user: x}}"));
    kit.write(
        "sub/login.yaml", LOGIN.replace("name: login", "name: needs user\n  inputs: {user: null}"));
    RunResult result = kit.runner().run(kit.runner().load(folder));

    assertThat(result.problems()).isEmpty();
    assertThat(result.flows()).hasSize(1);
    assertThat(result.flows().get(0).status()).isEqualTo(Status.PASSED);
    assertThat(result.notes()).containsExactly("sub/login.yaml not selected: needs input user");
  }

  @Test
  void what_cannot_be_called_is_said_before_the_run() {
    kit.write("sub.yaml", "flow: {name: sub, inputs: {user: null}, steps: [{action: give}]}");
    kit.write("bad.yaml", "flow: {name: bad, steps: [{action: gvie}]}");

    assertThat(kit.problems(calling("{flow: nowhere.yaml}")))
        .singleElement()
        .asString()
        .startsWith("file_not_found: flow-1.yaml:7:22 there is no file \"nowhere.yaml\"");
    assertThat(kit.problems(calling("{flow: \"${x}.yaml\"}")))
        .anySatisfy(problem -> assertThat(problem).contains("has to be known before the run"));
    assertThat(kit.problems(calling("{flow: sub.yaml}")))
        .singleElement()
        .asString()
        .startsWith("missing_input");
    assertThat(kit.problems(calling("{flow: sub.yaml, input: {user: 1, usr: 2}}")))
        .singleElement()
        .asString()
        .contains("unknown_key", "the flow \"sub\" has no input \"usr\"", "\"user\"");
    assertThat(kit.problems(calling("{flow: bad.yaml}")))
        .singleElement()
        .asString()
        .contains("bad.yaml:1:", "unknown action \"gvie\"");
    assertThat(
            kit.problems(calling("{flow: sub.yaml, input: {user: 1}}\n      assert: [tken == 1]")))
        .singleElement()
        .asString()
        .contains("undefined_variable");
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void circles_are_found_before_the_run_also_where_they_would_not_be_reached() {
    kit.write("a.yaml", calling("{flow: b.yaml}"));
    kit.write(
        "b.yaml",
        """
        flow:
          name: b
          steps:
            - action: give
              error_steps:
                - action: condition
                  config: {condition: false, then: [{action: run_flow, config: {flow: a.yaml}}]}
        """);
    RunResult result = kit.runner().run(kit.runner().load(folder.resolve("a.yaml")));

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("flow_cycle");
              assertThat(problem.message())
                  .isEqualTo("the flow \"caller\" would run itself: caller -> b -> caller");
            });
  }

  @Test
  void a_failure_of_the_called_flow_fails_the_step_with_its_own_code_and_place() {
    kit.write("sub.yaml", "flow:\n  name: sub\n  steps:\n    - {id: deep, action: broken}\n");
    FlowResult flow = kit.runOne(calling("{flow: sub.yaml}"));

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.step("call").failure().orElseThrow().span().toString())
        .isEqualTo("sub.yaml:4:7");
    assertThat(flow.failure().orElseThrow().step()).contains("deep");
    assertThat(((Map<?, ?>) flow.step("call").result().get("flow")).get("status"))
        .isEqualTo("failed");
    assertThat(flow.step("after").status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void a_timeout_of_the_step_ends_the_called_flow_after_its_teardown() {
    kit.write("sub.yaml", LOGIN.replace("action: give", "action: hang"));
    FlowResult flow =
        kit.runOne(calling("{flow: sub.yaml, input: {user: 1, token: 1}}\n      timeout: 60ms"));

    assertThat(flow.step("call").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(kit.marks()).containsExactly("setup", "teardown failed");
  }

  @Test
  void cancelling_the_run_cancels_the_called_flow_and_runs_both_teardowns() throws Exception {
    kit.write("sub.yaml", LOGIN.replace("action: give", "action: hang"));
    String caller =
        calling("{flow: sub.yaml, input: {user: 1}}")
            + "  teardown: [{action: mark, config: {name: outer}}]\n";
    RunHandle handle = kit.runner().start(kit.load(caller));
    actors.awaitHanging();
    handle.cancel();
    RunResult result = handle.result().get(20, TimeUnit.SECONDS);

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(result.flows().get(0).step("call").status()).isEqualTo(Status.CANCELLED);
    assertThat(kit.marks()).containsExactly("setup", "teardown cancelled", "outer");
  }

  @Test
  void secrets_of_the_called_flow_are_hidden_in_the_callers_records() {
    kit.write(
        "sub.yaml",
        """
        flow:
          name: sub
          config: {secrets: [token]}
          steps: [{action: give, config: {value: Zq8-hidden-77}, output: {token: value}}]
        """);
    FlowResult flow = kit.runOne(calling("{flow: sub.yaml}\n      output: {t: token}"));

    assertThat(flow.step("call").result().toString()).doesNotContain("hidden");
    assertThat(flow.step("call").outputs().toString()).doesNotContain("hidden");
  }

  @Test
  void random_values_of_each_call_differ_and_repeat_with_the_seed() {
    kit.write(
        "sub.yaml", "flow: {name: sub, steps: [{action: mark, config: {name: \"${UUID}\"}}]}");
    String yaml =
        """
        flow:
          name: caller
          steps:
            - {action: for_each, config: {items: [1, 2], steps: [{action: run_flow, config: {flow: sub.yaml}}]}}
        """;
    kit.options().seed(7);
    kit.runOne(yaml);
    kit.runOne(yaml);

    assertThat(kit.marks().subList(0, 2)).doesNotHaveDuplicates();
    assertThat(kit.marks().subList(2, 4)).isEqualTo(kit.marks().subList(0, 2));
  }
}

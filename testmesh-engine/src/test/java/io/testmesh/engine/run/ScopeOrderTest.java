package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeOrderTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder).with("give", context -> ActionResult.of("x", "result"));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private String mark(String flow) {
    FlowResult result = kit.runOne(flow);
    assertThat(result.failure()).isEmpty();
    List<String> marks = kit.marks();
    return marks.get(marks.size() - 1);
  }

  @Test
  void the_process_environment_comes_last() {
    assertThat(
            mark("flow: {name: a, steps: [{action: mark, config: {name: \"${FROM_PROCESS}\"}}]}"))
        .isEqualTo("process");
    assertThat(
            mark(
                "flow: {name: a, inputs: {FROM_PROCESS: input}, steps: [{action: mark, config: {name:"
                    + " \"${FROM_PROCESS}\"}}]}"))
        .isEqualTo("input");
  }

  @Test
  void env_wins_over_its_file_and_that_over_inputs() {
    kit.write("vars.env", "A=file\nB=file\n");
    assertThat(
            mark(
                """
                flow:
                  name: a
                  env_file: vars.env
                  inputs: {A: input, B: input, C: input}
                  env: {A: inline}
                  steps: [{action: mark, config: {name: "${A} ${B} ${C}"}}]
                """))
        .isEqualTo("inline file input");
  }

  @Test
  void run_time_variables_win_over_env_and_change_what_env_is_made_of() {
    kit.variable("A", "run");
    assertThat(
            mark(
                """
                flow:
                  name: a
                  env: {A: env, B: "b ${A}"}
                  steps: [{action: mark, config: {name: "${A} ${B}"}}]
                """))
        .isEqualTo("run b run");
  }

  @Test
  void an_output_wins_over_a_step_id_and_both_over_variables() {
    kit.variable("give", "run");
    assertThat(
            mark(
                """
                flow:
                  name: a
                  steps:
                    - {id: give, action: give}
                    - {id: two, action: give, output: {two: x, A: x}}
                    - {action: mark, config: {name: "${give.x} ${two} ${A} ${vars.give}"}}
                """))
        .isEqualTo("result result result run");
  }

  @Test
  void an_entry_of_env_keeps_its_value_and_a_built_in_is_fresh() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: a
              env: {ID: "${UUID}"}
              steps:
                - {action: assert, config: {assertions: ['ID == "${ID}"', UUID != UUID]}}
            """);

    assertThat(flow.failure()).isEmpty();
  }

  @Test
  void a_result_key_wins_over_a_variable_in_assertions() {
    kit.variable("x", "run");
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: a
              steps:
                - {id: s, action: give, assert: [x == "result", vars.x == "run", s.x == result.x]}
            """);

    assertThat(flow.failure()).isEmpty();
  }

  @Test
  void a_step_that_gave_nothing_can_be_asked_for() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: asked
              steps:
                - {id: off, action: give, disabled: true, output: {o: x}}
                - action: assert
                  config:
                    assertions:
                      - not (off exists)
                      - not (off.x exists)
                      - off is null
                      - off == null
                      - off.x == null
                      - off.x is null
                      - (off ?? 3) == 3
                      - (off.x ?? 3) == 3
                      - (off["x"] ?? 3) == 3
                      - (off?.x.y ?? 3) == 3
                      - (off?.["x"] ?? 3) == 3
                      - '"${off.x:none}" == "none"'
                      - (steps.off ?? 3) == 3
            """);

    assertThat(flow.failure()).isEmpty();
  }

  @Test
  void a_step_that_gave_nothing_is_named_with_its_place() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: named
              steps:
                - {id: off, action: give, disabled: true}
                - {id: s, action: mark, config: {name: "x${1 + off.x}"}}
            """);

    Failure failure = flow.failure().orElseThrow();
    assertThat(failure.message())
        .isEqualTo("the step \"off\" has given nothing: it did not run, or its action failed");
    assertThat(failure.hint()).contains("what may be absent is asked for with ?., ?? or exists");
    assertThat(failure.excerpt()).element(2).asString().endsWith("^^^");
    assertThat(failure.excerpt().get(1).indexOf("off.x"))
        .isEqualTo(failure.excerpt().get(2).indexOf('^'));
  }

  @Test
  void a_step_that_did_not_run_is_not_taken_for_a_variable_of_the_process() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: a
              steps:
                - {id: FROM_PROCESS, action: give, when: false}
                - {id: s, action: mark, config: {name: "${FROM_PROCESS}"}}
            """);

    assertThat(flow.failure().orElseThrow().message())
        .contains("the step \"FROM_PROCESS\" has given nothing");
  }

  @Test
  void made_up_data_that_is_not_there_names_its_artifact() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: made up
                  config: {faker: {locale: de}}
                  steps: [{action: mark, config: {name: "${FAKER.name.first_name}"}}]
                """))
        .containsExactly(
            "undefined_variable: flow-1.yaml:4:44 the FAKER names are in testmesh-faker, which is"
                + " not on the class path; add io.testmesh:testmesh-faker");
  }

  @Test
  void ids_of_the_flow_and_run_are_constant_and_the_status_is_known_in_teardown() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: constants
              steps:
                - action: mark
                  config: {name: "${FLOW_NAME}"}
                  assert: [FLOW_ID startsWith EXECUTION_ID, len(EXECUTION_ID) == 36]
              teardown: [{action: mark, config: {name: "${FLOW_STATUS}"}}]
            """);

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(kit.marks()).containsExactly("constants", "passed");
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DryRunTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder);
    kit.options().parallel(1).dryRun(true);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static StepResult step(RunResult run, int flow, int step) {
    return (StepResult) run.flows().get(flow).steps().get(step);
  }

  @Test
  void nothing_runs_and_every_row_is_shown_with_its_values() {
    RunResult result =
        kit.run(
            """
            flow:
              name: greet ${who}
              env: {greeting: "Hello, ${who}"}
              data_source: {type: inline, rows: [{who: Ada}, {who: Grace}]}
              setup: [{action: mark, config: {name: setup}}]
              steps:
                - {id: say, action: mark, config: {name: "${greeting}!", n: "${__iteration}"}}
                - {id: off, disabled: true, action: mark}
              teardown: [{action: mark, config: {name: "${FROM_PROCESS}"}}]
            """);

    assertThat(kit.marks()).isEmpty();
    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    assertThat(result.isDryRun()).isTrue();
    assertThat(result.summary().passed()).isZero();
    assertThat(result.flows())
        .extracting(FlowResult::name)
        .containsExactly("greet Ada", "greet Grace");
    assertThat(result.flows()).extracting(FlowResult::status).containsOnly(Status.SKIPPED);
    assertThat(step(result, 1, 1).config()).isEqualTo(Map.of("name", "Hello, Grace!", "n", 2L));
    assertThat(step(result, 0, 1).skipReason()).contains("dry run");
    assertThat(step(result, 0, 2).skipReason()).contains("the step is disabled");
    assertThat(step(result, 0, 3).config()).isEqualTo(Map.of("name", "process"));
  }

  @Test
  void what_is_known_only_in_the_run_stays_as_it_is_written() {
    RunResult result =
        kit.run(
            """
            flow:
              name: later
              env: {base: "http://x", request: "${UUID}", trace: "t-${request}"}
              steps:
                - {id: first, action: mark, config: {name: a}, output: {token: name}}
                - action: mark
                  config:
                    name: "${base}/${first.name}/${token}/${nobody:none}"
                    value: ["${trace}", "${RANDOM_INT}", "${FLOW_NAME}", "${first.x ?? 1}", "${1 + 1}"]
            """);

    assertThat(step(result, 0, 1).config())
        .isEqualTo(
            Map.of(
                "name",
                "http://x/${first.name}/${token}/none",
                "value",
                List.of("${trace}", "${RANDOM_INT}", "later", "${first.x ?? 1}", 2L)));
  }

  @Test
  void steps_inside_of_steps_are_shown_under_them_and_what_they_give_is_not_fixed() {
    RunResult result =
        kit.run(
            """
            flow:
              name: blocks
              env: {base: "http://x", token: from env, item: from env}
              steps:
                - id: loop
                  action: for_each
                  config:
                    items: [a]
                    steps:
                      - {id: in, action: mark, config: {name: "${base}/${item}"}, output: {token: name}}
                - id: choice
                  action: condition
                  config:
                    condition: 1 == 1
                    then: [{id: yes, action: mark, config: {name: "${token}"}}]
                    else: [{id: no, action: mark}]
                - id: both
                  action: parallel
                  config: {branches: [{id: left, steps: [{id: l, action: mark}]}]}
                - id: last
                  action: mark
                  error_steps: [{id: e, action: mark}]
            """);

    assertThat(kit.marks()).isEmpty();
    FlowResult flow = result.flows().get(0);
    assertThat(flow.step("in").config()).isEqualTo(Map.of("name", "http://x/${item}"));
    assertThat(flow.step("yes").config()).isEqualTo(Map.of("name", "${token}"));
    assertThat(groups(flow, "choice")).containsExactly("then", "else");
    assertThat(groups(flow, "both")).containsExactly("left");
    assertThat(groups(flow, "last")).containsExactly("error_steps");
    assertThat(kit.events())
        .filteredOn(RunEvent.StepFinished.class::isInstance)
        .extracting(event -> ((RunEvent.StepFinished) event).parent())
        .containsExactly("loop", null, "choice", "choice", null, "both", null, "last", null);
  }

  private static List<String> groups(FlowResult flow, String step) {
    return flow.step(step).children().stream().map(node -> ((GroupResult) node).id()).toList();
  }

  @Test
  void secrets_are_masked_and_problems_are_problems() {
    RunResult result =
        kit.run(
            """
            flow:
              name: secret
              env: {token: s3cret-token}
              config: {secrets: [token]}
              steps: [{action: mark, config: {name: "Bearer ${token}"}}]
            """);
    assertThat(step(result, 0, 0).config()).isEqualTo(Map.of("name", "Bearer ***"));

    assertThat(kit.run("flow: {name: bad, steps: [{action: mrak}]}").status())
        .isEqualTo(RunStatus.INVALID);
  }

  @Test
  void the_steps_of_a_called_flow_are_shown_as_they_are_written() {
    kit.write(
        "sub.yaml",
        """
        flow:
          name: sub
          env: {greeting: Hello}
          inputs: {who: {required: true}}
          steps:
            - {id: hello, action: mark, config: {name: "${greeting} ${who}", n: 3}}
        """);
    RunResult result =
        kit.run(
            """
            flow:
              name: caller
              env: {greeting: not this one}
              steps: [{id: call, action: run_flow, config: {flow: sub.yaml, input: {who: Ada}}}]
            """);

    List<ResultNode> inside = step(result, 0, 0).children();
    assertThat(inside).hasSize(1);
    StepResult hello = (StepResult) inside.get(0);
    assertThat(hello.id()).isEqualTo("hello");
    assertThat(hello.config()).isEqualTo(Map.of("name", "${greeting} ${who}", "n", 3L));
    assertThat(kit.marks()).isEmpty();
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found before the first step: members that cannot be there, and what is odd. */
class ChecksBeforeTheRunTest {
  @TempDir private Path folder;

  /** Gives status and body, and nothing else. */
  private static final class Fetch implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("fetch")
          .optional("connection", ConfigType.TEXT, "a connection")
          .optional("expect_status", ConfigType.INTEGER, "a status")
          .optional(
              "groups",
              ConfigType.mapOf(
                  ConfigType.listOf(
                      ConfigType.object(
                          ConfigKey.optional("of", ConfigType.EXPRESSION, "an expression")))),
              "expressions far inside")
          .result("status", ConfigType.INTEGER, "the status")
          .result("body", ConfigType.ANY, "the body");
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("status", 200L).with("body", List.of());
    }
  }

  private List<String> found(String yaml) {
    try (FlowKit kit = new FlowKit(folder).with(new Fetch())) {
      RunResult result = kit.run(yaml);
      List<String> texts = new ArrayList<>();
      result.problems().forEach(problem -> texts.add(problem.code() + " " + problem));
      return texts;
    }
  }

  private List<String> afterFetch(String step) {
    return found(
        "name: a\nsteps:\n- {id: get, action: fetch, output: {uid: $.body}}\n- " + step + "\n");
  }

  private static String log(String message) {
    return "{action: log, config: {message: '" + message + "'}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ${get.bdy}            | the result of step "get" has no "bdy"; did you mean "body"?
          ${get["bdy"].id}      | the result of step "get" has no "bdy"; did you mean "body"?
          ${steps.get.bdy}      | the result of step "get" has no "bdy"; did you mean "body"?
          ${steps["get"].statu} | the result of step "get" has no "statu"; did you mean "status"?
          ${steps.gte.body}     | no step has the id "gte"; did you mean "get"?
          ${steps["gte"]}       | no step has the id "gte"; did you mean "get"?
          ${steps.step_2}       | "step_2" is a step that has not run yet at this place
          ${get.uidd}           | the result of step "get" has no "uidd"; did you mean "uid"?
          ${vars.uidd}          | no variable is called "uidd"; did you mean "uid"?
          ${vars["uidd"].x}     | no variable is called "uidd"; did you mean "uid"?
          """)
  void a_member_that_cannot_be_there_is_an_error(String message, String error) {
    List<String> found = afterFetch(log(message));

    assertThat(found).hasSize(1);
    assertThat(found.get(0)).startsWith("undefined_variable flow-1.yaml:4:").contains(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${get.body.anything}",
        "${get.uid}",
        "${steps.get.uid}",
        "${steps[\"get\"].body[0]}",
        "${get?.bdy}",
        "${get.bdy?.x}",
        "${get.bdy ?? 1}",
        "${get.bdy == null}",
        "${get.bdy exists}",
        "${get[FLOW_NAME]}",
        "${vars.uid}",
        "${vars.nobody ?? 1}",
        "${vars.nobody == null}",
        "${len(vars)}",
        "${len(steps)}",
      })
  void a_member_that_may_be_there_or_may_be_absent_is_none(String message) {
    assertThat(afterFetch(log(message))).isEmpty();
  }

  /** Has two keys that exclude each other. */
  private static final class Choosy implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("choosy")
          .optional("first_key", ConfigType.TEXT, "one")
          .optional("other_key", ConfigType.MAP, "the other");
    }

    @Override
    public void check(ConfigCheck config) {
      if (config.value("first_key") instanceof String text && text.equals("break")) {
        throw new IllegalStateException("no idea");
      }
      if (config.has("first_key") && config.has("other_key")) {
        config.reject("other_key", "first_key or other_key", "leave one out");
      } else if (!config.has("first_key") && config.isFixed(config.value("other_key"))) {
        config.reject("first_key", "first_key is missing", null);
      }
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.EMPTY;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {first_key: a, other_key: {b: 1}}  | invalid_value flow-1.yaml:3:54 first_key or other_key; leave one out
          {firstKey: a, otherKey: {b: 1}}    | invalid_value flow-1.yaml:3:52 first_key or other_key; leave one out
          {other_key: {b: [1]}}              | invalid_value flow-1.yaml:3:20 first_key is missing
          {first_key: break}                 | action_failed flow-1.yaml:3:20 the action choosy cannot check its configuration: java.lang.IllegalStateException: no idea; this is an error in the action, not in the flow
          {first_key: break, other_kye: {}}  | unknown_key flow-1.yaml:3:47 unknown key "other_kye" in the config of choosy; did you mean "other_key"?
          """)
  void an_action_looks_at_its_keys_before_the_run(String config, String problem) {
    try (FlowKit kit = new FlowKit(folder).with(new Choosy())) {
      RunResult result = kit.run("name: a\nsteps:\n- {action: choosy, config: " + config + "}\n");

      assertThat(result.problems())
          .singleElement()
          .satisfies(found -> assertThat(found.code() + " " + found).isEqualTo(problem));
    }
  }

  @Test
  void an_action_says_nothing_about_values_that_are_known_only_in_the_run() {
    try (FlowKit kit = new FlowKit(folder).with(new Choosy())) {
      assertThat(
              kit.runOne(
                      """
                      name: a
                      env: {v: 1}
                      steps: [{action: choosy, config: {other_key: {b: ["${v}"]}}}]
                      """)
                  .failure())
          .isEmpty();
    }
  }

  @Test
  void an_output_of_that_name_hides_the_step() {
    assertThat(
            found(
                """
                name: a
                steps:
                - {id: get, action: fetch}
                - {id: again, action: fetch, output: {get: '{"bdy": 1}', steps: '{"x": 1}'}}
                - {action: log, config: {message: '${get.bdy} ${steps.x}'}}
                """))
        .isEmpty();
  }

  @Test
  void the_result_of_an_action_that_declares_none_may_have_anything() {
    assertThat(
            found(
                """
                name: a
                steps:
                - {id: one, action: mark, config: {name: x}, output: {a: {path: one.y, default: 1}}}
                - {action: log, config: {message: '${one.z ?? one.name}'}}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          result.bdy == 1    | the result has no "bdy"; did you mean "body"?
          response.bdy == 1  | the result has no "bdy"; did you mean "body"?
          own.bdy == 1       | the result has no "bdy"; did you mean "body"?
          bdy == 1           | nothing is known under the name "bdy"; did you mean "body"?
          """)
  void an_unknown_field_of_the_own_result_is_an_error(String assertion, String error) {
    String step = "{id: own, action: fetch, assert: ['" + assertion + "']}";
    String output = "{id: own, action: fetch, output: {x: '" + assertion + "'}}";

    assertThat(afterFetch(step)).hasSize(1).allMatch(problem -> problem.contains(error));
    assertThat(afterFetch(output)).hasSize(1).allMatch(problem -> problem.contains(error));
  }

  @Test
  void a_path_into_a_result_without_a_body_is_checked() {
    String step = "{action: delay, config: {duration: 1ms}, output: {x: %s}}";

    assertThat(afterFetch(step.formatted("$.compleded")))
        .containsExactly(
            "undefined_variable flow-1.yaml:4:56"
                + " the result has no \"compleded\"; did you mean \"completed\"?");
    assertThat(afterFetch(step.formatted("$.completed"))).isEmpty();
    assertThat(afterFetch(step.formatted("{path: $.compleded, default: 1}"))).isEmpty();
    assertThat(
            afterFetch("{action: fetch, output: {x: '$[?@ == 200]', y: {path: $.u, default: 1}}}"))
        .isEmpty();
  }

  @Test
  void expressions_far_inside_a_configuration_are_parsed() {
    assertThat(afterFetch("{action: fetch, config: {groups: {a: [{of: '1 +'}]}}}"))
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("expression_syntax flow-1.yaml:4:"));
    assertThat(afterFetch("{action: fetch, config: {groups: {a: [{of: nobody}]}}}"))
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("undefined_variable flow-1.yaml:4:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: verify_user, action: fetch}",
        "{id: checkUser, action: fetch}",
        "{name: the user should be there, action: fetch, output: {x: body}}",
      })
  void a_step_that_promises_to_check_and_does_not_is_odd(String step) {
    assertThat(afterFetch(step))
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("nothing_asserted flow-1.yaml:4:"))
        .allMatch(problem -> problem.contains("checks nothing, although its"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: verify_user, action: fetch, assert: [status == 200]}",
        "{id: verify_user, action: fetch, config: {expect_status: 200}}",
        "{id: verify_user, action: fetch, disabled: true}",
        "{id: checkout, action: fetch}",
        "{id: check, action: assert, config: {assertions: [1 == 1]}}",
        "{id: step, name: a shoulder, action: fetch}",
      })
  void a_step_that_checks_or_promises_nothing_is_not_odd(String step) {
    assertThat(afterFetch(step)).isEmpty();
  }

  @Test
  void a_step_that_can_never_run_is_odd() {
    assertThat(afterFetch("{id: never, action: fetch, when: 1 > 2}"))
        .containsExactly(
            "unreachable_step flow-1.yaml:4:36"
                + " step \"never\" never runs: its condition is always false");
    assertThat(afterFetch("{id: off, action: fetch, when: false}")).isEmpty();
    assertThat(afterFetch("{id: now, action: fetch, when: now().Year() < 2000}")).isEmpty();
  }

  @Test
  void what_stands_behind_a_step_that_always_fails_is_odd() {
    String fails = "{id: stop, action: fetch, assert: [1 == 2]%s}\n- {id: next, action: fetch}";

    assertThat(afterFetch(fails.formatted("")))
        .containsExactly(
            "unreachable_step flow-1.yaml:5:3"
                + " step \"next\" never runs: step \"stop\" before it always fails");
    assertThat(afterFetch(fails.formatted(", on_error: continue"))).isEmpty();
    assertThat(afterFetch(fails.formatted(", when: FLOW_NAME == \"b\""))).isEmpty();
    assertThat(found("name: a\nconfig: {fail_fast: false}\nsteps:\n- " + fails.formatted("")))
        .isEmpty();
  }

  @Test
  void a_connection_that_no_step_names_is_odd() {
    String flow =
        "name: a\nconfig: {connections: {orders: {host: a}}}\nsteps:\n- {action: fetch, config: %s}";

    assertThat(found(flow.formatted("{}")))
        .containsExactly(
            "unused_connection flow-1.yaml:2:24 no step uses the connection \"orders\";"
                + " a step names it: \"connection: orders\"");
    assertThat(found(flow.formatted("{connection: orders}"))).isEmpty();
    assertThat(found(flow.formatted("{connection: \"${FLOW_NAME}\"}"))).isEmpty();
  }
}

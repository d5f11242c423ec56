package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Level;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step's record says: its assertions, its failure, and what its handler was given. */
class StepDetailsTest {
  @TempDir Path folder;
  private final AtomicReference<ActionContext> seen = new AtomicReference<>();
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with("give", context -> ActionResult.of("x", 5L).with("t", "text"))
            .with(
                "look",
                context -> {
                  seen.set(context);
                  context.log(Level.WARN, "looked around");
                  context.metric("eyes", 2);
                  context.metric("depth", 1.5);
                  return ActionResult.of(
                      "seen",
                      List.of(
                          context.flowName(),
                          context.stepId(),
                          context.variables().get("v"),
                          context.stepOutputs().get("first").get("x"),
                          context.stepOutputs().get("first").get("y"),
                          context.json().render(List.of(1L))));
                })
            .with(new Asking());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** Evaluates what stands in its configuration. */
  private static final class Asking implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("ask")
          .required("of", ConfigType.EXPRESSION, "an expression")
          .optional("checks", ConfigType.ASSERTIONS, "assertions")
          .result("answer", ConfigType.ANY, "the value")
          .result("held", ConfigType.ANY, "which held")
          .expressionsOver("data")
          .optional("data", ConfigType.ANY, "names");
    }

    @Override
    public ActionResult execute(ActionContext context) throws ActionException {
      Map<String, Object> data = Map.of("a", 1L, "list", List.of(7L, 8L));
      Object answer = context.evaluate(context.config().expression("of"), data, data);
      List<Boolean> held =
          context.config().has("checks")
              ? context.check(context.config().assertions("checks"), data, data).stream()
                  .map(AssertionResult::passed)
                  .toList()
              : List.of();
      return ActionResult.of("answer", answer).with("held", held);
    }
  }

  private StepResult step(String keys) {
    FlowResult flow = kit.runOne("flow:\n  name: n\n  steps:\n    - {id: s, " + keys + "}\n");
    return flow.step("s");
  }

  private Failure failure(String keys) {
    StepResult step = step(keys);
    assertThat(step.status()).isEqualTo(Status.FAILED);
    return step.failure().orElseThrow();
  }

  @Test
  void one_of_assert_any_is_enough() {
    StepResult step = step("action: give, assert_any: [x == 1, x == 5, x == 2]");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.assertions())
        .extracting(AssertionResult::passed)
        .containsExactly(false, true, false);
  }

  @Test
  void none_of_assert_any_fails_the_step_with_the_first() {
    Failure failure = failure("action: give, assert_any: [x == 1, x == 2], assert: [x == 5]");

    assertThat(failure.message()).startsWith("none of the list assert_any holds");
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure("action: give, assert_any: [t.nope == 1, x == 2]").code())
        .isEqualTo("expression_failed");
  }

  @Test
  void what_must_hold_decides_before_assert_any() {
    assertThat(failure("action: give, assert_any: [x == 1], assert: [x == 6]").message())
        .isEqualTo("x == 6 does not hold: x is 5 (number)");
  }

  @Test
  void one_of_assert_none_fails_the_step() {
    assertThat(failure("action: give, assert_none: [x == 1, x == 5]").message()).contains("x == 5");
    assertThat(step("action: give, assert_none: [x == 1, x == 2]").status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void an_assertion_that_cannot_be_evaluated_says_why() {
    Failure failure = failure("action: give, assert: [t.length.x == 1]");

    assertThat(failure.code()).isEqualTo("expression_failed");
    assertThat(failure.message()).contains("t.length is the number 4, it has no key \"x\"");
    assertThat(failure.excerpt()).anyMatch(line -> line.contains("^"));
  }

  @Test
  void an_assertion_that_is_neither_true_nor_false_says_what_it_is() {
    Failure failure = failure("action: give, assert: [x]");

    assertThat(failure.message())
        .isEqualTo("the expression gives 5 (number), where true or false is wanted");
    assertThat(failure.hint()).contains("compare it with something: x == …");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x is ${x}, not six | x is 5, not six",
        "plain words | plain words",
        "${t.length.x} cannot be filled in | ${t.length.x} cannot be filled in",
      })
  void the_authors_message_is_said_as_far_as_it_can_be_filled_in(String written, String said) {
    StepResult step =
        step("action: give, assert: [{expression: x == 6, message: '" + written + "'}]");

    assertThat(step.failure().orElseThrow().message()).startsWith(said);
    assertThat(step.assertions().get(0).message()).isEqualTo(said);
  }

  @Test
  void a_configuration_that_cannot_be_filled_in_fails_the_step_at_its_place() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              steps:
                - {id: first, action: give}
                - {id: s, action: mark, config: {name: "a ${first.t.length.x}"}}
            """);
    Failure failure = flow.step("s").failure().orElseThrow();

    assertThat(failure.code()).isEqualTo("expression_failed");
    assertThat(failure.message()).contains("first.t.length is the number 4");
    assertThat(failure.span().toString()).startsWith("flow-1.yaml:5:49");
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void a_name_that_cannot_be_filled_in_stays_as_it_is_written() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: n
              steps:
                - {id: first, action: give}
                - {id: s, name: "a ${first.t.length.x}", action: give}
                - {id: t, name: "a ${first.x}", action: give}
            """);

    assertThat(flow.step("s").name()).contains("a ${first.t.length.x}");
    assertThat(flow.step("t").name()).contains("a 5");
    assertThat(flow.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void a_handler_sees_where_it_is() {
    FlowResult flow =
        kit.variable("v", "variable")
            .runOne(
                """
                flow:
                  name: outer
                  steps:
                    - {id: first, action: give, output: {y: $.t}}
                    - {id: s, action: look, assert: [result.seen exists, s.other == nil, $.third == nil], timeout: 5s}
                """);
    StepResult step = flow.step("s");

    assertThat(step.result().get("seen"))
        .isEqualTo(List.of("outer", "s", "variable", 5L, "text", "[1]"));
    assertThat(step.logs()).extracting(entry -> entry.message()).containsExactly("looked around");
    assertThat(step.logs()).extracting(entry -> entry.level()).containsExactly(Level.WARN);
    assertThat(step.metrics()).isEqualTo(Map.of("eyes", 2L, "depth", 1.5));
    ActionContext context = seen.get();
    assertThat(context.flowId()).startsWith(context.executionId());
    assertThat(context.resolve("a/b.txt").toAbsolutePath())
        .isEqualTo(folder.resolve("a/b.txt").toAbsolutePath());
    assertThat(context.resolveOutput("a.txt").toAbsolutePath())
        .isEqualTo(folder.resolve("a.txt").toAbsolutePath());
    assertThat(context.deadline().remaining()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
    assertThat(context.assertedKeys()).containsAll(Set.of("seen", "other"));
    assertThat(context.trace()).isEmpty();
  }

  @Test
  void a_handler_evaluates_the_expressions_of_its_configuration() {
    StepResult step =
        step(
            "action: ask, config: {data: '${FLOW_NAME}', of: 'a + 1', checks: [a == 1, $.a == 2, 'list == [7, 8]']}");

    assertThat(step.result()).containsEntry("answer", 2L);
    assertThat(step.assertions())
        .extracting(AssertionResult::passed)
        .containsExactly(true, false, true);
    assertThat(step.failure().orElseThrow().message())
        .isEqualTo("$.a == 2 does not hold: $.a is 1 (number)");
    assertThat(step("action: ask, config: {data: '${FLOW_NAME}', of: '$.list[1]'}").result())
        .containsEntry("answer", 8L);
  }

  @Test
  void an_expression_that_a_handler_cannot_evaluate_fails_the_step() {
    Failure absent = failure("action: ask, config: {data: '${FLOW_NAME}', of: 'list[5]'}");
    Failure other = failure("action: ask, config: {data: '${FLOW_NAME}', of: 'a + \"x\"'}");

    assertThat(absent.code()).isEqualTo("output_not_found");
    assertThat(absent.message()).isEqualTo("\"list[5]\": list has no item 5 (it has 2)");
    assertThat(other.code()).isEqualTo("expression_failed");
    assertThat(other.message())
        .isEqualTo("\"a + \"x\"\": the text \"x\" cannot be added to the number 1");
    assertThat(other.hint()).contains("string(…) makes a text of a number");
  }

  @Test
  void missing_outputs_are_all_told() {
    Failure failure =
        failure(
            "action: give, output: {one: t.length.x, two: $.nope.x, three: x, four: {path: $.no, default: 4}}");

    assertThat(failure.others()).hasSize(1);
    assertThat(failure.message()).isEqualTo("t.length is the number 4, it has no key \"x\"");
    assertThat(failure.others().get(0).message())
        .isEqualTo("the output \"two\" found nothing: $.nope.x (the path matches nothing)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "range: {start: 1, end: 2, step: '${zero}'} | \"step\" of \"range\" is 0: it would never end",
        "range: {end: 9223372036854775807} | \"range\" has 9223372036854775808 numbers, which is too many",
        "items_from_glob: '${empty}' | \"items_from_glob\" wants a pattern such as data/*.json, got \"\"",
        "items_from_glob: 'a//b' | \"items_from_glob\" wants a pattern such as data/*.json, got \"a//b\"",
        "items_from_glob: '.' | \"items_from_glob\" wants a pattern such as data/*.json, got \".\"",
        "items_from_glob: '[a' | \"items_from_glob\" wants a pattern such as data/*.json, got \"[a\"",
      })
  void items_that_cannot_be_had_fail_the_loop(String source, String message) {
    kit.variable("zero", 0L).variable("empty", "");

    assertThat(
            failure(
                    "action: for_each, config: {"
                        + source
                        + ", steps: [{action: mark, config: {name: '${item}'}}]}")
                .message())
        .isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data/*.json | data/a.json data/b.json",
        "data/?.json | data/a.json data/b.json",
        "./data/a.json | data/a.json",
        "**/*.json | c.json data/a.json data/b.json data/deep/er/d.json",
        "data/** | data/a.json data/b.json data/deep/er/d.json data/x.txt",
        "**/er/* | data/deep/er/d.json",
        "data/.h* | data/.hidden.json",
        "data/../c.json | data/../c.json",
        "data/deep/../../c.json | data/deep/../../c.json",
        "{c,x}.json | c.json",
      })
  void a_glob_gives_the_files_in_order(String glob, String files) {
    for (String file :
        List.of(
            "data/a.json",
            "data/b.json",
            "data/x.txt",
            "data/.hidden.json",
            "c.json",
            "data/deep/er/d.json")) {
      kit.write(file, "{}");
    }
    step(
        "action: for_each, config: {items_from_glob: '"
            + glob
            + "', steps: [{action: mark, config: {name: '${item}'}}]}");

    assertThat(String.join(" ", kit.marks())).isEqualTo(files);
  }

  @Test
  void a_glob_may_be_absolute() {
    Path file = kit.write("data/a.json", "{}");
    step(
        "action: for_each, config: {items_from_glob: '"
            + folder.toAbsolutePath().toString().replace('\\', '/')
            + "/data/*.json', steps: [{action: mark, config: {name: '${item}'}}]}");

    assertThat(kit.marks()).hasSize(1);
    assertThat(Path.of(kit.marks().get(0))).isEqualTo(file.toAbsolutePath());
  }

  @Test
  void a_flow_that_is_called_gets_what_it_needs_or_says_what_is_missing() {
    kit.write(
        "called.yaml",
        """
        flow:
          name: called
          inputs: {user: {required: true}, role: guest}
          steps: [{action: mark, config: {name: "${user} ${role}"}}]
        """);
    kit.write("input.json", "{\"user\": \"file\", \"role\": \"admin\"}");
    kit.variable("given", Map.of("user", "ada"));
    kit.variable("wrong", Map.of("user", "ada", "rol", "x"));
    kit.variable("nothing", Map.of());
    kit.variable("list", "list.json");
    kit.write("list.json", "[1]");

    step("action: run_flow, config: {flow: called.yaml, input: '${given}'}");
    step("action: run_flow, config: {flow: called.yaml, input_file: input.json, input: {role: x}}");
    assertThat(kit.marks()).containsExactly("ada guest", "file x");
    assertThat(
            failure("action: run_flow, config: {flow: called.yaml, input: '${nothing}'}").message())
        .isEqualTo("the flow \"called\" needs the input \"user\"");
    Failure wrong = failure("action: run_flow, config: {flow: called.yaml, input: '${wrong}'}");
    assertThat(wrong.message()).isEqualTo("the flow \"called\" has no input \"rol\"");
    assertThat(wrong.hint()).contains("did you mean \"role\"?");
    assertThat(
            failure("action: run_flow, config: {flow: called.yaml, input_file: '${list}'}")
                .message())
        .contains("list.json");
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Level;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String SECRET = "hunter22-s3cret";

  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(
                "login",
                context -> {
                  context.log(Level.INFO, "got " + SECRET);
                  return ActionResult.of("body", Map.of("token", SECRET, "id", 7L));
                })
            .with("echo", context -> ActionResult.of("said", context.config().value("value")))
            .with(
                "refuse",
                context -> {
                  Object value = context.config().value("value");
                  throw new ActionException("action_failed", "no " + value)
                      .hint("not with " + value)
                      .detail("flat", value)
                      .detail("deep", Map.of("list", List.of("x " + value)));
                })
            .with(
                "break",
                context -> {
                  throw new IllegalStateException("broken by " + context.config().value("value"));
                })
            .with(new Connect());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** An action with secret keys. */
  private static final class Connect implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("connect")
          .key(ConfigKey.optional("password", ConfigType.TEXT, "a secret").asSecret())
          .key(
              ConfigKey.optional(
                  "auth",
                  ConfigType.object(
                      ConfigKey.required("type", ConfigType.TEXT, "which"),
                      ConfigKey.optional("token", ConfigType.TEXT, "a secret").asSecret()),
                  "nested"))
          .optional("url", ConfigType.TEXT, "where")
          .optional("port", ConfigType.INTEGER, "where")
          .openResult();
    }

    @Override
    public ActionResult execute(ActionContext context) throws ActionException {
      throw new ActionException("connection_failed", "refused with " + context.config().values());
    }
  }

  private RunResult run(String yaml) {
    RunResult result = kit.run(yaml);
    assertHidden(result);
    return result;
  }

  /** Everything that a report could show. */
  private void assertHidden(RunResult result) {
    StringBuilder all = new StringBuilder();
    for (FlowResult flow : result.flows()) {
      all.append(flow).append(flow.name()).append(flow.row());
      flow.failure().ifPresent(f -> all.append(Shown.of(f)));
      flow.warnings().forEach(w -> all.append(w).append(w.excerpt()));
      flow.steps().forEach(node -> all.append(Shown.of(node)));
    }
    result.problems().forEach(p -> all.append(p).append(p.hint()).append(p.excerpt()));
    all.append(result.notes());
    for (RunEvent event : kit.events()) {
      if (event instanceof RunEvent.AttemptFinished attempt) {
        attempt.attempt().failure().ifPresent(f -> all.append(Shown.of(f)));
      } else if (event instanceof RunEvent.StepFinished step) {
        all.append(Shown.of(step.step()));
      }
    }
    assertThat(all.toString())
        .doesNotContain(SECRET)
        .doesNotContain("hunter")
        .doesNotContain(
            Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void an_output_that_is_a_secret_is_hidden_in_the_assertions_and_logs_of_its_own_step() {
    RunResult result =
        run(
            """
            flow:
              name: login
              config: {secrets: [token]}
              steps:
                - {id: in, action: login, assert: ['body.token != ""', body.id == 8],
                   output: {token: body.token}}
            """);

    StepResult step = result.flows().get(0).step("in");
    assertThat(step.logs().get(0).message()).isEqualTo("got ***");
    assertThat(step.outputs()).containsEntry("token", "***");
  }

  @Test
  void a_secret_is_hidden_in_message_hint_and_details_of_a_failure() {
    kit.variable("TOKEN", SECRET);
    RunResult result =
        run(
            """
            flow:
              name: details
              config: {secrets: [TOKEN]}
              steps: [{id: no, action: refuse, config: {value: "${TOKEN}"}}]
            """);

    assertThat(result.flows().get(0).failure().orElseThrow().message()).isEqualTo("no ***");
    assertThat(result.flows().get(0).failure().orElseThrow().hint()).contains("not with ***");
  }

  @Test
  void a_secret_is_hidden_in_a_stack_trace() {
    kit.variable("TOKEN", SECRET);
    run(
        """
        flow:
          name: trace
          config: {secrets: [TOKEN]}
          steps: [{id: no, action: break, config: {value: "${TOKEN}"}}]
        """);
  }

  @Test
  void a_secret_that_is_written_in_the_flow_is_hidden_in_the_lines_that_are_shown() {
    run(
        """
        flow:
          name: inline
          steps: [{id: no, action: connect, config: {password: hunter22-s3cret, url: "http://x"}}]
        """);
  }

  @Test
  void a_secret_that_is_written_is_hidden_when_a_placeholder_beside_it_has_no_value() {
    run(
        """
        flow:
          name: beside
          env: {M: {a: 1}}
          steps:
            - {id: a, action: connect, on_error: continue,
               config: {url: "${M.b}", password: hunter22-s3cret}}
            - {id: b, action: connect, config: {port: "${M}", password: hunter22-s3cret}}
        """);
  }

  @Test
  void a_nested_secret_that_is_written_in_the_flow_is_hidden_too() {
    run(
        """
        flow:
          name: inline
          steps: [{id: no, action: connect, config: {auth: {type: a, token: hunter22-s3cret}}}]
        """);
  }

  @Test
  void a_secret_of_the_env_is_hidden_in_an_assertion_that_spells_it_out() {
    run(
        """
        flow:
          name: spelled
          env: {pass: hunter22-s3cret}
          config: {secrets: [pass]}
          steps: [{id: s, action: echo, config: {value: "${pass}"},
            assert: ['said == "hunter22-s3cret!"', said, {expression: '1 == 2', message: "hunter22-s3cret"}]}]
        """);
  }

  @Test
  void a_secret_is_hidden_in_problems_before_the_run() {
    run(
        """
        flow:
          name: problems
          steps: [{action: connect, config: {password: hunter22-s3cret, prot: 1}}]
        """);
    run(
        """
        flow:
          name: problems
          steps: [{action: connect, config: {auth: {type: a, token: [hunter22-s3cret]}}}]
        """);
    run(
        """
        flow:
          name: problems
          env: {pass: hunter22-s3cret, b: "${nobody}"}
          config: {secrets: [pass]}
          steps: [{action: log, config: {message: "hunter22-s3cret ${nobody}"}}]
        """);
  }

  @Test
  void the_value_of_a_secret_key_that_has_the_wrong_type_is_not_shown() {
    kit.variable("BAD", Map.of("key", SECRET));
    run(
        """
        flow:
          name: type
          steps: [{id: s, action: connect, config: {password: "${BAD}"}}]
        """);
  }

  @Test
  void a_condition_that_spells_a_secret_out_is_hidden_in_the_reason_for_skipping() {
    run(
        """
        flow:
          name: when
          env: {pass: hunter22-s3cret}
          config: {secrets: [pass]}
          steps: [{id: s, name: "with hunter22-s3cret", action: log, when: 'pass != "hunter22-s3cret"',
            config: {message: a}}]
        """);
  }

  @Test
  void a_secret_is_hidden_where_it_stands_as_json_text() {
    String secret = "a\"b\\c\nd-secret";
    kit.variable("TOKEN", secret);

    RunResult result =
        kit.run(
            """
            flow:
              name: json
              config: {secrets: [TOKEN]}
              steps: [{id: s, action: echo, config: {value: "x ${[TOKEN]}"}}]
            """);

    assertThat(result.flows().get(0).step("s").result()).containsEntry("said", "x [\"***\"]");
  }

  @Test
  void a_secret_that_is_too_short_to_be_hidden_everywhere_is_warned_of_once() {
    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: short
              env: {pin: abc}
              config: {secrets: [pin, given]}
              inputs: {given: {default: 17}}
              steps:
                - {id: s, action: mark, config: {name: "${pin}", value: "a ${pin} b"}}
            """);

    assertThat(flow.step("s").config()).containsEntry("name", "***");
    assertThat(flow.warnings())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "the secret \"pin\" is shorter than 4 characters: it is masked only where it is a whole"
                + " value",
            "the secret \"given\" is shorter than 4 characters: it is masked only where it is a whole"
                + " value");
  }

  /** Renders with everything in it. */
  private static final class Shown {
    static String of(io.testmesh.result.Failure f) {
      StringBuilder all = new StringBuilder();
      all.append(f.message()).append(f.hint()).append(f.details()).append(f.excerpt());
      all.append(f.stackTrace());
      f.others().forEach(o -> all.append(of(o)));
      return all.toString();
    }

    static String of(io.testmesh.result.ResultNode node) {
      StringBuilder all = new StringBuilder();
      if (node instanceof StepResult s) {
        all.append(s.name()).append(s.skipReason()).append(s.config()).append(s.result());
        all.append(s.outputs()).append(s.logs()).append(s.assertions()).append(s.summary());
        s.failure().ifPresent(f -> all.append(of(f)));
        s.attempts().forEach(a -> a.failure().ifPresent(f -> all.append(of(f))));
      }
      node.children().forEach(child -> all.append(of(child)));
      return all.toString();
    }
  }
}

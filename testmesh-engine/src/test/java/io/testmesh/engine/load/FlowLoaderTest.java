package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.testmesh.engine.load.FlowLoader.Loaded;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Output;
import io.testmesh.flow.Phase;
import io.testmesh.flow.Retry;
import io.testmesh.flow.Step;
import io.testmesh.result.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowLoaderTest {

  private static Loaded load(String text) {
    return new FlowLoader(5_000_000)
        .load("flow.yaml", Path.of("flow.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Flow flow(String text) {
    Loaded loaded = load(text);
    assertThat(loaded.problems()).isEmpty();
    Flow flow = loaded.flow();
    assertThat(flow).isNotNull();
    return flow;
  }

  private static Step step(String keys) {
    return flow("flow:\n  name: x\n  steps:\n    - action: log\n" + keys.indent(6))
        .steps(Phase.STEPS)
        .get(0);
  }

  @Test
  void a_retry_arrives_with_what_it_leaves_out() {
    Retry linear = retry("{max_attempts: 100, backoff: linear, delay: 0, max_delay: 2m}");

    assertThat(linear.maxAttempts()).isEqualTo(100);
    assertThat(linear.backoff()).isEqualTo(Retry.Backoff.LINEAR);
    assertThat(linear.delay()).isZero();
    assertThat(linear.maxDelay()).isEqualTo(Duration.ofMinutes(2));
    assertThat(retry("{max_attempts: 1}").backoff()).isEqualTo(Retry.Backoff.EXPONENTIAL);
    assertThat(retry("{max_attempts: 1}").delay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(retry("{max_attempts: 1}").maxDelay()).isEqualTo(Duration.ofSeconds(30));
    assertThat(retry("{max_attempts: 1, backoff: constant}").backoff())
        .isEqualTo(Retry.Backoff.CONSTANT);
    assertThat(retry("{max_attempts: 1, backoff: exponential}").backoff())
        .isEqualTo(Retry.Backoff.EXPONENTIAL);
    assertThat(retry("{max_attempts: 2, retry_on: [connection_error, timeout]}").retryOn())
        .extracting(Retry.Condition::text)
        .containsExactly("connection_failed", "timeout");
  }

  private static Retry retry(String written) {
    return step("retry: " + written).retry().orElseThrow();
  }

  @Test
  void every_key_of_a_flow_arrives_in_the_model() {
    Flow flow =
        flow(
            """
            flow:
              name: everything ${STAGE}
              description: all keys
              version: 1.10
              suite: orders
              author: ada
              tags: [smoke, größe]
              env_file: .env
              env: {A: 1, B: "${A}", C: null, D: [x, {y: z}]}
              config:
                timeout: 5m
                teardown_timeout: 10s
                step_timeout: 500
                fail_fast: false
                retry: {max_attempts: 3}
                faker: {seed: 7, locale: de}
                connections: {db: {host: localhost, port: 5432}}
                otel: {endpoint: "http://localhost:4318"}
                secrets: [PASSWORD]
              inputs:
                user: null
                role: guest
              setup: [{action: log}]
              steps: [{action: log}, {id: named, action: log}, {action: log}]
              teardown: [{action: log}]
            """);

    assertThat(flow.name()).isEqualTo("everything ${STAGE}");
    assertThat(flow.description()).contains("all keys");
    assertThat(flow.version()).isEqualTo("1.10");
    assertThat(flow.suite()).contains("orders");
    assertThat(flow.author()).contains("ada");
    assertThat(flow.tags()).containsExactly("smoke", "größe");
    assertThat(flow.envFile()).contains(".env");
    assertThat(flow.env().keySet()).containsExactly("A", "B", "C", "D");
    assertThat(flow.env().get("A")).isEqualTo(1L);
    assertThat(flow.env().get("C")).isNull();
    assertThat(flow.env().get("D")).isEqualTo(List.of("x", Map.of("y", "z")));
    assertThat(flow.settings().timeout()).contains(Duration.ofMinutes(5));
    assertThat(flow.settings().teardownTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(flow.settings().stepTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(flow.settings().failFast()).isFalse();
    assertThat(flow.settings().retry()).contains(Retry.attempts(3));
    assertThat(flow.settings().seed()).contains(7L);
    assertThat(flow.settings().locale()).contains("de");
    assertThat(flow.settings().connections().get("db"))
        .isEqualTo(Map.of("host", "localhost", "port", 5432L));
    assertThat(flow.settings().otel()).containsEntry("endpoint", "http://localhost:4318");
    assertThat(flow.settings().secrets()).containsExactly("PASSWORD");
    assertThat(flow.inputs())
        .isEqualTo(
            Map.of("user", new Input(true, null, null), "role", new Input(false, "guest", null)));
    assertThat(flow.file()).contains(Path.of("flow.yaml"));
    assertThat(ids(flow.steps(Phase.SETUP))).containsExactly("setup_1");
    assertThat(ids(flow.steps(Phase.STEPS))).containsExactly("step_1", "named", "step_3");
    assertThat(ids(flow.steps(Phase.TEARDOWN))).containsExactly("teardown_1");
  }

  private static List<String> ids(List<Step> steps) {
    return steps.stream().map(step -> step.id().orElse("none")).toList();
  }

  @Test
  void a_flow_that_says_little_has_the_defaults() {
    Flow flow = flow("{\"flow\": {\"name\": \"x\", \"steps\": [{\"action\": \"log\"}]}}");

    assertThat(flow.version()).isEqualTo("1.0.0");
    assertThat(flow.settings().timeout()).isEmpty();
    assertThat(flow.settings().stepTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(flow.settings().failFast()).isTrue();
    Step step = flow.steps(Phase.STEPS).get(0);
    assertThat(step.config()).isEmpty();
    assertThat(step.when()).isEmpty();
    assertThat(step.onError()).isEqualTo(OnError.FAIL);
    assertThat(step.onTimeout()).isEmpty();
    assertThat(step.disabled()).isFalse();
  }

  @Test
  void every_key_of_a_step_arrives_in_the_model() {
    Step step =
        step(
            """
            id: pay-now
            name: pay ${id}
            description: pays
            tags: [money]
            config: {url: "${base}/pay", amount: 19.99, list: [1, null]}
            when: total > 0
            assert:
              - status == 200
              - {expression: body.ok, message: "not ${ok}"}
              - true
            assert_any: [a, b]
            assert_none: [c]
            output:
              id: $.body.id
              total: {path: body.total, default: 0}
              nothing: {path: body.x, default: null}
            timeout: 1.5s
            within: 1m30s
            every: 250
            disabled: true
            """);

    assertThat(step.id()).contains("pay-now");
    assertThat(step.action()).isEqualTo("log");
    assertThat(step.name()).contains("pay ${id}");
    assertThat(step.description()).contains("pays");
    assertThat(step.tags()).containsExactly("money");
    assertThat(step.config().keySet()).containsExactly("url", "amount", "list");
    assertThat(step.config().get("amount")).isEqualTo(19.99);
    assertThat(step.when().map(Assertion::expression)).contains("total > 0");
    assertThat(step.assertions())
        .extracting(Assertion::expression, Assertion::message)
        .containsExactly(
            tuple("status == 200", null), tuple("body.ok", "not ${ok}"), tuple("true", null));
    assertThat(step.anyAssertions()).extracting(Assertion::expression).containsExactly("a", "b");
    assertThat(step.noneAssertions()).extracting(Assertion::expression).containsExactly("c");
    assertThat(step.outputs().keySet()).containsExactly("id", "total", "nothing");
    assertThat(step.outputs().values())
        .extracting(Output::expression, Output::hasDefault, Output::defaultValue)
        .containsExactly(
            tuple("$.body.id", false, null),
            tuple("body.total", true, 0L),
            tuple("body.x", true, null));
    assertThat(step.timeout()).contains(Duration.ofMillis(1500));
    assertThat(step.within()).contains(Duration.ofSeconds(90));
    assertThat(step.every()).contains(Duration.ofMillis(250));
    assertThat(step.disabled()).isTrue();
  }

  @Test
  void save_is_output() {
    assertThat(step("save: {a: body.id}").outputs().keySet()).containsExactly("a");
  }

  @Test
  void a_retry_has_its_defaults_and_one_spelling() {
    Retry retry =
        step("retry: {max_attempts: 4, delay: 0, retry_on: [connection_error, status == 503]}")
            .retry()
            .orElseThrow();

    assertThat(retry.maxAttempts()).isEqualTo(4);
    assertThat(retry.delay()).isEqualTo(Duration.ZERO);
    assertThat(retry.backoff()).isEqualTo(Retry.Backoff.EXPONENTIAL);
    assertThat(retry.maxDelay()).isEqualTo(Duration.ofSeconds(30));
    assertThat(retry.retryOn())
        .extracting(Retry.Condition::text)
        .containsExactly("connection_failed", "status == 503");
  }

  @Test
  void on_error_as_text_and_as_map_is_the_same() {
    assertThat(step("on_error: continue").onError()).isEqualTo(OnError.CONTINUE);
    Step map = step("on_error: {action: continue, on_timeout: fail, error_steps: [{action: log}]}");
    assertThat(map.onError()).isEqualTo(OnError.CONTINUE);
    assertThat(map.onTimeout()).contains(OnError.FAIL);
    assertThat(ids(map.errorSteps())).containsExactly("step_1_error_1");
    assertThat(ids(step("error_steps: [{action: log}, {id: x, action: log}]").errorSteps()))
        .containsExactly("step_1_error_1", "x");
  }

  @Test
  void on_error_retry_may_lean_on_the_retry_of_the_flow() {
    Flow flow =
        flow(
            """
            flow:
              name: x
              config: {retry: {max_attempts: 2}}
              steps: [{action: log, on_error: retry}]
            """);

    assertThat(flow.steps(Phase.STEPS).get(0).onError()).isEqualTo(OnError.RETRY);
  }

  @Test
  void inputs_are_declarations_or_defaults() {
    Map<String, Input> inputs =
        flow("""
        flow:
          name: x
          inputs:
            a: {required: true, description: who}
            b: {default: 5}
            c: {required: false}
            d: {description: no default}
            e: {name: ada}
            f: [1]
            g: {default: null}
          steps: [{action: log}]
        """)
            .inputs();

    assertThat(inputs.get("a")).isEqualTo(new Input(true, null, "who"));
    assertThat(inputs.get("b")).isEqualTo(new Input(false, 5L, null));
    assertThat(inputs.get("c")).isEqualTo(new Input(false, null, null));
    assertThat(inputs.get("d")).isEqualTo(new Input(true, null, "no default"));
    assertThat(inputs.get("e")).isEqualTo(new Input(false, Map.of("name", "ada"), null));
    assertThat(inputs.get("f")).isEqualTo(new Input(false, List.of(1L), null));
    assertThat(inputs.get("g")).isEqualTo(new Input(true, null, null));
  }

  @Test
  void inline_rows_keep_their_types_and_places() {
    DataSource rows =
        flow("""
        flow:
          name: x
          data_source:
            type: inline
            rows:
              - {name: ada, age: 36}
              - {age: 85, name: grace}
          steps: [{action: log}]
        """)
            .dataSource()
            .orElseThrow();

    assertThat(rows.kind()).isEqualTo(DataSource.Kind.INLINE);
    assertThat(rows.rows())
        .containsExactly(Map.of("name", "ada", "age", 36L), Map.of("name", "grace", "age", 85L));
    assertThat(rows.source().at("rows", 1).value().line()).isEqualTo(7);
  }

  @Test
  void anchors_and_merge_keys_are_resolved() {
    Flow flow =
        flow(
            """
            flow:
              name: x
              env:
                base: &base {a: 1, b: 2}
                own: {<<: *base, b: 3, c: 4}
                both: {<<: [{a: 5}, *base]}
                again: *base
              steps: [{action: log}]
            """);

    assertThat(flow.env().get("own")).isEqualTo(Map.of("a", 1L, "b", 3L, "c", 4L));
    assertThat(flow.env().get("both")).isEqualTo(Map.of("a", 5L, "b", 2L));
    assertThat(flow.env().get("again")).isEqualTo(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void every_part_knows_its_place() {
    Flow flow =
        flow(
            """
            # places
            flow:
              name: x
              steps:
                - id: first
                  action: log
                  when: 'a == ''b'''
                  config: {url: "x"}
                  assert:
                    - "\\tstatus == 200"
                    - {message: m, expression: body}
                  output:
                    a: {default: 1, path: $.b}
                  retry: {max_attempts: 2, retry_on: [timeout]}
            """);

    Step step = flow.steps(Phase.STEPS).get(0);
    assertThat(flow.source().key()).hasToString("flow.yaml:2:1");
    assertThat(flow.source().at("name").value()).hasToString("flow.yaml:3:9");
    assertThat(step.source().value()).hasToString("flow.yaml:5:7");
    assertThat(step.source().at("config", "url").key()).hasToString("flow.yaml:8:16");
    assertThat(step.source().at("config", "url").value()).hasToString("flow.yaml:8:21");
    assertThat(step.source().at("config", "body", "x").key()).hasToString("flow.yaml:8:7");
    assertThat(step.when().orElseThrow().source().within(5, 6)).hasToString("flow.yaml:7:19");
    assertThat(step.assertions().get(0).source().within(1, 7)).hasToString("flow.yaml:10:14");
    assertThat(step.assertions().get(1).source().within(0, 4)).hasToString("flow.yaml:11:36");
    assertThat(step.outputs().get("a").source().within(0, 3)).hasToString("flow.yaml:13:31");
    assertThat(step.retry().orElseThrow().retryOn().get(0).source().value())
        .hasToString("flow.yaml:14:43");
  }

  @Test
  void a_problem_shows_its_lines() {
    Problem problem =
        load("flow:\n  name: x\n  steps:\n    - action: log\n      asert: [a]\n").problems().get(0);

    assertThat(problem.excerpt())
        .containsExactly(
            "    4 |     - action: log", "    5 |       asert: [a]", "      |       ^^^^^");
  }

  @Test
  void a_file_that_is_too_large_is_refused_by_its_size() {
    FlowLoader loader = new FlowLoader(10);

    assertThat(loader.load("a.yaml", null, new byte[10]).problems())
        .noneMatch(problem -> problem.message().contains("bytes"));
    assertThat(loader.load("a.yaml", null, new byte[11]).problems())
        .extracting(Problem::code, Problem::toString)
        .containsExactly(
            tuple(
                "yaml_limit",
                "a.yaml:1:1 the file has 11 bytes, more than the 10 that are allowed;"
                    + " --max-file-size sets another limit"));
    assertThat(loader.tooLarge("a.yaml", 10)).isNull();
  }

  @Test
  void a_file_of_garbage_does_not_give_endless_problems() {
    StringBuilder text = new StringBuilder("flow:\n  name: x\n  steps: [{action: log}]\n");
    for (int i = 0; i < 2000; i++) {
      text.append("  x").append(i).append(": 1\n");
    }

    List<Problem> problems = load(text.toString()).problems();

    assertThat(problems).hasSize(501);
    assertThat(problems.get(500).message()).isEqualTo("1500 more problems are not shown");
  }
}

package io.testmesh.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final SourceSpan STEP = new SourceSpan("orders.yaml", 12, 7, 12, 9);
  private static final SourceSpan PLACE = new SourceSpan("orders.yaml", 21, 9, 21, 32);
  private static final List<String> EXCERPT =
      List.of(
          "   20 |     assert:",
          "   21 |       - body.total == 3 * 19.99",
          "      |         ^^^^^^^^^^^^^^^^^^^^^^^");

  @Test
  void a_failed_assertion_shows_place_values_and_answer() {
    Failure failure = failure("assertion_failed", "1 of 1 assertions does not hold");
    StepResult step =
        step("create_order", "http_request", new Outcome.Failed(failure, false))
            .attempts(List.of(attempt(1, failure), attempt(2, failure), attempt(3, failure)))
            .assertions(List.of(totals()))
            .summary(
                new ActionSummary(
                    "POST http://127.0.0.1:8080/orders",
                    "response: 201, application/json, 41 bytes",
                    "{\"id\":\"o-17\",\"total\":59.96,\"status\":\"new\"}"))
            .build();

    assertThat(Diagnosis.of(flow("create order", Status.FAILED, failure, step)))
        .isEqualTo(
            """
            FAILED  create order  (orders.yaml:12)  212 ms
              step create_order  http_request POST http://127.0.0.1:8080/orders  attempt 3 of 3

              orders.yaml:21:9
               20 |     assert:
               21 |       - body.total == 3 * 19.99
                  |         ^^^^^^^^^^^^^^^^^^^^^^^
              body.total   = 59.96 (number)
              3 * 19.99    = 59.97 (number)

              response: 201, application/json, 41 bytes
                {"id":"o-17","total":59.96,"status":"new"}
            """);
  }

  @Test
  void what_a_message_quotes_stands_below_its_first_line_which_has_the_hint() {
    Failure refused =
        failure("action_failed", "refused at position 10\nSELECT * FORM t\n         ^\u001b[31m")
            .toBuilder()
            .hint("is it spelled FROM?")
            .build();
    Failure first = failure("action_failed", "not yet\nSELECT 1\n^");
    StepResult step =
        step("ask", "query", new Outcome.Failed(refused, false))
            .attempts(List.of(attempt(1, first), attempt(2, refused)))
            .build();

    assertThat(Diagnosis.of(flow("rows", Status.FAILED, refused, step)))
        .isEqualTo(
            """
            FAILED  rows  (orders.yaml:12)  212 ms
              step ask  query  attempt 2 of 2
              attempt 1: not yet

              orders.yaml:21:9 refused at position 10; is it spelled FROM?
                  SELECT * FORM t
                           ^\\u001b[31m
               20 |     assert:
               21 |       - body.total == 3 * 19.99
                  |         ^^^^^^^^^^^^^^^^^^^^^^^
            """);
    assertThat(Diagnosis.of(step))
        .contains(
            """
                action_failed: refused at position 10
                  SELECT * FORM t
            """);
    assertThat(refused.toBuilder().hint(null).build().explanation()).isEqualTo(refused.message());
  }

  @Test
  void an_action_that_failed_shows_its_message_hint_and_earlier_attempts() {
    Failure refused = failure("connection_failed", "127.0.0.1:1 refused the connection");
    Failure late = failure("timeout", "no answer in 1 s").toBuilder().hint("is it up?").build();
    StepResult step =
        step("call", "http_request", new Outcome.Failed(late, false))
            .attempts(List.of(attempt(1, refused), attempt(2, late)))
            .build();

    assertThat(Diagnosis.of(flow("ping", Status.FAILED, late, step)))
        .isEqualTo(
            """
            FAILED  ping  (orders.yaml:12)  212 ms
              step call  http_request  attempt 2 of 2
              attempt 1: 127.0.0.1:1 refused the connection

              orders.yaml:21:9 no answer in 1 s; is it up?
               20 |     assert:
               21 |       - body.total == 3 * 19.99
                  |         ^^^^^^^^^^^^^^^^^^^^^^^
            """);
  }

  @Test
  void the_authors_message_and_what_kept_an_assertion_from_holding_stand_at_the_place() {
    Failure failure = failure("assertion_failed", "2 of 2 assertions do not hold");
    AssertionResult none =
        new AssertionResult(
            AssertionResult.Kind.NONE,
            "status == 200",
            "erwartet: Größe 🎈",
            false,
            SourceSpan.NONE,
            List.of(new ObservedValue("status", 200L)),
            null,
            null,
            List.of(),
            List.of());
    AssertionResult wrong =
        new AssertionResult(
            AssertionResult.Kind.ALL,
            "body.totl == 1",
            null,
            false,
            PLACE,
            List.of(),
            "body has no key \"totl\"",
            "did you mean \"total\"?",
            List.of("- 1", "+ 2"),
            List.of());
    StepResult step =
        step("s", "log", new Outcome.Failed(failure, false))
            .assertions(List.of(none, wrong))
            .build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, failure, step)))
        .contains(
            "\n  this must not hold: erwartet: Größe 🎈: assert_none status == 200\n"
                + "  status   = 200 (number)\n")
        .contains(
            "\n  orders.yaml:21:9 body has no key \"totl\"; did you mean \"total\"?:"
                + " assert body.totl == 1\n  - 1\n  + 2\n");
  }

  @Test
  void a_nested_step_stands_for_the_step_that_failed_because_of_it() {
    Failure inner = failure("action_failed", "boom").toBuilder().step("inner").build();
    StepResult nested = step("inner", "log", new Outcome.Failed(inner, false)).build();
    StepResult outer =
        step("outer", "for_each", new Outcome.Failed(inner, false))
            .result(Map.of("results", List.of(Map.of("index", 0L, "item", "ann"))))
            .children(List.of(new GroupResult(null, 0, Status.FAILED, false, List.of(nested))))
            .build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, inner, outer)))
        .contains("  step inner  log\n  in outer, index 0, item \"ann\"\n")
        .doesNotContain("step outer");
  }

  @Test
  void a_round_without_a_known_item_is_named_by_its_number_and_a_branch_is_no_round() {
    Failure cause = failure("action_failed", "boom").toBuilder().step("inner").build();
    StepResult nested = step("inner", "log", new Outcome.Failed(cause, false)).build();
    GroupResult branch = new GroupResult("left", -1, Status.FAILED, false, List.of(nested));
    StepResult parallel =
        step("both", "parallel", new Outcome.Failed(cause, false))
            .children(List.of(branch))
            .build();
    StepResult loop =
        step("loop", "for_each", new Outcome.Failed(cause, false))
            .children(List.of(new GroupResult(null, 7, Status.FAILED, false, List.of(parallel))))
            .build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, cause, loop)))
        .contains("  step inner  log\n  in loop, index 7\n")
        .doesNotContain("both");
  }

  @Test
  void a_teardown_failure_is_shown_after_the_first_failure() {
    Failure first = failure("action_failed", "first");
    Failure second = failure("action_failed", "second");
    StepResult step = step("a", "log", new Outcome.Failed(first, false)).build();
    StepResult teardown =
        StepResult.builder("b", Phase.TEARDOWN, "log", new Outcome.Failed(second, false)).build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, first, step, teardown)))
        .containsSubsequence("step a  log", "first", "teardown step b  log", "second");
  }

  @Test
  void a_tolerated_failure_is_not_blamed() {
    Failure cause = failure("action_failed", "tolerated one");
    Failure flowFailure = Failure.builder("timeout", "the flow took longer than 1 s").build();
    StepResult step = step("a", "log", new Outcome.Failed(cause, true)).build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, flowFailure, step)))
        .contains("the flow took longer than 1 s")
        .doesNotContain("tolerated one");
  }

  @Test
  void a_flow_whose_steps_are_not_kept_still_names_step_and_place() {
    Failure failure = failure("action_failed", "boom").toBuilder().step("late").build();

    assertThat(Diagnosis.of(flow("f", Status.FAILED, failure)))
        .contains("step late\n", "orders.yaml:21:9 boom", "^^^^");
  }

  @Test
  void many_flows_that_never_started_are_one_line() {
    List<FlowResult> flows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      flows.add(
          FlowResult.builder(i, "f" + i, Status.CANCELLED)
              .failure(Failure.builder("cancelled", "an earlier flow failed").build())
              .build());
    }

    assertThat(Diagnosis.ofFlows(flows))
        .isEqualTo("CANCELLED  3 flows did not start: an earlier flow failed\n\n");
  }

  @Test
  void a_problem_shows_place_hint_and_the_marked_line() {
    Problem problem =
        Problem.error("unknown_key", "unknown key \"asert\"", PLACE, "did you mean \"assert\"?")
            .withExcerpt(EXCERPT);

    assertThat(Diagnosis.of(problem))
        .isEqualTo(
            """
            orders.yaml:21:9 unknown key "asert"; did you mean "assert"?
               20 |     assert:
               21 |       - body.total == 3 * 19.99
                  |         ^^^^^^^^^^^^^^^^^^^^^^^
            """);
    assertThat(Diagnosis.of(Problem.warning("x", "odd", SourceSpan.NONE, null)))
        .isEqualTo("warning: odd\n");
  }

  @Test
  void a_terminal_never_obeys_what_a_test_received() {
    Failure failure = Failure.builder("action_failed", "red \u001b[31m\u202e text").build();

    assertThat(Diagnosis.of(flow("a\u001b[2J\nb", Status.FAILED, failure)))
        .contains("a\\u001b[2J\\nb", "red \\u001b[31m\\u202e text")
        .doesNotContain("\u001b");
  }

  @Test
  void values_show_their_types_and_long_ones_are_cut() {
    assertThat(value("a")).isEqualTo("v = \"a\" (text)\n");
    assertThat(value(null)).isEqualTo("v = null\n");
    assertThat(value(true)).isEqualTo("v = true (boolean)\n");
    assertThat(value(List.of(1L, "x\"\n"))).isEqualTo("v = [1,\"x\\\"\\n\"] (list of 2)\n");
    assertThat(value(Map.of("k", 1.0))).isEqualTo("v = {\"k\":1.0} (map)\n");
    assertThat(value("🎈".repeat(10_000))).hasSizeLessThan(4100).endsWith("🎈… (cut) (text)\n");
    assertThat(value(List.of("x".repeat(9000), "y"))).hasSizeLessThan(4100).doesNotContain("y");
  }

  @Test
  void the_summary_counts_what_there_is() {
    RunSummary counts = new RunSummary(3, 2, 1, 0, 0, 0, 14, 0, 0);
    assertThat(summary(RunStatus.FAILED, counts, 1234))
        .isEqualTo("3 flows: 2 passed, 1 failed; 14 steps in 1.2 s");
    assertThat(summary(RunStatus.PASSED, new RunSummary(1, 1, 0, 0, 0, 0, 1, 0, 0), 12))
        .isEqualTo("1 flow: 1 passed; 1 step in 12 ms");
    assertThat(summary(RunStatus.CANCELLED, new RunSummary(4, 1, 0, 1, 1, 1, 2, 5, 1), 125_000))
        .isEqualTo(
            "4 flows: 1 passed, 1 error, 1 cancelled, 1 skipped; 2 steps, 5 skipped,"
                + " 1 tolerated failure in 2 min 5 s");
    assertThat(summary(RunStatus.EMPTY, RunSummary.NONE, 0))
        .isEqualTo("0 flows: nothing was selected");
  }

  @Test
  void a_run_that_is_not_valid_says_that_nothing_ran() {
    RunResult run =
        RunResult.builder(RunStatus.INVALID)
            .problems(
                List.of(
                    Problem.error("a", "b", PLACE, null),
                    Problem.error("a", "c", STEP, null),
                    Problem.warning("a", "d", STEP, null)))
            .build();

    assertThat(Diagnosis.summaryLine(run)).isEqualTo("2 problems in 1 file; nothing ran");
  }

  @Test
  void an_assertion_error_carries_the_whole_diagnosis() {
    Failure failure = failure("action_failed", "boom");
    RunResult run =
        RunResult.builder(RunStatus.FAILED)
            .flows(List.of(flow("f", Status.FAILED, failure)))
            .summary(RunSummary.NONE.plus(flow("f", Status.FAILED, failure)))
            .build();

    assertThatThrownBy(run::orThrow)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("FAILED  f  (orders.yaml:1)  212 ms")
        .hasMessageContaining("boom")
        .hasMessageEndingWith("1 flow: 1 failed; 0 steps in 0 ms\n");
  }

  @Test
  void a_step_in_full_shows_call_answer_and_outputs() {
    StepResult step =
        step("s", "http_request", new Outcome.Passed())
            .config(Map.of("url", "http://x"))
            .outputs(Map.of("id", 17L))
            .summary(new ActionSummary("GET http://x", "response: 200", "line 1\r\nline 2"))
            .build();

    assertThat(Diagnosis.of(step))
        .isEqualTo(
            """
              passed  s  http_request GET http://x  0 ms
                config: {"url":"http://x"}
                response: 200
                  line 1
                  line 2
                id = 17 (number)
            """);
  }

  private static String value(@Nullable Object value) {
    StringBuilder to = new StringBuilder();
    StepText.value(to, "v", 1, value);
    return to.toString();
  }

  private static String summary(RunStatus status, RunSummary counts, long millis) {
    return Diagnosis.summaryLine(
        RunResult.builder(status).summary(counts).duration(Duration.ofMillis(millis)).build());
  }

  private static AssertionResult totals() {
    return new AssertionResult(
        AssertionResult.Kind.ALL,
        "body.total == 3 * 19.99",
        null,
        false,
        PLACE,
        List.of(new ObservedValue("body.total", 59.96), new ObservedValue("3 * 19.99", 59.97)),
        null,
        null,
        List.of(),
        EXCERPT);
  }

  private static Failure failure(String code, String message) {
    return Failure.builder(code, message).span(PLACE).excerpt(EXCERPT).build();
  }

  private static AttemptResult attempt(int number, Failure failure) {
    return new AttemptResult(number, Status.FAILED, Instant.EPOCH, Duration.ZERO, failure);
  }

  private static StepResult.Builder step(String id, String action, Outcome outcome) {
    return StepResult.builder(id, Phase.STEPS, action, outcome).span(STEP);
  }

  private static FlowResult flow(String name, Status status, Failure failure, ResultNode... steps) {
    return FlowResult.builder(0, name, status)
        .file("orders.yaml")
        .line(1)
        .duration(Duration.ofMillis(212))
        .failure(failure)
        .steps(List.of(steps))
        .build();
  }
}

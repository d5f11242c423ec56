package io.testmesh.report;

import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.Level;
import io.testmesh.result.LogEntry;
import io.testmesh.result.ObservedValue;
import io.testmesh.result.Outcome;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepCounts;
import io.testmesh.result.StepResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results with everything that a page can show. */
final class HtmlSamples {
  /** Would run a script, end the data or break a line of it if any part trusted values. */
  static final String HOSTILE =
      "</script><script>window.hacked=1</script><!-- <img src=x onerror=window.hacked=1> & \u2028'\"";

  private HtmlSamples() {}

  static StepResult.Builder step(String id, String action, Outcome outcome, int atMillis) {
    return StepResult.builder(id, Phase.STEPS, action, outcome)
        .started(Samples.START.plusMillis(atMillis))
        .duration(Duration.ofMillis(40));
  }

  /** A call with a body of some 600 characters. */
  static StepResult http(String id, Outcome outcome, int atMillis) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      items.add(
          Map.of("id", "item-" + atMillis * 31 + i, "title", "A book of tests, part " + i, "n", i));
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", new BigInteger("12345678901234567890"));
    body.put("total", 1.0);
    body.put("items", items);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("status", 200L);
    result.put("headers", Map.of("Content-Type", "application/json"));
    result.put("header_values", Map.of("Content-Type", List.of("application/json")));
    result.put("body", body);
    return step(id, "http_request", outcome, atMillis)
        .config(Map.of("method", "GET", "url", "http://127.0.0.1:8080/orders/" + atMillis))
        .result(result)
        .outputs(Map.of("order_id", "o-" + atMillis))
        .assertions(List.of(holds("status == 200", "status", 200L)))
        .attempts(
            List.of(
                new AttemptResult(1, outcome.status(), Samples.START, Duration.ofMillis(40), null)))
        .build();
  }

  private static AssertionResult holds(String expression, String part, Object value) {
    return new AssertionResult(
        AssertionResult.Kind.ALL,
        expression,
        null,
        true,
        Samples.PLACE,
        List.of(new ObservedValue(part, value)),
        null,
        null,
        List.of(),
        List.of());
  }

  /** A flow that fails, with rounds, branches, attempts, logs and a tolerated failure. */
  static FlowResult failing(int index) {
    Failure failure =
        Failure.builder("assertion_failed", "body.total == 3 does not hold: body.total is 2")
            .span(Samples.PLACE)
            .step("create_order")
            .build();
    List<ResultNode> steps =
        List.of(
            broken(failure),
            tolerated(),
            loop(),
            step("bye", "log", new Outcome.Passed(), 300)
                .config(Map.of("message", HOSTILE))
                .logs(List.of(new LogEntry(Level.WARN, HOSTILE, Samples.START)))
                .build());
    return Samples.flow(index, "create order", "orders.yaml", Status.FAILED)
        .tags(List.of("smoke"))
        .failure(failure)
        .counts(new StepCounts(6, 1, 1))
        .steps(steps)
        .warnings(List.of(Problem.warning("odd", "an odd thing", SourceSpan.NONE, null)))
        .build();
  }

  private static StepResult broken(Failure failure) {
    AssertionResult assertion =
        new AssertionResult(
            AssertionResult.Kind.ALL,
            "body.total == 3",
            "the total is wrong",
            false,
            Samples.PLACE,
            List.of(new ObservedValue("body.total", 2L)),
            null,
            null,
            List.of("[0].count: 2 (number) instead of 3 (number)"),
            List.of("   21 |   - body.total == 3", "      |     ^^^^^^^^^^^^^^^"));
    AttemptResult first =
        new AttemptResult(1, Status.FAILED, Samples.START, Duration.ofMillis(20), failure);
    AttemptResult second =
        new AttemptResult(2, Status.FAILED, Samples.START, Duration.ofMillis(21), failure);
    return http("create_order", new Outcome.Failed(failure, false), 0).toBuilder()
        .assertions(List.of(holds("status == 200", "status", 200L), assertion))
        .attempts(List.of(first, second))
        .logs(List.of(new LogEntry(Level.INFO, "hello from the log", Samples.START)))
        .build();
  }

  private static StepResult tolerated() {
    Failure failure = Failure.builder("connection_failed", "nobody listens there").build();
    return step("optional", "http_request", new Outcome.Failed(failure, true), 100).build();
  }

  private static StepResult loop() {
    List<ResultNode> rounds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      StepResult inner = step("inner_" + i, "log", new Outcome.Passed(), 150 + i).build();
      rounds.add(new GroupResult(null, i, Status.PASSED, false, List.of(inner)));
    }
    rounds.add(new GroupResult("left", -1, Status.PASSED, false, List.of(Samples.skipped())));
    return step("each", "for_each", new Outcome.Passed(), 150).children(rounds).build();
  }

  /** Flows of twenty calls. */
  static FlowResult[] many(int count) {
    FlowResult[] flows = new FlowResult[count];
    for (int i = 0; i < count; i++) {
      List<ResultNode> steps = new ArrayList<>();
      for (int s = 0; s < 20; s++) {
        steps.add(http("step_" + s, new Outcome.Passed(), i * 1000 + s * 45));
      }
      boolean fails = i % 100 == 99;
      FlowResult.Builder flow =
          Samples.flow(
                  i, "flow " + i, "flows/f" + i + ".yaml", fails ? Status.FAILED : Status.PASSED)
              .counts(new StepCounts(20, 0, 0))
              .steps(steps);
      flows[i] = fails ? flow.failure(Samples.failure()).build() : flow.build();
    }
    return flows;
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.result.ActionSummary;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler may do beside an attempt: prepare the flow, warm up, say what it did. */
class HandlersTest {
  private static final String FLOW =
      """
      flow:
        name: n
        env: {v: "value", w: "${v}!"}
        config: {step_timeout: 1s}
        steps:
          - {id: one, action: prepared, config: {name: "${w}"}}
          - {action: condition, config: {condition: true, then: [{action: prepared, config: {name: b}}]}}
        teardown: [{action: mark, config: {name: down}}]
      """;

  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private interface Preparing {
    void prepare(FlowContext flow, List<Map<String, @Nullable Object>> steps)
        throws ActionException, InterruptedException;
  }

  private record Prepared(Preparing preparing) implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("prepared").optional("name", ConfigType.TEXT, "a text");
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("name", context.config().text("name"));
    }

    @Override
    public Optional<Runnable> warmUp() {
      return Optional.of(
          () -> {
            throw new IllegalStateException("no need to know");
          });
    }

    @Override
    public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
        throws ActionException, InterruptedException {
      preparing.prepare(flow, steps);
    }

    @Override
    public ActionSummary summarize(
        Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
      throw new IllegalStateException("nothing to say");
    }
  }

  private FlowResult run(Preparing preparing) {
    return kit.with(new Prepared(preparing)).runOne(FLOW);
  }

  @Test
  void a_flow_is_prepared_with_all_steps_as_they_are_written() {
    List<Object> seen = new ArrayList<>();
    FlowResult flow =
        run(
            (context, steps) -> {
              seen.addAll(steps);
              seen.add(context.render(Map.of("a", List.of("${w}", 1L))));
              seen.add(context.variables());
              seen.add(context.flowName());
              assertThat(context.flowId()).startsWith(context.executionId());
              assertThat(context.resolve("x.txt").toAbsolutePath())
                  .isEqualTo(folder.resolve("x.txt").toAbsolutePath());
              assertThat(context.deadline().remaining())
                  .isBetween(Duration.ZERO, Duration.ofSeconds(1));
              assertThat(context.json().render(List.of())).isEqualTo("[]");
              assertThatThrownBy(() -> context.render("${nobody}"))
                  .isInstanceOf(ActionException.class)
                  .hasMessage("there is no variable \"nobody\"");
              assertThatThrownBy(() -> context.render("${1 +}"))
                  .isInstanceOf(ActionException.class);
            });

    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(seen)
        .containsExactly(
            Map.of("name", "${w}"),
            Map.of("name", "b"),
            Map.of("a", List.of("value!", 1L)),
            Map.of("v", "value", "w", "value!"),
            "n");
  }

  @Test
  void a_step_whose_placeholders_have_no_value_is_not_summarized() {
    FlowResult flow =
        kit.with(new Prepared((context, steps) -> {}))
            .runOne(FLOW.replace("${w}", "{{v.nothing}}"));

    assertThat(flow.steps().get(0).status()).isEqualTo(Status.FAILED);
    assertThat(flow.warnings())
        .extracting(Problem::message)
        .noneMatch(message -> message.contains("summarize"));
  }

  private Failure refusing(Object... path) {
    ActionDescriptor descriptor =
        ActionDescriptor.of("ask")
            .optional("query", ConfigType.TEXT, "what is asked")
            .optional("steps", ConfigType.LIST, "one after the other")
            .optional("most", ConfigType.INTEGER, 5L, "how many");
    ActionHandler ask =
        FlowKit.action(
            descriptor,
            context -> {
              throw new ActionException("action_failed", "refused").at(path);
            });
    String flow =
        """
        flow:
          name: n
          env: {q: "select * form t"}
          steps:
            - action: ask
              config:
                query: "${q}"
                steps:
                  - first
                  - {run: second}
        """;
    return failure(ask, flow);
  }

  @Test
  void a_failure_points_at_the_value_that_its_action_names() {
    Failure failure = refusing("query");
    assertThat(failure.span().line()).isEqualTo(7);
    assertThat(failure.span().column()).isEqualTo(16);
    assertThat(failure.excerpt().get(1)).isEqualTo("    7 |         query: \"${q}\"");
    assertThat(failure.excerpt().get(2)).isEqualTo("      |                ^^^^^^");
  }

  private Failure marking(String query, String sent) {
    ActionHandler ask =
        FlowKit.action(
            "ask",
            context -> {
              throw new ActionException("action_failed", "refused")
                  .at("value")
                  .mark(sent, sent.indexOf("form"));
            });
    String flow =
        """
        flow:
          name: n
          env: {t: "t"}
          steps:
            - action: ask
              config:
                value: QUERY
        """;
    return failure(ask, flow.replace("QUERY", query));
  }

  private Failure failure(ActionHandler handler, String flow) {
    try (FlowKit own = new FlowKit(folder).with(handler)) {
      return own.runOne(flow).failure().orElseThrow();
    }
  }

  @Test
  void a_character_is_marked_where_it_is_written() {
    Failure block = marking("|\n            select *\n              form t", "select *\n  form t");
    assertThat(block.message()).isEqualTo("refused");
    assertThat(block.span().line()).isEqualTo(9);
    assertThat(block.span().column()).isEqualTo(15);
    assertThat(block.excerpt().get(1)).isEqualTo("    9 |               form t");
    assertThat(block.excerpt().get(2)).isEqualTo("      |               ^");

    Failure quoted = marking("\"select \\\"a\\\" form t\"", "select \"a\" form t");
    assertThat(quoted.span().line()).isEqualTo(7);
    assertThat(quoted.span().column()).isEqualTo(30);
  }

  @Test
  void a_character_of_a_text_that_was_made_is_marked_in_the_message() {
    Failure failure = marking("select * form ${t}", "select * form t");

    assertThat(failure.message()).isEqualTo("refused\nselect * form t\n         ^");
    assertThat(failure.span().line()).isEqualTo(7);
    assertThat(failure.span().column()).isEqualTo(16);
  }

  @Test
  void a_failure_points_into_a_value() {
    assertThat(refusing("steps", 1).span().line()).isEqualTo(10);
    assertThat(refusing("steps", 1).span().column()).isEqualTo(13);
  }

  @Test
  void a_failure_points_at_the_step_when_the_value_is_none_of_the_flow() {
    for (Object[] path : new Object[][] {{}, {"most"}, {"other"}}) {
      assertThat(refusing(path).span().line()).isEqualTo(5);
    }
  }

  @Test
  void what_a_handler_warns_of_is_in_the_result() {
    FlowResult flow =
        kit.with(new Prepared((context, steps) -> context.warn("invalid_value", "careful")))
            .runOne(FLOW.replace("{name: b}", "{name: b}, assert: [1 == 2]"));

    assertThat(flow.warnings())
        .extracting(Problem::message)
        .contains("careful", "the action prepared cannot summarize its result: nothing to say");
  }

  @Test
  void a_handler_that_refuses_ends_the_flow_before_its_steps() {
    FlowResult flow =
        run(
            (context, steps) -> {
              throw new ActionException("connection_failed", "nobody listens").hint("start it");
            });
    Failure failure = flow.failure().orElseThrow();

    assertThat(flow.status()).isEqualTo(Status.ERROR);
    assertThat(failure.code()).isEqualTo("connection_failed");
    assertThat(failure.message())
        .isEqualTo("the action prepared could not prepare the flow: nobody listens");
    assertThat(failure.hint()).contains("start it");
    assertThat(failure.stackTrace()).isEmpty();
    assertThat(failure.span().line()).isEqualTo(2);
  }

  @Test
  void a_handler_that_breaks_ends_the_flow_with_its_stack_trace() {
    FlowResult flow =
        run(
            (context, steps) -> {
              throw new IllegalStateException("broken");
            });
    Failure failure = flow.failure().orElseThrow();

    assertThat(flow.status()).isEqualTo(Status.ERROR);
    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message())
        .isEqualTo("the action prepared could not prepare the flow: broken");
    assertThat(failure.stackTrace().orElseThrow()).contains("HandlersTest");
  }

  @Test
  void a_preparation_has_the_time_of_a_step() {
    FlowResult flow =
        run(
            (context, steps) -> {
              while (!context.cancellation().isCancelled()) {
                Thread.onSpinWait();
              }
              Thread.interrupted();
            });

    assertThat(flow.status()).isEqualTo(Status.ERROR);
    assertThat(flow.failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(flow.failure().orElseThrow().message())
        .isEqualTo("the action prepared could not prepare the flow: not done after 1s");
  }

  @Test
  void a_reaction_to_cancelling_runs_once_unless_it_was_closed() {
    List<String> reactions = new ArrayList<>();
    FlowResult flow =
        kit.with(
                "wait",
                context -> {
                  context.cancellation().onCancel(() -> reactions.add("closed")).close();
                  context.cancellation().onCancel(() -> reactions.add("first"));
                  context
                      .cancellation()
                      .onCancel(
                          () -> {
                            throw new IllegalStateException("a reaction");
                          });
                  while (!context.cancellation().isCancelled()) {
                    Thread.onSpinWait();
                  }
                  context.cancellation().onCancel(() -> reactions.add("late"));
                  return ActionResult.EMPTY;
                })
            .runOne("flow: {name: n, steps: [{id: s, action: wait, timeout: 1s}]}");

    assertThat(flow.step("s").failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(reactions).containsExactlyInAnyOrder("first", "late");
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.FlowContext;
import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NothingHangsTest {
  private static final String SLOW =
      "flow: {name: slow, steps: [{id: s, action: delay, config: {duration: 30s}}]}";

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

  /** What a handler does before a flow. */
  private interface Preparing {
    void prepare(FlowContext context) throws ActionException, InterruptedException;
  }

  private static ActionHandler prepared(String id, Preparing preparing) {
    return new ActionHandler() {
      private final ActionDescriptor descriptor = ActionDescriptor.of(id);

      @Override
      public ActionDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public void beforeFlow(FlowContext context, List<Map<String, @Nullable Object>> steps)
          throws ActionException, InterruptedException {
        preparing.prepare(context);
      }

      @Override
      public ActionResult execute(ActionContext context) {
        return ActionResult.of("done", true);
      }
    };
  }

  @Test
  void a_reaction_to_cancelling_that_breaks_does_not_end_the_watch_over_later_steps() {
    kit.with(
        "rude",
        context -> {
          context
              .cancellation()
              .onCancel(
                  () -> {
                    throw new IllegalStateException("no");
                  });
          new CountDownLatch(1).await();
          return ActionResult.of("done", true);
        });

    FlowResult flow =
        kit.runOne(
            """
            flow:
              name: rude
              config: {fail_fast: false}
              steps:
                - {id: a, action: rude, timeout: 30ms}
                - {id: b, action: delay, timeout: 30ms, config: {duration: 30s}}
            """);

    assertThat(FlowKit.statuses(flow).values()).containsExactly("failed", "failed");
    assertThat(flow.step("b").failure().orElseThrow().code()).isEqualTo("timeout");
  }

  @Test
  void a_runner_can_be_closed_by_what_waits_for_its_run() throws Exception {
    FlowRunner runner = kit.runner();
    RunHandle handle =
        runner.start(kit.load("flow: {name: a, steps: [{action: mark, config: {name: a}}]}"));
    CompletableFuture<Void> closed = handle.result().thenAccept(result -> runner.close());

    closed.get(20, TimeUnit.SECONDS);
    assertThat(kit.marks()).containsExactly("a");
  }

  @Test
  void a_runner_that_is_closed_from_inside_of_its_run_says_so() {
    kit.with(
        "close",
        context -> {
          kit.runner().close();
          return ActionResult.of("done", true);
        });

    FlowResult flow = kit.runOne("flow: {name: a, steps: [{action: close}]}");

    assertThat(flow.failure().orElseThrow().message()).contains("close() waits for its runs");
  }

  @Test
  void a_closed_runner_starts_nothing() {
    var flows = kit.load(SLOW);
    kit.runner().close();

    assertThatThrownBy(() -> kit.runner().start(flows)).hasMessage("the runner is closed");
    assertThatThrownBy(() -> kit.runner().run(flows)).hasMessage("the runner is closed");
  }

  @Test
  void closing_ends_the_runs_that_are_going() throws Exception {
    RunHandle handle = kit.runner().start(kit.load(SLOW));
    awaitStep();
    kit.runner().close();

    assertThat(handle.result().get(5, TimeUnit.SECONDS).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void an_interrupt_while_an_action_prepares_cancels_the_run_and_stays_set() {
    kit.with(
        prepared(
            "prepared",
            context -> {
              Thread.currentThread().interrupt();
              new CountDownLatch(1).await();
            }));

    RunResult result =
        kit.run(
            """
            flow:
              name: prepare
              steps: [{action: prepared}]
              teardown: [{action: mark, config: {name: t}}]
            """);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(kit.marks()).containsExactly("t");
  }

  @Test
  void what_an_action_opened_is_closed_when_the_next_one_cannot_prepare() {
    List<String> closed = new ArrayList<>();
    kit.with(
            prepared(
                "opens",
                context ->
                    context
                        .flowResources()
                        .resource(AutoCloseable.class, "a", () -> () -> closed.add("a"))))
        .with(
            prepared(
                "breaks",
                context -> {
                  throw new IllegalStateException("out of luck");
                }));

    FlowResult flow = kit.runOne("flow: {name: p, steps: [{action: opens}, {action: breaks}]}");

    assertThat(closed).containsExactly("a");
    assertThat(flow.status()).isEqualTo(Status.ERROR);
    assertThat(flow.failure().orElseThrow().message())
        .isEqualTo("the action breaks could not prepare the flow: out of luck");
    assertThat(flow.failure().orElseThrow().stackTrace()).isPresent();
  }

  @Test
  void a_resource_that_cannot_be_closed_is_the_failure_of_a_flow_that_passed() {
    kit.with(
        "opens",
        context -> {
          context
              .flowResources()
              .resource(
                  AutoCloseable.class,
                  "a",
                  () ->
                      () -> {
                        throw new IllegalStateException("it is stuck");
                      });
          return ActionResult.of("done", true);
        });

    FlowResult flow = kit.runOne("flow: {name: p, steps: [{action: opens}]}");

    assertThat(flow.status()).isEqualTo(Status.ERROR);
    assertThat(flow.failure().orElseThrow().message())
        .isEqualTo("what the flow had opened could not be closed: it is stuck");
  }

  @Test
  void a_resource_that_cannot_be_closed_does_not_hide_the_failure_of_a_flow() {
    kit.with(
        "opens",
        context -> {
          context
              .flowResources()
              .resource(
                  AutoCloseable.class,
                  "a",
                  () ->
                      () -> {
                        throw new AssertionError("it is stuck");
                      });
          throw new ActionException("action_failed", "first");
        });

    FlowResult flow = kit.runOne("flow: {name: p, steps: [{action: opens}]}");

    assertThat(flow.status()).isEqualTo(Status.FAILED);
    assertThat(flow.failure().orElseThrow().message()).isEqualTo("first");
    assertThat(flow.warnings()).singleElement().asString().contains("it is stuck");
  }

  @Test
  void a_listener_that_throws_an_error_changes_nothing() {
    kit.options()
        .listener(
            event -> {
              if (event instanceof RunEvent.StepFinished) {
                throw new AssertionError("a listener's");
              }
            });

    RunResult result = kit.run("flow: {name: a, steps: [{action: mark, config: {name: a}}]}");

    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    assertThat(result.notes()).singleElement().asString().contains("a listener's");
  }

  @Test
  void a_flow_that_waits_for_a_shared_resource_is_not_cancelled_with_the_one_that_makes_it() {
    CountDownLatch making = new CountDownLatch(1);
    kit.with(
        "share",
        context -> {
          boolean first = context.stepId().equals("first");
          if (!first) {
            making.await();
          }
          context
              .runnerResources()
              .resource(
                  AutoCloseable.class,
                  "shared",
                  () -> {
                    if (first) {
                      making.countDown();
                      new CountDownLatch(1).await();
                    }
                    return () -> {};
                  });
          return ActionResult.of("done", true);
        });
    kit.options().parallel(2);
    kit.write("s/a.yaml", "flow: {name: a, steps: [{id: first, action: share, timeout: 200ms}]}");
    kit.write("s/b.yaml", "flow: {name: b, steps: [{id: second, action: share}]}");

    RunResult result =
        kit.runner().run(kit.runner().load(folder.resolve("s")), kit.options().build());

    assertThat(result.flows().get(1).failure()).isEmpty();
    assertThat(result.flows().get(0).failure().orElseThrow().code()).isEqualTo("timeout");
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void an_interrupt_that_ends_one_step_never_reaches_the_next() {
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      steps
          .append("    - {action: busy, timeout: 1ms, on_error: continue}\n")
          .append("    - {action: quick}\n");
    }
    AtomicReference<String> wrong = new AtomicReference<>();
    kit.with(
            "busy",
            context -> {
              long end = System.nanoTime() + 1_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              return ActionResult.of("done", true);
            })
        .with(
            "quick",
            context -> {
              if (Thread.currentThread().isInterrupted()) {
                wrong.set(context.stepId());
              }
              return ActionResult.of("done", true);
            });

    FlowResult flow = kit.runOne("flow:\n  name: race\n  steps:\n" + steps);

    assertThat(wrong).hasValue(null);
    assertThat(flow.status()).isEqualTo(Status.PASSED);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  @Tag("endurance")
  void twenty_runners_with_a_thousand_flows_and_random_cancelling_leave_nothing_behind()
      throws Exception {
    for (int i = 0; i < 50; i++) {
      kit.write(
          "many/" + i + ".yaml",
          """
          flow:
            name: f
            setup: [{action: log, config: {message: "${UUID}"}}]
            steps:
              - {action: delay, config: {duration: 1ms}}
              - {action: delay, timeout: 2ms, on_error: continue, config: {duration: 3ms}}
            teardown: [{action: log, config: {message: "${FLOW_STATUS}"}}]
          """);
    }
    SplittableRandom random = new SplittableRandom(7);
    List<FlowRunner> runners = new ArrayList<>();
    List<RunHandle> handles = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FlowRunner runner = FlowRunner.builder().workingFolder(folder).build();
      runners.add(runner);
      handles.add(
          runner.start(
              runner.load(folder.resolve("many")),
              io.testmesh.RunOptions.builder().parallel(1 + random.nextInt(5)).build()));
    }
    for (int i = 0; i < 20; i++) {
      switch (random.nextInt(4)) {
        case 0 -> handles.get(i).cancel();
        case 1 -> handles.get(i).abort();
        case 2 -> runners.get(i).close();
        default -> {}
      }
    }
    for (RunHandle handle : handles) {
      RunResult result = handle.result().get(40, TimeUnit.SECONDS);
      int flows =
          result.summary().passed() + result.summary().failed() + result.summary().cancelled();
      assertThat(flows).isEqualTo(50);
      assertThat(result.status()).isIn(RunStatus.PASSED, RunStatus.CANCELLED);
    }
    runners.forEach(FlowRunner::close);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertThat(thread.getName()).doesNotStartWith("testmesh-");
    }
  }

  private void awaitStep() throws InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (kit.events().stream().noneMatch(RunEvent.StepStarted.class::isInstance)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}

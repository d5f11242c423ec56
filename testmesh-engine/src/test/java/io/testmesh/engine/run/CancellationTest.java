package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionResult;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Phase;
import io.testmesh.flow.Step;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancellationTest {
  private static final String HANGING =
      """
      flow:
        name: hanging
        steps:
          - {id: before, action: mark, config: {name: before}}
          - {id: hang, action: hang}
          - {id: after, action: mark, config: {name: after}}
        teardown: [{id: last, action: mark, config: {name: "teardown ${FLOW_STATUS}"}}]
      """;

  @TempDir Path folder;
  private final CountDownLatch started = new CountDownLatch(1);
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(
                "hang",
                context -> {
                  started.countDown();
                  new CountDownLatch(1).await();
                  return ActionResult.EMPTY;
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private void awaitStart() throws InterruptedException {
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static RunResult result(RunHandle handle) throws Exception {
    return handle.result().get(20, TimeUnit.SECONDS);
  }

  @Test
  void cancelling_stops_the_action_in_flight_and_runs_teardown() throws Exception {
    RunHandle handle = kit.runner().start(kit.load(HANGING));
    awaitStart();
    handle.cancel();
    RunResult result = result(handle);

    FlowResult flow = result.flows().get(0);
    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(FlowKit.statuses(flow).values())
        .containsExactly("passed", "cancelled", "skipped", "passed");
    assertThat(kit.marks()).containsExactly("before", "teardown cancelled");
    assertThat(flow.step("hang").failure().orElseThrow().code()).isEqualTo("cancelled");
  }

  @Test
  void aborting_ends_without_teardown() throws Exception {
    RunHandle handle = kit.runner().start(kit.load(HANGING));
    awaitStart();
    handle.abort();

    assertThat(result(handle).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(kit.marks()).containsExactly("before");
  }

  @Test
  void interrupting_the_caller_cancels_and_the_flag_is_set_on_return() throws Exception {
    for (int parallel : new int[] {1, 2}) {
      FlowSet flow = kit.load(HANGING);
      AtomicReference<RunResult> result = new AtomicReference<>();
      AtomicBoolean flag = new AtomicBoolean();
      RunOptions options = RunOptions.builder().parallel(parallel).build();
      Thread caller =
          new Thread(
              () -> {
                result.set(kit.runner().run(flow, options));
                flag.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      awaitStart();
      caller.interrupt();
      caller.join(20_000);

      assertThat(result.get().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(flag).isTrue();
      assertThat(kit.marks()).endsWith("teardown cancelled");
    }
  }

  @Test
  void closing_the_runner_cancels_what_runs_and_waits_for_it() throws Exception {
    RunHandle handle = kit.runner().start(kit.load(HANGING));
    awaitStart();
    kit.runner().close();

    assertThat(handle.result()).isDone();
    assertThat(kit.marks()).contains("teardown cancelled");
    assertThatThrownBy(() -> kit.runner().start(FlowSet.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the runner is closed");
  }

  @Test
  void flows_that_the_runs_timeout_kept_from_starting_are_listed_and_the_run_is_not_green() {
    Flow slow =
        Flow.builder("slow")
            .step(Step.of("hang"))
            .step(Phase.TEARDOWN, Step.of("mark").config("name", "teardown").build())
            .build();
    Flow next = Flow.builder("next").step(Step.of("mark").config("name", "next")).build();
    RunResult result =
        kit.runner()
            .run(
                FlowSet.of(slow, next),
                RunOptions.builder().parallel(1).timeout(Duration.ofMillis(60)).build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.flows().get(0).failure().orElseThrow().message())
        .contains("the run's timeout of 60ms");
    assertThat(result.flows().get(1).status()).isEqualTo(Status.CANCELLED);
    assertThat(result.flows().get(1).failure().orElseThrow().message())
        .isEqualTo("not started: the run's timeout was over");
    assertThat(kit.marks()).containsExactly("teardown");
  }

  @Test
  void fail_fast_keeps_the_other_flows_from_starting() {
    Flow bad =
        Flow.builder("bad")
            .step(Step.of("assert").config("assertions", java.util.List.of("1 == 2")))
            .build();
    Flow next = Flow.builder("next").step(Step.of("mark").config("name", "next")).build();
    RunResult result =
        kit.runner()
            .run(FlowSet.of(bad, next), RunOptions.builder().parallel(1).failFast(true).build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.summary().cancelled()).isEqualTo(1);
    assertThat(kit.marks()).isEmpty();
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunOptions.KeepResults;
import io.testmesh.action.ActionException;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOutcomeTest {
  private static final String PASSES =
      "flow: {name: passes, steps: [{action: mark, config: {name: a}}]}";
  private static final String FAILS = "flow: {name: fails, steps: [{action: fail}]}";
  private static final String ERRS = "flow: {name: errs, steps: [{action: unrunnable}]}";
  private static final String SKIPS =
      "flow: {name: skips, steps: [{action: mark, disabled: true, config: {name: a}}]}";
  private static final String INVALID = "flow: {name: invalid, steps: [{action: nothing}]}";
  private static final String CANCELS = "flow: {name: cancels, steps: [{action: cancels}]}";

  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(
                "fail",
                context -> {
                  throw new ActionException("action_failed", "no");
                })
            .with(
                "unrunnable",
                context -> {
                  throw new ActionException("action_failed", "no").unrunnable();
                })
            .with(
                "cancels",
                context -> {
                  Thread.currentThread().interrupt();
                  throw new InterruptedException();
                });
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private RunResult run(String... flows) {
    for (int i = 0; i < flows.length; i++) {
      kit.write("all/" + i + ".yaml", flows[i]);
    }
    return kit.runner().run(kit.runner().load(folder.resolve("all")), kit.options().build());
  }

  private static List<String> names(RunResult result) {
    return result.flows().stream().map(FlowResult::name).toList();
  }

  @Test
  void a_run_without_anything_that_ran_is_empty() {
    assertThat(run(SKIPS, SKIPS).status()).isEqualTo(RunStatus.EMPTY);
  }

  @Test
  void one_flow_that_passed_among_skipped_ones_is_enough() {
    assertThat(run(PASSES, SKIPS).status()).isEqualTo(RunStatus.PASSED);
  }

  @Test
  void one_failure_fails_the_run() {
    assertThat(run(PASSES, FAILS, SKIPS).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void an_error_comes_before_a_failure() {
    assertThat(run(FAILS, ERRS, PASSES).status()).isEqualTo(RunStatus.ERROR);
  }

  @Test
  void one_invalid_flow_keeps_all_from_running() {
    RunResult result = run(PASSES, INVALID);

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.flows()).isEmpty();
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void the_others_run_when_asked_for_and_the_run_is_still_invalid() {
    kit.options().continueOnInvalid(true);
    RunResult result = run(PASSES, FAILS, INVALID);

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(names(result)).containsExactly("passes", "fails");
    assertThat(result.problems()).hasSize(1);
  }

  @Test
  void an_interrupt_comes_before_everything() {
    kit.options().parallel(1).continueOnInvalid(true);
    RunResult result = run(ERRS, CANCELS, PASSES, INVALID);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(result.summary().cancelled()).isEqualTo(2);
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void only_failures_are_kept_whole_when_asked_for() {
    kit.options().keepResults(KeepResults.FAILED);
    RunResult result = run(PASSES, FAILS);

    assertThat(names(result)).containsExactly("fails");
    assertThat(result.flows().get(0).steps()).hasSize(1);
    assertThat(result.summary().passed()).isEqualTo(1);
  }

  @Test
  void without_kept_results_a_failure_still_says_why() {
    kit.options().keepResults(KeepResults.NONE);
    RunResult result = run(PASSES, FAILS);

    assertThat(names(result)).containsExactly("fails");
    assertThat(result.flows().get(0).steps()).isEmpty();
    assertThat(result.flows().get(0).failure()).isPresent();
  }
}

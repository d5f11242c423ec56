package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.plugin.FakeContext;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that end by themselves, and what comes after. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class CrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private Lab lab;

  @AfterEach
  void end() {
    lab.close();
  }

  private ActionHandler act(String... modes) throws Exception {
    lab = new Lab(folder).rogue("rogue", modes);
    return lab.started("rogue.act");
  }

  private boolean becomes(String status) {
    return Waiting.until(PATIENCE, () -> lab.host().status("rogue").status().equals(status));
  }

  private static ActionException crash(ActionHandler act) {
    return catchThrowableOfType(
        ActionException.class, () -> Lab.call(act, "do", "exit", "code", 7L, "text", "oh"));
  }

  @Test
  @Row({"D1", "F1", "F5"})
  void one_that_died_while_idle_is_started_before_the_next_call() throws Exception {
    ActionHandler act = act();
    Object before = Lab.call(act, "do", "place").values().get("pid");
    Lab.call(act, "do", "exit_later");
    assertThat(becomes("crashed")).isTrue();
    assertThat(lab.host().status("rogue").error())
        .hasMessageContaining("plugin \"rogue\" exited with code 5 after it had served");

    Object after = Lab.call(act, "do", "place").values().get("pid");

    assertThat(after).isNotEqualTo(before);
    assertThat(lab.host().status("rogue").restarts()).isEqualTo(1);
    assertThat(lab.host().status("rogue").pid()).isEqualTo(after);
    assertThat(lab.notes("rogue", "start")).hasSize(2);
  }

  @Test
  @Row({"F1", "F2"})
  void the_next_call_after_a_crash_waits_for_the_restart() throws Exception {
    ActionHandler act = act();
    crash(act);
    long begin = System.nanoTime();

    Lab.call(act, "do", "echo");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
    assertThat(lab.notes("rogue", "execute exit")).hasSize(1);
    assertThat(lab.notes("rogue", "start")).hasSize(2);
  }

  @Test
  @Row("F2")
  void the_wait_for_a_restart_ends_with_the_steps_time() throws Exception {
    ActionHandler act = act();
    crash(act);
    FakeContext call = new FakeContext(Lab.map("do", "echo")).within(Duration.ofMillis(150));

    ActionException failure = catchThrowableOfType(ActionException.class, () -> act.execute(call));

    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(failure).hasMessage("plugin \"rogue\" did not serve before the time was over");
  }

  @Test
  @Row("F2")
  void three_crashes_in_five_minutes_are_enough_until_it_is_enabled_again() throws Exception {
    ActionHandler act = act();
    crash(act);
    crash(act);
    crash(act);

    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> Lab.call(act, "do", "echo"));

    assertThat(failure.code()).isEqualTo("plugin_crash_loop");
    assertThat(failure)
        .hasMessageStartingWith(
            "plugin \"rogue\" is not started any more: it ended 3 times in five minutes; the last"
                + " time: plugin \"rogue\" exited with code 7 during the call");
    assertThat(failure.hint())
        .contains(
            "find out why with: testmesh plugin logs rogue; then testmesh plugin enable rogue");
    assertThat(lab.host().status("rogue").status()).isEqualTo("failed");
    assertThat(lab.notes("rogue", "start")).hasSize(3);

    lab.host().start("rogue");
    Lab.call(act, "do", "echo");
  }

  @Test
  @Row("F2")
  void restarts_that_fail_count_as_crashes() throws Exception {
    ActionHandler act = act("crash_on_restart=9");
    crash(act);

    ActionException second =
        catchThrowableOfType(ActionException.class, () -> Lab.call(act, "do", "echo"));
    ActionException third =
        catchThrowableOfType(ActionException.class, () -> Lab.call(act, "do", "echo"));
    ActionException fourth =
        catchThrowableOfType(ActionException.class, () -> Lab.call(act, "do", "echo"));

    assertThat(second.code()).isEqualTo("plugin_start_exited");
    assertThat(third.code()).isEqualTo("plugin_start_exited");
    assertThat(fourth.code()).isEqualTo("plugin_crash_loop");
    assertThat(lab.notes("rogue", "start")).hasSize(3);
  }

  @Test
  @Row({"F1", "G6", "G7"})
  void what_a_crashed_plugin_has_started_is_ended() throws Exception {
    ActionHandler act = act();
    Lab.call(act, "do", "child", "how", "plain");
    Lab.call(act, "do", "child", "how", "daemon");
    assertThat(lab.notes("rogue", "child")).hasSize(2);

    crash(act);

    assertThat(Waiting.until(PATIENCE, () -> LeakCheck.processes().isEmpty())).isTrue();
  }

  @Test
  @Row("F4")
  void health_that_turns_bad_later_is_a_status_and_a_warning_and_no_end() throws Exception {
    ActionHandler act = act();
    Lab.call(act, "do", "sick");

    lab.host().checkHealth("rogue");

    assertThat(lab.host().status("rogue").status()).isEqualTo("sick");
    assertThat(lab.host().status("rogue").loaded()).isTrue();
    assertThat(lab.host().status("rogue").warnings())
        .singleElement()
        .extracting("message")
        .asString()
        .startsWith(
            "plugin \"rogue\" is not healthy: /health answered with status 200: {\"status\": \"tired\"}");
    Lab.call(act, "do", "echo");
    assertThat(lab.notes("rogue", "start")).hasSize(1);
  }

  @Test
  @Row("F4")
  void a_busy_plugin_is_not_asked_for_its_health() throws Exception {
    ActionHandler act = act("single=1");
    Thread busy =
        new Thread(
            () -> {
              try {
                Lab.call(act, "do", "sleep", "millis", 500L);
              } catch (ActionException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    busy.start();
    Waiting.until(PATIENCE, () -> !lab.notes("rogue", "execute").isEmpty());
    long begin = System.nanoTime();

    lab.host().checkHealth("rogue");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(200));
    busy.join();
    assertThat(lab.host().status("rogue").status()).isEqualTo("ready");
  }

  @Test
  @Row({"H10", "O1"})
  void the_status_can_be_asked_while_it_starts() throws Exception {
    lab = new Lab(folder).rogue("rogue", "delay=1500");
    Thread starting =
        new Thread(
            () -> {
              try {
                lab.start("rogue.act");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    starting.start();

    assertThat(becomes("starting")).isTrue();
    long begin = System.nanoTime();
    lab.host().status("rogue");
    lab.host().known();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
    starting.join();
  }
}

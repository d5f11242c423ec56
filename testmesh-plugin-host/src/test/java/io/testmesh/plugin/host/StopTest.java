package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionHandler;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ends that are wanted. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class StopTest {
  @TempDir private Path folder;

  private static Duration timeOf(Runnable task) {
    long begin = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static List<String> logged(Lab lab) {
    List<String> texts = new ArrayList<>();
    lab.host().logs("rogue").forEach(line -> texts.add(line.text()));
    return texts;
  }

  @Test
  @Row({"G1", "G2", "G4", "F6"})
  void a_stop_is_polite_and_no_crash() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue");
    Lab.call(lab.started("rogue.act"), "do", "echo");

    Duration time = timeOf(lab::close);

    assertThat(lab.notes("rogue", "shutdown")).containsExactly("shutdown 0");
    assertThat(time).isLessThan(Duration.ofSeconds(3));
    assertThat(lab.host().status("rogue").status()).isEqualTo("stopped");
    assertThat(lab.host().status("rogue").error()).isNull();
    assertThat(logged(lab)).noneMatch(text -> text.contains("exited") || text.contains("killed"));
  }

  @Test
  @Row({"G2", "G1"})
  void one_that_knows_no_shutdown_is_ended_by_a_signal() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue", "shutdown=404");
    lab.started("rogue.act");

    // 5 s for its own end; then the signal, which it follows.
    assertThat(timeOf(lab::close)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(7_500));
  }

  @Test
  @Row({"G3", "G1", "G6", "G7"})
  void one_that_ignores_all_requests_is_killed_with_what_it_has_started() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue", "shutdown=hang", "ignore_term=1");
    ActionHandler act = lab.started("rogue.act");
    Lab.call(act, "do", "child", "how", "plain");
    Lab.call(act, "do", "child", "how", "daemon");

    assertThat(timeOf(lab::close)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(9));

    assertThat(LeakCheck.processes()).isEmpty();
  }

  @Test
  @Row({"G6", "G7"})
  void children_of_a_polite_plugin_are_ended_too() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue");
    ActionHandler act = lab.started("rogue.act");
    Lab.call(act, "do", "child", "how", "plain");
    Lab.call(act, "do", "child", "how", "daemon");

    lab.close();

    assertThat(LeakCheck.processes()).isEmpty();
  }

  @Test
  @Row({"G5", "H8"})
  void stopping_twice_or_what_never_ran_does_nothing() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue").rogue("idle");
    lab.host().stop("nobody");
    lab.host().stop("idle");
    lab.started("rogue.act");
    List<Thread> stopping = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  lab.host().stop("rogue");
                } catch (PluginException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      stopping.add(thread);
    }
    for (Thread thread : stopping) {
      thread.join();
    }
    lab.host().stop("rogue");
    lab.close();
    lab.close();

    assertThat(lab.notes("rogue", "shutdown")).hasSize(1);
  }

  @Test
  @Row("G1")
  void a_stop_takes_its_time_also_when_it_is_interrupted() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue");
    lab.started("rogue.act");
    Thread.currentThread().interrupt();

    lab.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(lab.notes("rogue", "shutdown")).hasSize(1);
  }

  @Test
  @Row({"F5", "H8"})
  void a_restart_gives_a_new_process() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      lab.host().start("rogue");
      Long before = lab.host().status("rogue").pid();

      lab.host().restart("rogue");

      assertThat(lab.host().status("rogue").pid()).isNotEqualTo(before);
      assertThat(lab.notes("rogue", "start")).hasSize(2);
      assertThat(lab.notes("rogue", "shutdown")).hasSize(1);
    }
  }

  @Test
  @Row("G14")
  void two_hosts_in_one_process_end_their_own_plugins_alone() throws Exception {
    Lab one = new Lab(folder.resolve("one")).rogue("rogue");
    try (Lab two = new Lab(folder.resolve("two")).rogue("rogue")) {
      one.started("rogue.act");
      ActionHandler act = two.started("rogue.act");

      one.close();

      assertThat(Lab.call(act, "do", "place").values()).containsKey("pid");
    }
  }

  @Test
  @Row("G12")
  void what_runs_is_written_down_and_crossed_out() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue");
    lab.started("rogue.act");
    Path run = lab.plugins.resolve(".testmesh/run");

    assertThat(run)
        .isDirectoryContaining(file -> file.getFileName().toString().startsWith("rogue-"));
    lab.close();

    try (var files = Files.list(run)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  @Row("C33")
  void a_host_that_is_closed_starts_nothing_any_more() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue");
    lab.host();
    lab.close();

    lab.start("rogue.act");

    assertThat(Waiting.until(Duration.ofMillis(200), () -> !lab.notes("rogue", "start").isEmpty()))
        .isFalse();
  }
}

package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionHandler;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import io.testmesh.plugin.registry.OutputLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What plugins write, read and see. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class OutputOfPluginTest {
  @TempDir private Path folder;

  @Test
  @Row({"E1", "M17"})
  void megabytes_of_output_hold_nothing_up() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "flood=2000000")) {
      ActionHandler act = lab.started("rogue.act");

      Lab.call(act, "do", "flood", "bytes", 2_000_000L);

      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  @Row({"E5", "E4"})
  void both_streams_are_kept_with_their_names() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      ActionHandler act = lab.started("rogue.act");
      Lab.call(act, "do", "print", "text", "odd \u00ff\u001b[0m bytes\n");
      Waiting.until(
          Duration.ofSeconds(5),
          () -> lab.host().logs("rogue").stream().anyMatch(l -> l.text().startsWith("odd")));

      assertThat(lab.host().logs("rogue"))
          .filteredOn(line -> line.stream().equals("stdout"))
          .extracting(OutputLine::text)
          .contains("odd \ufffd bytes")
          .anyMatch(text -> text.startsWith("rogue listening on port"));
      assertThat(lab.host().logs("rogue"))
          .filteredOn(line -> line.stream().equals("host"))
          .extracting(OutputLine::text)
          .anyMatch(text -> text.startsWith("starting "))
          .anyMatch(text -> text.startsWith("serves on port "));
    }
  }

  @Test
  @Row({"E7", "M18"})
  void a_child_that_keeps_the_output_open_does_not_hide_the_end_of_the_plugin() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.manifest("rogue", Map.of("entry_point", "run.sh"));
      lab.file("rogue", "run.sh", "echo started; sleep 600 & exit 3");
      long begin = System.nanoTime();

      lab.start("rogue");

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(lab.host().status("rogue").error()).hasMessageContaining("\"started\"");
    }
  }

  @Test
  @Row("E8")
  void its_input_stays_open_without_data_until_it_is_stopped() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.manifest("rogue", Map.of("entry_point", "run.sh", "start_timeout", "1s"));
      lab.file("rogue", "run.sh", "read -t 0.5 line; echo \"read gave $? [$line]\"; sleep 600");

      lab.start("rogue");

      // 128 and more: it waited to the end of its time, and saw neither data nor the end.
      assertThat(lab.host().logs("rogue"))
          .extracting(OutputLine::text)
          .anyMatch(text -> text.matches("read gave 1[2-9][0-9] \\[\\]"));
    }
  }

  @Test
  @Row({"I1", "I3"})
  void it_sees_where_to_listen_and_what_is_granted() throws Exception {
    Lab lab =
        new Lab(folder)
            .environment("SHOP_TOKEN", "tok-1")
            .environment("DB_PASSWORD", "pw-2")
            .environment("TZ", "Europe/Paris")
            .grant("rogue", "SHOP_TOKEN")
            .rogue("rogue");
    try (lab) {
      Map<String, Object> place = Lab.call(lab.started("rogue.act"), "do", "place").values();

      @SuppressWarnings("unchecked")
      Map<String, String> seen = (Map<String, String>) place.get("env");
      assertThat(seen)
          .containsEntry("PLUGIN_ID", "rogue")
          .containsEntry("PLUGIN_PORT", Integer.toString(lab.host().status("rogue").port()))
          .containsEntry("SHOP_TOKEN", "tok-1")
          .containsEntry("TZ", "Europe/Paris")
          .containsKeys("PATH", "HOME", "TESTMESH_COOKIE", "TESTMESH_HOST_PID")
          .doesNotContainValue("pw-2");
      assertThat(place.get("cwd")).isEqualTo(lab.plugins.resolve("rogue").toRealPath().toString());
      assertThat(place.get("pid")).isEqualTo(lab.host().status("rogue").pid());
    }
  }

  @Test
  @Row("I7")
  void it_may_write_into_its_folder() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.manifest("rogue", Map.of("entry_point", "run.sh"));
      lab.file("rogue", "run.sh", "echo data > data.txt; exit 3");

      lab.start("rogue");

      assertThat(lab.plugins.resolve("rogue/data.txt")).hasContent("data");
    }
  }
}

package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.FakeContext;
import io.testmesh.plugin.FakeFlow;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import io.testmesh.spi.ActionSource.Offer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the command to the first answer. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class StartTest {
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir private Path folder;

  private static ActionException refusal(Lab lab, String action) throws InterruptedException {
    ActionHandler handler = lab.start(action).handlers().get(action);
    return catchThrowableOfType(
        ActionException.class, () -> handler.beforeFlow(new FakeFlow(), List.of()));
  }

  private static List<String> warnings(Lab lab, String action) throws Exception {
    FakeFlow flow = new FakeFlow();
    lab.start(action).handlers().get(action).beforeFlow(flow, List.of());
    return flow.warnings;
  }

  @Test
  @Row({"C12", "C35"})
  void one_that_exits_is_not_waited_for() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.rogue(
          "rogue",
          "exit=3",
          "exit_text=ModuleNotFoundError: No module named 'lunar'",
          "child=plain");
      long begin = System.nanoTime();

      ActionException refused = refusal(lab, "rogue.act");

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(refused.code()).isEqualTo("plugin_start_exited");
      assertThat(refused.isUnrunnable()).isTrue();
      assertThat(refused)
          .hasMessageStartingWith(
              "plugin \"rogue\" exited with code 3 before it was healthy; last output:")
          .hasMessageContaining("No module named 'lunar'");
      assertThat(refused.hint())
          .contains("install what it needs, such as with: pip install -r requirements.txt");
      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  @Row("C13")
  void one_that_ends_at_once_is_told_from_one_that_fails() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "exit=0", "exit_text=done")) {
      ActionException refused = refusal(lab, "rogue");

      assertThat(refused.code()).isEqualTo("plugin_start_exited");
      assertThat(refused)
          .hasMessage(
              "plugin \"rogue\" ended instead of serving (exit code 0); last output: \"done\"");
    }
  }

  @Test
  @Row("C26")
  void one_that_dies_after_it_was_healthy_and_before_info_did_not_start() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "dies_at_info=1")) {
      assertThat(refusal(lab, "rogue").code()).isEqualTo("plugin_start_exited");
    }
  }

  @Test
  @Row("C14")
  void a_port_that_was_taken_meanwhile_is_given_up_for_another() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "port_taken=2")) {
      lab.started("rogue.act");

      assertThat(lab.notes("rogue", "start")).hasSize(3);
      assertThat(lab.notes("rogue", "start").stream().map(line -> line.split(" ")[2]).distinct())
          .hasSize(3);
      assertThat(lab.host().logs("rogue"))
          .filteredOn(line -> line.text().startsWith("port trouble"))
          .hasSize(2);
    }
  }

  @Test
  @Row("C14")
  void three_ports_are_enough() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "port_taken=9")) {
      ActionException refused = refusal(lab, "rogue.act");

      assertThat(refused.code()).isEqualTo("plugin_port_race");
      assertThat(refused).hasMessageContaining("Address already in use");
      assertThat(lab.notes("rogue", "start")).hasSize(3);
    }
  }

  @Test
  @Row("C16")
  void another_process_that_answers_on_the_port_is_not_the_plugin() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "no_listener=1")) {
      CompletableFuture<ActionException> refused =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return refusal(lab, "rogue.act");
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (int i = 1; i <= 3; i++) {
        int number = i;
        Waiting.until(Duration.ofSeconds(10), () -> lab.notes("rogue", "start").size() >= number);
        squat(Integer.parseInt(lab.notes("rogue", "start").get(i - 1).split(" ")[2]));
      }

      assertThat(refused.get().code()).isEqualTo("plugin_port_squatted");
      assertThat(refused.get())
          .hasMessageContaining("plugin \"rogue\" is not the one that listens on its port");
    }
  }

  /** Answers one question on the port of somebody else. */
  private static void squat(int port) throws IOException {
    try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[1000]);
      byte[] answer =
          "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"healthy\"}"
              .getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(answer);
      // Held until the host has looked who listens.
      socket.getInputStream().read();
      Waiting.until(Duration.ofMillis(150), () -> false);
    }
  }

  @Test
  @Row("C19")
  void one_that_listens_elsewhere_is_told_where() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Lab lab = new Lab(folder).startLimit(SHORT).rogue("rogue", "port=" + port)) {
      ActionException refused = refusal(lab, "rogue.act");

      assertThat(refused.code()).isEqualTo("plugin_port_ignored");
      assertThat(refused)
          .hasMessageContaining("it listens on port " + port + " instead of PLUGIN_PORT");
      assertThat(refused.hint())
          .contains("let it listen on the port in the environment's PLUGIN_PORT");
    }
  }

  @Test
  @Row("C20")
  void one_that_listens_on_ipv6_alone_is_found_there() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "address=::1")) {
      assertThat(warnings(lab, "rogue.act"))
          .contains(
              "plugin_only_ipv6: plugin \"rogue\" listens on ::1 alone; let it listen on 127.0.0.1");
      assertThat(Lab.call(lab.started("rogue.act"), "do", "place").values()).containsKey("pid");
    }
  }

  @Test
  @Row({"C21", "I5"})
  void one_that_listens_on_all_addresses_is_warned_of() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "address=0.0.0.0")) {
      assertThat(warnings(lab, "rogue.act"))
          .singleElement()
          .asString()
          .startsWith("plugin_exposed: plugin \"rogue\" listens on every address of this machine");
    }
  }

  @Test
  @Row({"C22", "C19"})
  void one_that_never_listens_is_given_up_in_time() throws Exception {
    try (Lab lab =
        new Lab(folder).startLimit(SHORT).rogue("rogue", "no_listener=1", "print=loading")) {
      ActionException refused = refusal(lab, "rogue.act");

      assertThat(refused.code()).isEqualTo("plugin_start_timeout");
      assertThat(refused)
          .hasMessageContaining(
              "plugin \"rogue\" was not healthy after 3 s: /health got no answer: nobody listens on 127.0.0.1:")
          .hasMessageEndingWith("; last output: \"loading\"");
      assertThat(refused.hint()).contains("if it needs longer, set start_timeout in manifest.json");
    }
  }

  @Test
  @Row("C23")
  void what_it_says_instead_of_healthy_is_in_the_error() throws Exception {
    try (Lab lab = new Lab(folder).startLimit(Duration.ofSeconds(4))) {
      Map<String, String> answers =
          Map.of(
              "a", "health={\"status\": \"warming up\"}",
              "b", "health={\"status\": \"HEALTHY\"}",
              "c", "health=<h1>hello</h1>",
              "d", "health_status=503",
              "e", "health_status=302");
      answers.forEach(lab::rogue);

      Offer offer = lab.start("a", "b", "c", "d", "e");

      List<String> said = new ArrayList<>();
      for (String id : List.of("a", "b", "c", "d", "e")) {
        ActionException refused =
            catchThrowableOfType(
                ActionException.class,
                () -> offer.handlers().get(id).beforeFlow(new FakeFlow(), List.of()));
        assertThat(refused.code()).isEqualTo("plugin_start_timeout");
        said.add(refused.getMessage());
      }
      assertThat(said.get(0))
          .contains("/health answered with status 200: {\"status\": \"warming up\"}");
      assertThat(said.get(1)).contains("\"HEALTHY\"");
      assertThat(said.get(2)).contains("<h1>hello</h1>");
      assertThat(said.get(3)).contains("/health answered with status 503");
      assertThat(said.get(4)).contains("/health answered with status 302");
    }
  }

  @Test
  @Row({"C23", "C22"})
  void one_that_gets_healthy_late_is_waited_for() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "delay=600", "sick_probes=3")) {
      Lab.call(lab.started("rogue.act"), "do", "echo");

      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  @Row("C24")
  void a_question_that_hangs_does_not_hold_the_others() throws Exception {
    try (Lab lab =
        new Lab(folder).startLimit(Duration.ofSeconds(4)).rogue("rogue", "health_hangs=1")) {
      ActionException refused = refusal(lab, "rogue.act");

      assertThat(refused.code()).isEqualTo("plugin_start_timeout");
      assertThat(refused).hasMessageContaining("it did not answer in time");
    }
  }

  @Test
  @Row("C25")
  void an_endless_answer_is_cut() throws Exception {
    try (Lab lab =
        new Lab(folder).startLimit(SHORT).rogue("rogue", "health=" + "x".repeat(70_000))) {
      assertThat(refusal(lab, "rogue.act")).hasMessageContaining("at most 65536 bytes are read");
    }
  }

  @Test
  @Row("C27")
  void without_a_usable_info_the_id_alone_can_be_used() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.rogue("a", "info={\"id\": \"a\", actions}")
          .rogue("b", "info_status=404")
          .rogue("c", "info=" + "{\"pad\": \"" + "x".repeat(1_100_000) + "\"}")
          .rogue("d", "info=[]")
          .rogue("e", "info={\"id\": \"e\", \"actions\": \"none\"}");

      Offer offer = lab.start("a", "b", "c", "d", "e", "a.act");

      for (String id : List.of("a", "b", "c", "d", "e")) {
        FakeFlow flow = new FakeFlow();
        offer.handlers().get(id).beforeFlow(flow, List.of());
        assertThat(flow.warnings)
            .singleElement()
            .asString()
            .startsWith("plugin_info_invalid: ")
            .contains("\"" + id + "\"");
        assertThat(Lab.call(offer.handlers().get(id), "do", "place").values()).containsKey("pid");
      }
      assertThat(offer.refused().get("a.act").code()).isEqualTo("plugin_unknown_action");
    }
  }

  @Test
  @Row("C28")
  void another_id_or_version_in_info_is_a_warning() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.rogue(
          "my-scraper",
          "info={\"id\": \"scraper\", \"version\": \"2.0.0\", \"actions\": [{\"id\": \"scraper.extract\"}]}");

      assertThat(warnings(lab, "scraper.extract"))
          .contains(
              "plugin_info_differs: plugin \"my-scraper\": /info says id \"scraper\", manifest.json says \"my-scraper\", which counts",
              "plugin_info_differs: plugin \"my-scraper\": /info says version \"2.0.0\", manifest.json says \"1.0.0\", which counts");
    }
  }

  @Test
  @Row("C32")
  void ten_start_in_hardly_more_time_than_the_slowest() throws Exception {
    try (Lab lab = new Lab(folder)) {
      String[] ids = new String[10];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = "p" + i;
        lab.manifest(ids[i], Map.of("entry_point", "slow.sh"));
        // Waiting costs no processor time: only the host can make it longer.
        lab.file(ids[i], "slow.sh", "sleep 5; exit 7");
      }
      long begin = System.nanoTime();

      Offer offer = lab.start(ids);

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
      assertThat(offer.handlers()).hasSize(10);
    }
  }

  @Test
  @Row({"C33", "C35"})
  void one_that_starts_can_be_stopped() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "no_listener=1", "child=plain")) {
      CompletableFuture<ActionException> refused =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return refusal(lab, "rogue.act");
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Waiting.until(Duration.ofSeconds(10), () -> !lab.notes("rogue", "child").isEmpty());

      lab.host().stop("rogue");

      assertThat(refused.get().code()).isEqualTo("plugin_start_cancelled");
      assertThat(LeakCheck.processes()).isEmpty();
    }
  }

  @Test
  @Row("C33")
  void closing_the_host_ends_a_start() throws Exception {
    Lab lab = new Lab(folder).rogue("rogue", "no_listener=1");
    Thread thread =
        new Thread(
            () -> {
              Waiting.until(Duration.ofSeconds(10), () -> !lab.notes("rogue", "start").isEmpty());
              lab.close();
            });
    thread.start();

    assertThat(refusal(lab, "rogue.act").code()).isEqualTo("plugin_start_cancelled");
    thread.join();
  }

  @Test
  @Row("C34")
  void two_that_start_it_at_once_get_the_same_process() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "delay=200")) {
      List<CompletableFuture<Offer>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return lab.start("rogue.act");
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      for (CompletableFuture<Offer> start : starts) {
        start.get().handlers().get("rogue.act").beforeFlow(new FakeFlow(), List.of());
      }

      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  @Row("C36")
  void the_thread_that_asked_for_a_start_may_end() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      Thread asking =
          new Thread(
              () -> {
                try {
                  lab.started("rogue.act");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      asking.start();
      asking.join();

      assertThat(Lab.call(lab.started("rogue.act"), "do", "place").values()).containsKey("pid");
      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  @Row("C22")
  void the_end_of_the_runs_time_ends_the_wait() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "no_listener=1")) {
      Offer offer =
          lab.host()
              .start(
                  Set.of("rogue.act"),
                  Deadline.after(Duration.ofMillis(300)),
                  io.testmesh.plugin.protocol.PluginClient.NEVER);

      ActionException refused =
          catchThrowableOfType(
              ActionException.class,
              () -> offer.handlers().get("rogue.act").beforeFlow(new FakeFlow(), List.of()));
      assertThat(refused)
          .hasMessage("plugin \"rogue\" did not serve before the time of the run was over");
    }
  }

  @Test
  @Row("D33")
  void a_run_that_is_cancelled_does_not_wait_for_the_start() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "no_listener=1")) {
      FakeContext run = new FakeContext(Map.of());
      Thread cancelling =
          new Thread(
              () -> {
                Waiting.until(Duration.ofSeconds(10), () -> !lab.notes("rogue", "start").isEmpty());
                run.cancel();
              });
      cancelling.start();

      assertThat(
              catchThrowableOfType(
                  InterruptedException.class,
                  () ->
                      lab.host()
                          .start(Set.of("rogue.act"), Deadline.after(Duration.ofMinutes(1)), run)))
          .isNotNull();
      Waiting.forEnd(cancelling);
    }
  }

  @Test
  @Row({"C1", "C12"})
  void what_can_be_known_before_starts_nothing() throws Exception {
    try (Lab lab = new Lab(folder).environment("PATH", "/nowhere").sample("my-js-plugin")) {
      ActionException refused = refusal(lab, "my-js-plugin.transform");

      assertThat(refused.code()).isEqualTo("plugin_interpreter_missing");
      assertThat(refused)
          .hasMessage("plugin \"my-js-plugin\" cannot be started: node is not on PATH (/nowhere)");
      assertThat(refused.hint()).contains("install node, or add its folder to PATH");
    }
  }

  @Test
  @Row({"H8", "H9", "C12"})
  void one_that_did_not_start_can_be_started_when_it_is_mended() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", "exit=5", "exit_text=no licence")) {
      PluginException failure =
          catchThrowableOfType(PluginException.class, () -> lab.host().start("rogue"));
      assertThat(failure.code()).isEqualTo("START_EXITED");
      assertThat(lab.host().status("rogue").error()).hasMessageContaining("no licence");
      assertThat(lab.host().status("rogue").loaded()).isFalse();

      lab.mode("rogue");
      lab.host().start("rogue");
      lab.host().start("rogue");

      assertThat(lab.host().status("rogue").loaded()).isTrue();
      assertThat(lab.host().status("rogue").error()).isNull();
      assertThat(lab.notes("rogue", "start")).hasSize(2);
    }
  }
}

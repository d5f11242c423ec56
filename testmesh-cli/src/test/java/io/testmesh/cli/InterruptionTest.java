package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real signals. */
@Timeout(60)
class InterruptionTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void no_process_is_left() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void sigterm_cancels_the_run_and_the_report_is_written() throws Exception {
    Path report = folder.resolve("r.ndjson");
    Process process = start("run", "--report", "ndjson=" + report, "wait.yaml");
    awaitText(report, "flow_started");

    process.toHandle().destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(report)).contains("run_finished", "\"status\":\"cancelled\"");
    assertThat(text(process)).contains("CANCELLED  wait", "1 flow: 1 cancelled");
  }

  @Test
  void a_second_signal_ends_a_run_that_does_not_stop() throws Exception {
    Path report = folder.resolve("r.ndjson");
    Process process = start("run", "--report", "ndjson=" + report, "stuck.yaml");
    awaitText(report, "flow_started");

    process.toHandle().destroy();
    awaitLine(process, "interrupted");
    process.toHandle().destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private Process start(String... args) throws Exception {
    Process process = CommandLine.start(folder, args);
    started.add(process);
    return process;
  }

  private static void awaitText(Path file, String text) throws Exception {
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void awaitLine(Process process, String start) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (!line.startsWith(start)) {
      line = lines.readLine();
    }
  }

  private static String text(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

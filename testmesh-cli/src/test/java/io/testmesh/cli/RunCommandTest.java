package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;

  @Test
  void a_passing_run_is_a_line_a_flow_and_the_summary() {
    CommandLine done = CommandLine.run("run", "a.yaml", "b.yaml");

    assertThat(done.code()).isZero();
    assertThat(done.out())
        .isEqualTo(
            """
            passed  a  (a.yaml)  7 ms
            passed  b  (b.yaml)  7 ms
            2 flows: 2 passed; 2 steps in 12 ms
            """);
    assertThat(done.err()).isEmpty();
  }

  @Test
  void a_failure_is_shown_once_and_the_summary_is_last() {
    CommandLine done = CommandLine.run("run", "fail.yaml", "b.yaml");

    assertThat(done.code()).isEqualTo(1);
    assertThat(done.out())
        .isEqualTo(
            """
            failed  fail  (fail.yaml)  7 ms
            passed  b  (b.yaml)  7 ms

            FAILED  fail  (fail.yaml:4)  7 ms
              step step_1  log

              it broke

            2 flows: 1 passed, 1 failed; 2 steps in 12 ms
            """);
  }

  @Test
  void quiet_shows_failures_and_the_summary_only() {
    assertThat(CommandLine.run("run", "-q", "a.yaml").out())
        .isEqualTo("1 flow: 1 passed; 1 step in 12 ms\n");
    assertThat(CommandLine.run("run", "-q", "fail.yaml").out()).startsWith("\nFAILED  fail");
  }

  @Test
  void verbose_shows_every_step() {
    assertThat(CommandLine.run("run", "-v", "a.yaml").out())
        .startsWith("passed  a  (a.yaml)  7 ms\n  passed  step_1  log  5 ms\n");
  }

  @Test
  void problems_are_exit_code_3_and_reported() throws Exception {
    Path report = folder.resolve("new/folder/r.json");

    CommandLine done = CommandLine.run("run", "a", "invalid.yaml", "--report", "json=" + report);

    assertThat(done.code()).isEqualTo(3);
    assertThat(done.out())
        .isEqualTo(
            """

            invalid.yaml:6:7 unknown key "assret" in step 1; did you mean "assert"?
                5 |       config: {}
                6 |       assret: [x]
                  |       ^^^^^^

            1 problem in 1 file; nothing ran
            """);
    assertThat(Files.readString(report)).contains("\"status\":\"invalid\"", "\"unknown_key\"");
  }

  @Test
  void nothing_selected_is_exit_code_5_unless_it_is_allowed() {
    CommandLine done = CommandLine.run("run", "none");

    assertThat(done.code()).isEqualTo(5);
    assertThat(done.out()).isEqualTo("0 flows: nothing was selected\n");
    assertThat(CommandLine.run("run", "none", "--allow-empty").code()).isZero();
  }

  @Test
  void a_flow_that_cannot_be_run_is_exit_code_4() {
    assertThat(CommandLine.run("run", "error", "fail").code()).isEqualTo(4);
  }

  @Test
  void a_report_on_standard_output_moves_people_to_standard_error() {
    CommandLine done = CommandLine.run("run", "fail.yaml", "--report", "json");

    assertThat(done.code()).isEqualTo(1);
    assertThat(done.out()).startsWith("{\"testmesh\":").endsWith("]}\n");
    assertThat(done.err()).contains("FAILED  fail").endsWith("1 step in 12 ms\n");
  }

  @Test
  void a_report_that_cannot_be_written_is_exit_code_4_and_named() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    CommandLine done =
        CommandLine.run("run", "fail", "--report", "json=" + file.resolve("inside.json"));

    assertThat(done.code()).isEqualTo(4);
    assertThat(done.err())
        .isEqualTo(
            "error: the report "
                + file
                + "/inside.json could not be written: "
                + file
                + " is a file, not a folder\n");
    assertThat(done.out()).contains("FAILED  fail");
  }

  @Test
  void an_env_file_that_is_not_there_is_a_problem_of_the_run() {
    CommandLine done = CommandLine.run("run", "a", "--env-file", "nowhere.env", "--report", "json");

    assertThat(done.code()).isEqualTo(3);
    assertThat(done.out()).contains("\"code\":\"file_not_found\"", "\"file\":\"nowhere.env\"");
    assertThat(done.err()).contains("nowhere.env there is no file \"nowhere.env\" (--env-file)\n");
  }

  @Test
  void colours_are_for_terminals_and_who_asks() {
    String[] plain = {"run", "fail", "b"};
    String red = "\u001b[1m\u001b[31mFAILED\u001b[0m  fail";

    assertThat(CommandLine.run("", "12", plain).out()).contains(red);
    assertThat(CommandLine.run("", "", plain).out()).doesNotContain("\u001b");
    assertThat(CommandLine.run("run", "fail", "--color", "always").out()).contains(red);
    assertThat(CommandLine.run("", "12", new String[] {"run", "a", "--color=never"}).out())
        .doesNotContain("\u001b[3");
  }

  @Test
  void colours_change_nothing_but_colours() {
    String plain = CommandLine.run("run", "fail", "b", "invalid").out();
    String colored = CommandLine.run("run", "fail", "b", "invalid", "--color=always").out();

    assertThat(colored).contains("\u001b[31m ");
    assertThat(colored.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  @Test
  void validate_runs_nothing() {
    CommandLine good = CommandLine.run("validate", "fail", "b");
    CommandLine bad = CommandLine.run("validate", "a", "invalid.yaml", "--report", "json");

    assertThat(good.code()).isZero();
    assertThat(good.out()).isEqualTo("2 flows are valid\n");
    assertThat(bad.code()).isEqualTo(3);
    assertThat(bad.out()).contains("\"status\":\"invalid\"");
    assertThat(bad.err())
        .startsWith("invalid.yaml:6:7 unknown key")
        .endsWith("1 problem in 1 file; nothing ran\n");
    assertThat(CommandLine.run("validate", "none").code()).isEqualTo(5);
  }

  @Test
  void list_shows_flows_for_people_and_for_tools() {
    assertThat(CommandLine.run("list", "a.yaml").out()).isEqualTo("a  (a.yaml:1)  [smoke]\n");
    assertThat(CommandLine.run("list", "a.yaml", "--json").out())
        .isEqualTo(
            "{\"flows\":[{\"name\":\"a\",\"file\":\"a.yaml\",\"line\":1,\"tags\":[\"smoke\"],"
                + "\"row\":null}]}\n");
    CommandLine invalid = CommandLine.run("list", "a", "invalid");
    assertThat(invalid.code()).isEqualTo(3);
    assertThat(invalid.err()).contains("unknown key");
    assertThat(CommandLine.run("list", "none").code()).isEqualTo(5);
  }

  @Test
  void timings_are_named_with_their_hash_and_balance_the_shards() throws Exception {
    Path report = folder.resolve("last.json");
    Files.writeString(report, "{\"flows\":[{\"file\":\"a.yaml\",\"duration_ms\":7}]}");
    CommandLine done =
        CommandLine.run("run", "--shard", "1/2", "--timings", report.toString(), "a.yaml");

    assertThat(done.code()).isZero();
    assertThat(done.out())
        .startsWith(
            "shards are balanced by "
                + report
                + ", sha256 6b27ce50247703e49fa49fb1067be6c27fecb6e365d79004820bdc8ec3e79e7b\n");
  }

  @Test
  void timings_that_cannot_be_read_are_a_problem_of_their_file() throws Exception {
    CommandLine missing =
        CommandLine.run("run", "--shard", "1/2", "--timings", "no-such.json", "a.yaml");
    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.out()).contains("there is no file \"no-such.json\" (--timings)");

    Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
    CommandLine useless =
        CommandLine.run("run", "--shard", "1/2", "--timings", empty.toString(), "a.yaml");
    assertThat(useless.code()).isEqualTo(3);
    assertThat(useless.out()).contains("hold no flows");
  }

  @Test
  void a_dry_run_shows_steps_and_no_progress() {
    assertThat(CommandLine.run("run", "--dry-run", "a.yaml").out())
        .startsWith("a  (a.yaml:1)\n  steps  step_1  log\n\n");
  }
}

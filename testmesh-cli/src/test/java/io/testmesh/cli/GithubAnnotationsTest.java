package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GithubAnnotationsTest {
  private static final Map<String, String> ACTIONS = Map.of("GITHUB_ACTIONS", "true");

  @Test
  void problems_and_failures_are_lines_at_the_end() {
    CommandLine done = CommandLine.run(ACTIONS, "run", "fail.yaml", "a.yaml");
    CommandLine invalid = CommandLine.run(ACTIONS, "validate", "invalid.yaml");

    assertThat(done.out())
        .endsWith(
            """
            2 flows: 1 passed, 1 failed; 2 steps in 12 ms
            ::error file=fail.yaml,line=1,title=fail::step step_1: it broke
            """);
    assertThat(invalid.out())
        .endsWith(
            "::error file=invalid.yaml,line=6,col=7,title=unknown_key::"
                + "unknown key \"assret\" in step 1; did you mean \"assert\"?\n");
  }

  @Test
  void a_report_keeps_standard_output_for_itself() {
    CommandLine done = CommandLine.run(ACTIONS, "run", "fail.yaml", "--report", "json");

    assertThat(done.out()).startsWith("{\"testmesh\":").endsWith("]}\n").doesNotContain("::error");
    assertThat(done.err()).contains("\n::error file=fail.yaml,");
  }

  @Test
  void elsewhere_there_are_none() {
    assertThat(CommandLine.run("run", "fail", "invalid").out()).doesNotContain("::");
    assertThat(CommandLine.run(Map.of("GITHUB_ACTIONS", "false"), "run", "fail").out())
        .doesNotContain("::");
  }

  @Test
  void what_would_end_a_line_or_a_property_is_escaped() {
    SourceSpan place = new SourceSpan("a,b:c%.yaml", 3, 4, 3, 5);
    Failure failure =
        Failure.builder("x", "100%: one, two\r\n::error::three \u001b[31m")
            .span(place)
            .hint("look")
            .build();
    FlowResult flow = FlowResult.builder(0, "name: a, b\n%", Status.ERROR).failure(failure).build();

    assertThat(annotations(flow))
        .isEqualTo(
            "::error file=a%2Cb%3Ac%25.yaml,line=3,col=4,title=name%3A a%2C b%0A%25::"
                + "100%25: one, two; look%0D%0A::error::three \uFFFD[31m\n");
  }

  @Test
  void a_flow_without_a_file_or_a_reason_is_named_too() {
    assertThat(annotations(FlowResult.builder(0, "made", Status.CANCELLED).build()))
        .isEqualTo("::error title=made::cancelled\n");
    assertThat(annotations(FlowResult.builder(0, "made", Status.FAILED).file("-").line(1).build()))
        .isEqualTo("::error title=made::failed\n");
    assertThat(annotations(FlowResult.builder(0, "good", Status.PASSED).build())).isEmpty();
  }

  @Test
  void warnings_stay_warnings() {
    RunResult run =
        RunResult.builder(RunStatus.PASSED)
            .problems(
                List.of(Problem.warning("odd", "odd", new SourceSpan("w.yaml", 1, 2, 1, 3), null)))
            .build();

    assertThat(GithubAnnotations.of(run, ACTIONS))
        .isEqualTo("::warning file=w.yaml,line=1,col=2,title=odd::odd\n");
  }

  @Test
  void names_are_from_the_root_of_the_repository() {
    Path here = Path.of("").toAbsolutePath();
    Map<String, String> above =
        Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", here.getParent().toString());
    RunResult run =
        failed(FlowResult.builder(0, "f", Status.FAILED).file("a.yaml").line(1).build());

    assertThat(GithubAnnotations.of(run, above))
        .startsWith("::error file=" + here.getFileName() + "/a.yaml,line=1,");
  }

  private static String annotations(FlowResult flow) {
    return GithubAnnotations.of(failed(flow), ACTIONS);
  }

  private static RunResult failed(FlowResult flow) {
    return RunResult.builder(RunStatus.FAILED).flows(List.of(flow)).build();
  }
}

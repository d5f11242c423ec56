package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the language, each tried by small flows: {@link RuleSheet}. */
@ParameterizedClass
@ValueSource(strings = {"keys", "values", "actions", "blocks", "running", "corners"})
final class RulesTest {
  private final String name;

  @TempDir private Path folder;

  RulesTest(String name) {
    this.name = name;
  }

  @TestFactory
  Stream<DynamicTest> each_case_ends_as_its_sheet_says() throws IOException {
    RuleSheet sheet = RuleSheet.read(name);
    Path[] files = sheet.write(folder);
    RunResult result;
    try (FlowRunner runner =
        FlowRunner.builder()
            .workingFolder(folder)
            .environment(Map.of("HOME", "/home/ada"))
            .build()) {
      result =
          runner.run(
              runner.load(files), RunOptions.builder().parallel(2).continueOnInvalid(true).build());
    }
    return sheet.cases().stream().map(one -> dynamicTest(one.name(), () -> check(one, result)));
  }

  private static void check(RuleSheet.Case one, RunResult result) {
    String text = "";
    String outcome = "none";
    List<FlowResult> flows = new ArrayList<>();
    result.flows().stream().filter(flow -> flow.file().equals(one.file())).forEach(flows::add);
    for (Problem problem : result.problems()) {
      if (problem.isError() && problem.span().file().equals(one.file())) {
        outcome = "invalid " + problem.code();
        text = problem.message() + (problem.hint() == null ? "" : "; " + problem.hint());
        break;
      }
    }
    if (!flows.isEmpty()) {
      FlowResult flow = flows.get(0);
      outcome = flow.status().key();
      if (flow.failure().isPresent()) {
        outcome += " " + flow.failure().get().code();
        text = flow.failure().get().message();
      }
      outcome += flows.size() > 1 ? " x" + flows.size() : "";
    }
    assertThat(outcome).as(text).isEqualTo(one.outcome());
    assertThat(text).startsWith(one.text());
  }
}

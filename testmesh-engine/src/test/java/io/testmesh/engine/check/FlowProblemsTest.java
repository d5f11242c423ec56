package io.testmesh.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is found in each flow of {@code check} before its first step, against the file's {@code
 * .expected}; the files that they need are in {@code check/parts}.
 */
class FlowProblemsTest {
  private static final Path FOLDER = Path.of("src/test/resources/check");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_flow_has_the_expected_problems(String name) throws IOException {
    Path expected = FOLDER.resolve(name.replace(".yaml", ".expected"));
    try (FlowRunner runner =
        FlowRunner.builder()
            .workingFolder(FOLDER.toAbsolutePath())
            .environment(Map.of("HOME", "/root"))
            .build()) {
      RunResult result =
          runner.run(runner.load(Path.of(name)), RunOptions.builder().dryRun(true).build());

      assertThat(described(result)).isEqualTo(Files.readString(expected));
    }
  }

  private static String described(RunResult result) {
    StringBuilder text = new StringBuilder(result.status() + "\n");
    for (Problem problem : result.problems()) {
      text.append(problem.severity().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(problem.code())
          .append(' ')
          .append(problem)
          .append('\n');
    }
    return text.toString();
  }
}

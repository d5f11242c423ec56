package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.engine.load.FlowLoader.Loaded;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the loader says about each file in {@code load}, against the file's {@code .expected}. */
class FlowFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/load");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".expected"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_loads_as_expected(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    Path expected = FOLDER.resolve(name.substring(0, name.lastIndexOf('.')) + ".expected");

    Loaded loaded = new FlowLoader(5_000_000).load(name, file, Files.readAllBytes(file));

    assertThat(described(loaded)).isEqualTo(Files.readString(expected));
  }

  private static String described(Loaded loaded) {
    StringBuilder text = new StringBuilder();
    if (loaded.noFlow()) {
      text.append("no flow\n");
    }
    if (loaded.flow() != null && loaded.problems().isEmpty()) {
      text.append("loads\n");
    }
    for (Problem problem : loaded.problems()) {
      text.append(problem.code()).append(' ').append(problem).append('\n');
    }
    return text.toString();
  }
}

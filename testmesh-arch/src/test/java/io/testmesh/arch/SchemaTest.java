package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema takes what the loader takes, and refuses what it refuses. */
final class SchemaTest {
  private static final Path ROOT = Project.open().root();
  private static final Path LOAD = ROOT.resolve("testmesh-engine/src/test/resources/load");
  private static final Pattern UNKNOWN = Pattern.compile("unknown_key .* unknown key \"([^\"]+)\"");

  static List<Path> examples() {
    return Project.files(ROOT.resolve("examples"), ".yaml");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_valid(Path example) {
    assertThat(Tools.schemaErrors(Project.text(example))).isEmpty();
  }

  /** Files that are well-formed, and whose faults are keys, types and missing keys. */
  static List<Path> broken() {
    Set<String> faults = Set.of("unknown_key", "wrong_type", "missing_key");
    List<Path> broken = new ArrayList<>();
    for (Path expected : Project.files(LOAD, ".expected")) {
      List<String> lines = Project.text(expected).lines().toList();
      boolean fits = !lines.isEmpty();
      for (String line : lines) {
        fits &= faults.contains(line.substring(0, Math.max(0, line.indexOf(' '))));
      }
      if (fits) {
        broken.add(expected);
      }
    }
    return broken;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_wrong_key_type_or_missing_key_is_refused(Path expected) {
    String name = expected.getFileName().toString().replace(".expected", "");
    Path yaml = LOAD.resolve(name + ".yaml");
    Path file = yaml.toFile().exists() ? yaml : LOAD.resolve(name + ".json");

    List<String> errors = new ArrayList<>();
    for (String error : Tools.schemaErrors(Project.text(file))) {
      // Those flows leave out what their actions need; that is not the fault that is meant.
      if (!error.contains("required property 'config'")) {
        errors.add(error);
      }
    }

    assertThat(errors).isNotEmpty();
    Matcher unknown = UNKNOWN.matcher(Project.text(expected));
    while (unknown.find()) {
      String key = unknown.group(1);
      assertThat(errors).anyMatch(error -> error.contains("'" + key + "'"));
    }
  }

  @Test
  void there_are_broken_files() {
    assertThat(broken()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{action: delay, config: {duration: 1h30m}}",
        "{action: delay, config: {duration: 250}}",
        "{action: delay, config: {duration: \"${pause}\"}}",
        "{action: http_request, config: {url: \"http://a\", follow_redirects: \"{{follow}}\"}}",
        "{action: http_request, config: {url: \"http://a\", maxRedirects: 3}}",
        "{action: http_request, config: {url: \"http://a\", expect_status: [200, 2xx]}}",
        "{action: http_request, config: {url: \"http://a\", headers: \"${headers}\"}}",
        "{action: log, config: {message: a, level: \"${level}\"}}",
        "{action: log, config: {message: a}, on_error: {action: continue}, save: {a: $.b}}",
        "{action: log, config: {message: a}, assert: [true, {expression: a, message: b}]}",
        "{action: mock_server_start, config: {server_id: a}}",
        "{action: assert, config: {assertions: [\"1 == 1\"], data: null}}",
        "{action: transform, config: {operations: [{operation: join, save_as: a, source: b}]}}",
      })
  void what_the_loader_takes_is_valid(String step) {
    String flow = "{flow: {name: a, steps: [" + step + "]}}";

    assertThat(Tools.schemaErrors(flow)).isEmpty();
    assertThat(Tools.schemaErrors("{name: a, steps: [" + step + "]}")).isEmpty();
    assertThat(Tools.problems(flow)).allMatch(problem -> problem.startsWith("undefined_variable "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{action: delay}",
        "{action: delay, config: {}}",
        "{action: delay, config: {duration: soon}}",
        "{action: delay, config: {duration: -1}}",
        "{action: delay, config: {duration: 1m1h}}",
        "{action: delay, config: {duration: 1s}, timeout: 0}",
        "{action: delay, config: {duration: 1s}, every: 1s}",
        "{action: dely, config: {duration: 1s}}",
        "{action: log, config: {message: 7}}",
        "{action: log, config: {message: a, level: loud}}",
        "{action: log, config: {message: a, mesage: b}}",
        "{action: log, config: {message: a}, assert: a}",
        "{action: log, config: {message: a}, assert: []}",
        "{action: log, config: {message: a}, on_error: {action: stop}}",
        "{action: mock_server_start, config: {server_id: a, name: b}}",
        "{action: mock_server_start, config: {endpoints: [{method: GET}]}}",
        "{action: mock_server_start, config: {endpoints: [{path: /, response: {stauts: 200}}]}}",
        "{action: transform, config: {operations: [{save_as: a}]}}",
      })
  void what_the_loader_refuses_is_not_valid(String step) {
    String flow = "{flow: {name: a, steps: [" + step + "]}}";

    assertThat(Tools.schemaErrors(flow)).isNotEmpty();
    assertThat(Tools.problems(flow)).isNotEmpty();
  }

  @Test
  void every_key_of_the_language_is_described() throws IOException {
    JsonNode definitions = new ObjectMapper().readTree(Tools.schema()).path("$defs");
    List<String> bare = new ArrayList<>();
    for (String part : List.of("flow", "step", "settings", "retry")) {
      assertThat(definitions.path(part).path("properties")).isNotEmpty();
      for (Map.Entry<String, JsonNode> key :
          definitions.path(part).path("properties").properties()) {
        if (!key.getValue().has("description")) {
          bare.add(part + ": " + key.getKey());
        }
      }
    }

    assertThat(bare).isEmpty();
  }
}

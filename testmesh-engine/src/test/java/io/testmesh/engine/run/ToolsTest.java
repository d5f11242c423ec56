package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.Evaluation;
import io.testmesh.FlowTools;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.result.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked without running anything. */
class ToolsTest {
  private static final Map<String, @Nullable Object> DATA =
      Map.of("a", 1L, "list", List.of(1L, 2L), "m", Map.of("x", "y"));

  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private FlowTools tools() {
    return kit.runner().tools();
  }

  @Test
  void an_expression_sees_the_keys_of_the_data_and_all_of_it() {
    assertThat(tools().evaluate("a + $.a + len(list)", DATA))
        .isEqualTo(new Evaluation.Value("int", 4L));
    assertThat(tools().evaluate("$", List.of(1L)))
        .isEqualTo(new Evaluation.Value("list", List.of(1L)));
    assertThat(tools().evaluate("$env.m.x", DATA)).isEqualTo(new Evaluation.Value("string", "y"));
    assertThat(tools().evaluate("now() > date(\"2020-01-01\")", null))
        .isEqualTo(new Evaluation.Value("bool", true));
    assertThat(tools().evaluatePath("$.list[*]", DATA))
        .isEqualTo(new Evaluation.Value("list", List.of(1L, 2L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 + | parse | expression_syntax | the expression ends too early | 1 | 4 | 1",
        "lenn(a) | parse | unknown_function | there is no function \"lenn\" | 1 | 1 | 4",
        "a + b | run | undefined_variable | there is no variable \"b\" | 1 | 5 | 1",
        "list[9] | run | expression_failed | list has no item 9 (it has 2) | 1 | 1 | 7",
        "'😀' + b | run | undefined_variable | there is no variable \"b\" | 1 | 7 | 1",
      })
  void an_error_has_a_phase_and_a_place(
      String text, String phase, String code, String message, int line, int column, int length) {
    Evaluation.Error error = (Evaluation.Error) tools().evaluate(text, DATA);

    assertThat(error.phase()).isEqualTo(phase);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(message);
    assertThat(List.of(error.line(), error.column(), error.length()))
        .containsExactly(line, column, length);
  }

  @Test
  void places_count_lines() {
    Evaluation.Error error = (Evaluation.Error) tools().evaluate("1 +\n  2 +\n  bb", DATA);
    Evaluation.Error first = (Evaluation.Error) tools().evaluate("bb +\n 1", DATA);

    assertThat(List.of(error.line(), error.column(), error.length())).containsExactly(3, 3, 2);
    assertThat(List.of(first.line(), first.column(), first.length())).containsExactly(1, 1, 2);
  }

  @Test
  void a_wrong_path_has_a_place_too() {
    Evaluation.Error error = (Evaluation.Error) tools().evaluatePath("$.a[", DATA);

    assertThat(error.phase()).isEqualTo("parse");
    assertThat(error.code()).isEqualTo("expression_syntax");
    assertThat(error.column()).isEqualTo(5);
  }

  @Test
  void a_check_knows_what_the_run_will_be_given() {
    kit.write(
        "a.yaml",
        "flow: {name: a, inputs: {user: {required: true}}, steps: [{action: mark, config: {name: \"${user}\"}}]}");

    assertThat(tools().check(kit.runner().load(Path.of("a.yaml")), Map.of()))
        .extracting(Problem::code)
        .containsExactly("missing_input");
    assertThat(tools().check(kit.runner().load(Path.of("a.yaml")), Map.of("user", "x"))).isEmpty();
    assertThat(kit.marks()).isEmpty();
  }

  @Test
  void what_may_follow_from_a_part_that_cannot_be_read_is_not_told() {
    kit.write(
        "a.yaml",
        """
        flow:
          name: a
          emv: {user: x}
          steps:
            - {action: mark, config: {name: "${user}"}}
            - {action: mrak, config: {nmae: "${user}"}}
        """);
    kit.write(
        "b.yaml",
        """
        flow:
          name: b
          steps:
            - {action: mark, config: {name: "${user}"}, dissabled: true}
            - {action: mark, config: {name: "${user}", nmae: x}}
        """);

    assertThat(codes("a.yaml")).containsExactly("unknown_key 3", "unknown_action 6");
    assertThat(codes("b.yaml"))
        .containsExactly(
            "undefined_variable 4", "unknown_key 4", "undefined_variable 5", "unknown_key 5");
  }

  private List<String> codes(String file) {
    return tools().check(kit.runner().load(Path.of(file)), Map.of()).stream()
        .map(problem -> problem.code() + " " + problem.span().line())
        .toList();
  }

  @Test
  void actions_and_their_schema_are_known() {
    assertThat(tools().actions())
        .extracting(ActionDescriptor::id)
        .contains("mark", "assert", "log")
        .isSorted();
    assertThat(tools().schema()).containsKey("$schema");
    assertThat(tools().json().render(Map.of("a", 1L))).isEqualTo("{\"a\":1}");
  }

  @Test
  void data_is_read_as_json_or_yaml() {
    assertThat(tools().parseData("d", "{\"a\": [1, 2.5]}"))
        .isEqualTo(Map.of("a", List.of(1L, 2.5)));
    assertThat(tools().parseData("d", "a: x")).isEqualTo(Map.of("a", "x"));
    assertThatThrownBy(() -> tools().parseData("d.json", "{\"a\": "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("d.json:1:1");
  }

  @Test
  void an_env_file_is_read_in_order() {
    Path file = kit.write(".env", "B=1\nA='x y'\n");
    Path wrong = kit.write("wrong.env", "no");

    assertThat(tools().readEnvFile(file).toString()).isEqualTo("{B=1, A=x y}");
    assertThatThrownBy(() -> tools().readEnvFile(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1 of the env file \"wrong.env\"");
  }
}

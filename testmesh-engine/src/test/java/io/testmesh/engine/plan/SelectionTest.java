package io.testmesh.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.Selection;
import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    write("b.yaml", "flow: {name: Bee, tags: [smoke, slow], steps: [{action: log}]}");
    write("a.yml", "flow: {name: Ant, tags: [smoke], steps: [{action: log}]}");
    write("sub/c.json", "{\"flow\": {\"name\": \"Cat\", \"steps\": [{\"action\": \"log\"}]}}");
    write("sub/data.yaml", "rows: [1, 2]");
    write(".hidden/x.yaml", "flow: {name: X, steps: [{action: log}]}");
    write("sub/.y.yaml", "flow: {name: Y, steps: [{action: log}]}");
    write("notes.txt", "flow: {name: N, steps: [{action: log}]}");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FlowSet select(UnaryOperator<Selection.Builder> more, String... places) {
    try (FlowRunner runner =
        FlowRunner.builder()
            .workingFolder(folder)
            .standardInput(
                new ByteArrayInputStream(
                    "flow: {name: In, steps: [{action: log}]}".getBytes(StandardCharsets.UTF_8)))
            .build()) {
      return runner.tools().select(more.apply(Selection.of(List.of(places))).build());
    }
  }

  private FlowSet select(String... places) {
    return select(builder -> builder, places);
  }

  private static List<String> names(FlowSet set) {
    return set.flows().stream().map(Flow::name).toList();
  }

  private static List<String> problems(FlowSet set) {
    return set.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void a_folder_gives_its_flows_by_name_without_hidden_and_other_files() {
    FlowSet set = select(".");

    assertThat(names(set)).containsExactly("Ant", "Bee", "Cat");
    assertThat(set.problems()).isEmpty();
  }

  @Test
  void places_keep_their_order_and_a_file_given_twice_runs_once() {
    assertThat(names(select("b.yaml", "a.yml", "b.yaml", ".")))
        .containsExactly("Bee", "Ant", "Cat");
    assertThat(names(select("b.yaml::Bee", "b.yaml", "b.yaml:1", "./sub/../b.yaml")))
        .containsExactly("Bee");
  }

  @Test
  void a_glob_gives_what_it_matches() {
    assertThat(names(select("*.y*ml"))).containsExactly("Ant", "Bee");
    assertThat(names(select("**/*.json"))).containsExactly("Cat");
    assertThat(names(select("s*"))).containsExactly("Cat");
  }

  @Test
  void a_glob_that_matches_nothing_is_a_problem() {
    assertThat(problems(select("*.yeml"))).singleElement().asString().contains("nothing matches");
  }

  @Test
  void a_name_or_line_selects_the_flow_of_a_file() {
    assertThat(names(select("b.yaml::Bee"))).containsExactly("Bee");
    assertThat(names(select("b.yaml:1"))).containsExactly("Bee");
  }

  @Test
  void a_name_that_no_flow_of_the_file_has_is_a_problem_beside_others() {
    FlowSet set = select("a.yml", "b.yaml::Bea");

    assertThat(names(set)).containsExactly("Ant");
    assertThat(problems(set))
        .singleElement()
        .asString()
        .contains("b.yaml")
        .contains("no flow is called \"Bea\"")
        .contains("did you mean \"Bee\"?");
  }

  @Test
  void a_name_or_line_that_is_not_there_selects_nothing_and_that_is_said() {
    FlowSet line = select("b.yaml:9");
    FlowSet name = select("b.yaml::Cow");

    assertThat(line.problems()).isEmpty();
    assertThat(line.notes()).singleElement().asString().contains("b.yaml").contains("line 9");
    assertThat(name.problems()).isEmpty();
    assertThat(name.notes()).singleElement().asString().contains("no flow is called \"Cow\"");
    assertThat(problems(select("a.yml", "b.yaml:9"))).singleElement().asString().contains("line 9");
  }

  @Test
  void a_name_that_tags_leave_out_is_no_problem() {
    FlowSet set = select(builder -> builder.tags("!slow"), "b.yaml::Bee");

    assertThat(names(set)).isEmpty();
    assertThat(set.problems()).isEmpty();
  }

  @Test
  void a_missing_file_is_a_problem_with_the_nearest_name() {
    assertThat(problems(select("bb.yaml")))
        .singleElement()
        .asString()
        .contains("bb.yaml")
        .contains("did you mean \"b.yaml\"?");
  }

  @Test
  void tags_select_any_of_a_list_and_all_lists() {
    assertThat(names(select(b -> b.tags("smoke,other"), "."))).containsExactly("Ant", "Bee");
    assertThat(names(select(b -> b.tags("smoke,!slow"), "."))).containsExactly("Ant");
    assertThat(names(select(b -> b.tags("!smoke"), "."))).containsExactly("Cat");
    assertThat(names(select(b -> b.tags("smoke").tags("slow"), "."))).containsExactly("Bee");
  }

  @Test
  void standard_input_is_a_flow() {
    assertThat(names(select("-"))).containsExactly("In");
  }

  @Test
  void a_folder_behind_a_link_is_looked_into_once() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("real/inner"));
    Files.writeString(elsewhere.resolve("l.yaml"), "flow: {name: Linked, steps: [{action: log}]}");
    Path tests = Files.createDirectories(folder.resolve("tests"));
    Files.createSymbolicLink(tests.resolve("link"), folder.resolve("real"));
    Files.createSymbolicLink(elsewhere.resolve("loop"), folder.resolve("real"));

    FlowSet set = select("tests");

    assertThat(names(set)).containsExactly("Linked");
    assertThat(set.problems()).isEmpty();
  }

  @Test
  void a_flow_that_needs_an_input_is_passed_over_in_a_folder_and_that_is_said() throws IOException {
    write("in/i.yaml", "flow: {name: I, inputs: {user: {required: true}}, steps: [{action: log}]}");

    assertThat(names(select("in"))).isEmpty();
    assertThat(select("in").notes()).containsExactly("in/i.yaml not selected: needs input user");
    assertThat(names(select("in/i.yaml"))).containsExactly("I");
    assertThat(names(select(b -> b.given(Map.of("user", "u")), "in"))).containsExactly("I");
  }
}

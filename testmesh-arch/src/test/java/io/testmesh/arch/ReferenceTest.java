package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The generated pages say what the code says; {@code .ci/reference} writes them anew. */
final class ReferenceTest {
  private final Project project = Project.open();

  @Test
  void the_page_of_actions_is_up_to_date() throws IOException {
    compare("docs/reference/actions.md", ReferencePages.actions());
  }

  @Test
  void the_page_of_error_codes_is_up_to_date() throws IOException {
    compare("docs/reference/error-codes.md", ReferencePages.errorCodes(project));
  }

  @Test
  void the_page_of_failures_of_plugins_is_up_to_date() throws IOException {
    compare("docs/plugins-coverage.md", PluginCoverage.page(project));
  }

  @Test
  void the_list_of_what_users_compile_against_is_up_to_date() throws IOException {
    compare("docs/reference/api.txt", ApiSurface.page());
  }

  @Test
  void every_failure_of_plugins_has_a_test_or_a_reason_and_not_both() {
    Map<String, Set<String>> tests = PluginCoverage.tests(project);
    List<PluginCoverage.Line> rows = PluginCoverage.rows(project);

    assertThat(rows).hasSize(199);
    assertThat(rows).extracting(PluginCoverage.Line::id).containsAll(tests.keySet());
    assertThat(rows)
        .filteredOn(row -> row.reason().isEmpty() != tests.containsKey(row.id()))
        .as("rows with neither a test nor a reason, or with both")
        .isEmpty();
  }

  @Test
  void rows_of_annotations_are_found() {
    assertThat(PluginCoverage.rowsIn("@Row(\"A1\") void a() {} @Row({\"B2\",\n \"B22\"}) // C3"))
        .containsExactly("A1", "B2", "B22");
  }

  private void compare(String page, String generated) throws IOException {
    Path file = project.root().resolve(page);
    if ("write".equals(System.getProperty("reference"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(Files.exists(file) ? Project.text(file) : "")
        .as(page + " is stale: run .ci/reference")
        .isEqualTo(generated);
  }

  @Test
  void every_code_that_is_used_has_a_line_and_every_line_is_used() {
    Set<String> lines = new TreeSet<>();
    for (ErrorCodes.Line line : ErrorCodes.table(project)) {
      assertThat(lines.add(line.code())).as("one line for " + line.code()).isTrue();
    }
    Set<String> used = ErrorCodes.used(project);

    assertThat(lines).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void every_action_is_described_and_its_example_is_a_valid_step() {
    for (ActionDescriptor action : Tools.use(tools -> tools.actions())) {
      assertThat(action.description()).as(action.id()).endsWith(".");
      assertThat(action.keys())
          .as(action.id())
          .allMatch(key -> !key.description().isBlank() && !key.description().endsWith("."));
      assertThat(action.example()).as("example of " + action.id()).isPresent();
      String flow = "name: a\nsteps:\n" + action.example().orElseThrow();
      assertThat(Tools.schemaErrors(flow)).as(action.id()).isEmpty();
      assertThat(Tools.problems(flow))
          .as(action.id())
          .allMatch(problem -> problem.matches("(undefined_variable|file_not_found) .*"));
    }
  }
}

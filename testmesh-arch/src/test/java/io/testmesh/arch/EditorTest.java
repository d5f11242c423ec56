package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An editor with the JSON Schema completes flows and marks what is wrong. */
@Timeout(240)
final class EditorTest {
  @TempDir private Path folder;

  /** A machine without Node.js has no such tests, unless TESTMESH_REQUIRE wants all. */
  @TestFactory
  Stream<DynamicTest> editor() {
    boolean required = "all".equals(System.getenv("TESTMESH_REQUIRE"));
    if (!required && !LanguageServer.isPossible()) {
      return Stream.empty();
    }
    return Stream.of(
        DynamicTest.dynamicTest("an_example_has_no_marks", this::an_example_has_no_marks),
        DynamicTest.dynamicTest("a_typing_error_is_marked", this::a_typing_error_is_marked),
        DynamicTest.dynamicTest("an_older_name_is_marked", this::an_older_name_is_marked),
        DynamicTest.dynamicTest("keys_are_completed", this::keys_are_completed),
        DynamicTest.dynamicTest("actions_are_completed", this::actions_are_completed));
  }

  private void an_example_has_no_marks() throws Exception {
    Path example = Project.open().root().resolve("examples/quickstart/orders.yaml");

    assertThat(marks(Project.text(example))).isEmpty();
  }

  private void a_typing_error_is_marked() throws Exception {
    List<String> marks =
        marks(
            """
            flow:
              name: a
              steps:
                - action: http_request
                  config:
                    url: http://a
                    follow_redirect: true
                - action: log
                  config: {message: a}
                  asert: [a]
            """);

    assertThat(marks)
        .containsExactlyInAnyOrder(
            "8: Property follow_redirect is not allowed.", "11: Property asert is not allowed.");
  }

  private void an_older_name_is_marked() throws Exception {
    assertThat(
            marks(
                """
                name: a
                steps:
                  - action: mock_server_start
                    config:
                      server_id: a
                """))
        .containsExactly("6: an older name of \"name\"");
  }

  private void keys_are_completed() throws Exception {
    List<String> offered =
        offered(
            """
            flow:
              name: a
              steps:
                - action: http_request
                  config:
                    url: http://a
                    |
            """);

    assertThat(offered)
        .contains("follow_redirects", "multipart", "verify_ssl", "method")
        .doesNotContain("url", "followRedirects", "message", "duration");
  }

  private void actions_are_completed() throws Exception {
    assertThat(offered("name: a\nsteps:\n  - action: |\n"))
        .contains("http_request", "log", "mock_server_start")
        .doesNotContain("name");
  }

  private List<String> marks(String flow) throws IOException, InterruptedException {
    try (LanguageServer server = LanguageServer.start()) {
      List<String> marks = new ArrayList<>();
      for (JsonNode mark : server.open("file:///flow.yaml", withSchema(flow))) {
        int line = mark.path("range").path("start").path("line").asInt() + 1;
        marks.add(line + ": " + mark.path("message").asText());
      }
      return marks;
    }
  }

  private List<String> offered(String flow) throws IOException, InterruptedException {
    String text = withSchema(flow);
    int cursor = text.indexOf('|');
    int line = (int) text.substring(0, cursor).chars().filter(c -> c == '\n').count();
    int column = cursor - text.lastIndexOf('\n', cursor) - 1;
    try (LanguageServer server = LanguageServer.start()) {
      server.open("file:///flow.yaml", text.replace("|", ""));
      List<String> offered = new ArrayList<>();
      for (JsonNode item : server.complete("file:///flow.yaml", line, column)) {
        offered.add(item.path("label").asText());
      }
      return offered;
    }
  }

  /** The way that the help of {@code testmesh schema} names. */
  private String withSchema(String flow) throws IOException {
    Path schema = folder.resolve("flow.schema.json");
    Files.writeString(schema, Tools.schema());
    return "# yaml-language-server: $schema=" + schema.toUri() + "\n" + flow;
  }
}

package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documents show is what is there. */
final class DocumentTest {
  private final Project project = Project.open();

  @Test
  void examples_in_documents_are_files() {
    List<String> shown = new ArrayList<>();
    for (Path document : documents()) {
      if (document.getParent().endsWith("reference")) {
        // Generated, with the examples of the actions; another test checks those.
        continue;
      }
      for (Markdown.Example example : new Markdown(Project.text(document)).examples()) {
        assertThat(example.file()).as("marker before a block of " + document).isNotEmpty();
        assertThat(example.text())
            .as(document + " shows " + example.file())
            .isEqualTo(source(example.file()));
        shown.add(example.file());
      }
    }

    assertThat(shown).contains("examples/quickstart/orders.yaml");
  }

  @Test
  void parts_of_files_in_documents_are_in_the_files() {
    List<String> shown = new ArrayList<>();
    for (Path document : documents()) {
      for (Markdown.Example part : new Markdown(Project.text(document)).parts()) {
        assertThat(Project.text(project.root().resolve(part.file())))
            .as(document + " shows a part of " + part.file())
            .contains("\n" + part.text());
        shown.add(part.file());
      }
    }

    assertThat(shown).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void links_lead_to_files() {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : new Markdown(Project.text(document)).links()) {
        if (!Files.exists(document.resolveSibling(link))) {
          broken.add(project.root().relativize(document) + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void every_decision_is_in_the_list() {
    Path folder = project.root().resolve("docs/decisions");
    List<String> pages =
        Project.files(folder, ".md").stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> Character.isDigit(name.charAt(0)))
            .toList();

    assertThat(new Markdown(Project.text(folder.resolve("README.md"))).links())
        .isNotEmpty()
        .containsExactlyElementsOf(pages);
  }

  @Test
  void blocks_and_links_are_found() {
    Markdown markdown =
        new Markdown(
            """
            Read [this](docs/a.md#part), not [that](https://example.org).
            <!-- example: a.yaml -->
            ```yaml
            flow:
            ```

            ```yaml
            nobody knows where from
            ```
            <!-- part: a.py -->
            ```python
            pass
            ```
            """);

    assertThat(markdown.links()).containsExactly("docs/a.md");
    assertThat(markdown.examples())
        .containsExactly(
            new Markdown.Example("a.yaml", "flow:\n"),
            new Markdown.Example("", "nobody knows where from\n"));
    assertThat(markdown.parts()).containsExactly(new Markdown.Example("a.py", "pass\n"));
  }

  @Test
  void parts_of_files_are_found() {
    String file =
        """
        class Orders {
          // docs: first
          void first() {
            run();
          }

          // docs: end
          // docs: second
          void second() {}
          // docs: end
        }
        """;

    assertThat(Snippet.of(file, "first")).isEqualTo("void first() {\n  run();\n}\n");
    assertThat(Snippet.of(file, "second")).isEqualTo("void second() {}\n");
  }

  /** The text of a file, or of its part after {@code #}. */
  private String source(String marker) {
    int part = marker.indexOf('#');
    String file = part < 0 ? marker : marker.substring(0, part);
    String text = Project.text(project.root().resolve(file));
    return part < 0 ? text : Snippet.of(text, marker.substring(part + 1));
  }

  private List<Path> documents() {
    List<Path> documents = new ArrayList<>(Project.files(project.root().resolve("docs"), ".md"));
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      documents.add(project.root().resolve(name));
    }
    return documents;
  }
}

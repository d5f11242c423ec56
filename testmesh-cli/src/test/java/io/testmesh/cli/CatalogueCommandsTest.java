package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueCommandsTest {
  @Test
  void actions_shows_one_line_an_action() {
    CommandLine done = CommandLine.run("actions");

    assertThat(done.code()).isZero();
    assertThat(done.out()).isEqualTo("greet  Greets someone.\nwait\n");
  }

  @Test
  void an_action_is_shown_with_keys_result_and_example() {
    CommandLine done = CommandLine.run("actions", "greet");

    assertThat(done.code()).isZero();
    assertThat(done.out())
        .isEqualTo(
            """
            greet
              Greets someone. In English.

            config
              name  a text, required, secret, also called whom
                  Who is greeted
              times  a whole number, default 2
                  How often
              parts  a list, each a text or a map
                  What it is made of
                  word  a text
                      What is said

            result
              greeting  a text
                  What was said

            example
              - action: greet
                config: {name: Ada}
            """);
  }

  @Test
  void an_unknown_action_is_answered_with_the_nearest_name() {
    CommandLine done = CommandLine.run("actions", "gret");

    assertThat(done.code()).isEqualTo(1);
    assertThat(done.out()).isEmpty();
    assertThat(done.err())
        .isEqualTo("testmesh: unknown action \"gret\"; did you mean \"greet\"?\n");
    assertThat(CommandLine.run("actions", "quite_another").err())
        .isEqualTo(
            "testmesh: unknown action \"quite_another\"; testmesh actions shows all of them\n");
  }

  @Test
  void schema_is_printed_one_key_a_line() {
    CommandLine done = CommandLine.run("schema");

    assertThat(done.code()).isZero();
    assertThat(done.out())
        .isEqualTo(
            """
            {
              "title": "flow",
              "required": [
                "name"
              ],
              "$defs": {}
            }
            """);
  }

  @Test
  void schema_goes_into_a_file_whose_folder_is_made(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("out/flow.json");
    CommandLine done = CommandLine.run("schema", "-o", file.toString());

    assertThat(done.code()).isZero();
    assertThat(done.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(CommandLine.run("schema").out());

    CommandLine wrong = CommandLine.run("schema", "-o" + file + "/below");
    assertThat(wrong.code()).isEqualTo(4);
    assertThat(wrong.err()).startsWith("testmesh: cannot write " + file + "/below");
  }
}

package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.Evaluation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
  @TempDir Path folder;

  @Test
  void a_value_is_one_line_of_json() throws Exception {
    Path data = Files.writeString(folder.resolve("data.json"), "\uFEFF{\"n\":1.0}");

    assertThat(CommandLine.run("eval", "n", "--data", data.toString()).out()).isEqualTo("1.0\n");
    assertThat(CommandLine.run("{\"n\":2}", "", new String[] {"eval", "n", "--data=-"}).out())
        .isEqualTo("2\n");
  }

  @Test
  void an_error_is_marked_on_standard_error() {
    CommandLine done = CommandLine.run("eval", "nope > 1");

    assertThat(done.code()).isEqualTo(1);
    assertThat(done.out()).isEmpty();
    assertThat(done.err())
        .isEqualTo(
            """
            1:1 "nope > 1" is not defined
                1 | nope > 1
                  | ^^^^
            """);
  }

  @Test
  void the_mark_stands_under_the_right_line_and_character() {
    Evaluation.Error error = new Evaluation.Error("run", "c", "odd", "look here", 2, 3, 99);

    assertThat(EvalCommand.explain("first\n🎈\tab\nlast", error))
        .isEqualTo("2:3 odd; look here\n    2 | 🎈\tab\n      |  \t^^\n");
  }

  @Test
  void data_that_cannot_be_read_is_exit_code_3() {
    CommandLine done = CommandLine.run("eval", "a", "--data", "nowhere.json");

    assertThat(done.code()).isEqualTo(3);
    assertThat(done.err()).isEqualTo("testmesh: there is no file \"nowhere.json\"\n");
  }

  @Test
  void a_batch_answers_each_line_in_order() throws Exception {
    Path environments = Files.writeString(folder.resolve("e.json"), "{\"one\":{\"a\":1.0}}");
    String input =
        """
        {"id":"1","expr":"a","env":"one"}
        {"id":"2","expr":"a","data":{"a":2}}
        {"id":"3","path":"$.a","data":{"a":2}}
        {"id":"4","expr":"b"}
        not json
        {"id":"6"}
        7

        {"id":"9","expr":"a","env":"two"}\
        """;

    CommandLine done =
        CommandLine.run(
            input, "", new String[] {"eval", "--batch", "--environments", environments.toString()});

    assertThat(done.code()).isZero();
    assertThat(done.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("{\"id\":\"1\",\"type\":\"any\",\"value\":1.0}"),
            line -> assertThat(line).isEqualTo("{\"id\":\"2\",\"type\":\"any\",\"value\":2}"),
            line -> assertThat(line).isEqualTo("{\"id\":\"3\",\"nodes\":[1]}"),
            line ->
                assertThat(line)
                    .startsWith("{\"id\":\"4\",\"error\":{\"phase\":\"run\",\"message\":")
                    .contains("\"line\":1,\"column\":1"),
            line -> assertThat(line).startsWith("{\"id\":null,\"line\":5,\"error\":"),
            line -> assertThat(line).contains("\"id\":\"6\"", "the line needs a text"),
            line -> assertThat(line).contains("\"line\":7", "not an object"),
            line -> assertThat(line).startsWith("{\"id\":null,\"line\":8,\"error\":"),
            line -> assertThat(line).contains("\"id\":\"9\"", "there is no environment"));
  }

  @Test
  @Timeout(20)
  void a_batch_answers_before_the_next_question_comes() throws Exception {
    PipedInputStream in = new PipedInputStream();
    PipedOutputStream questions = new PipedOutputStream(in);
    PipedInputStream answers = new PipedInputStream();
    PipedOutputStream out = new PipedOutputStream(answers);
    Thread batch = new Thread(() -> Main.run(new String[] {"eval", "--batch"}, io(in, out)));
    batch.start();
    for (int i = 0; i < 3; i++) {
      questions.write(
          "{\"id\":1,\"expr\":\"a\",\"data\":{\"a\":1}}\n".getBytes(StandardCharsets.UTF_8));
      questions.flush();
      byte[] answer = "{\"id\":1,\"type\":\"any\",\"value\":1}\n".getBytes(StandardCharsets.UTF_8);
      assertThat(answers.readNBytes(answer.length)).isEqualTo(answer);
    }
    questions.close();
    batch.join();
  }

  @Test
  void lines_longer_than_the_buffer_are_read_whole() {
    String text = "x".repeat(200_000);
    String line = "{\"id\":1,\"expr\":\"a\",\"data\":{\"a\":\"" + text + "\"}}\r\n";

    CommandLine done = CommandLine.run(line + line, "", new String[] {"eval", "--batch"});

    String answer = "{\"id\":1,\"type\":\"any\",\"value\":\"" + text + "\"}\n";
    assertThat(done.out()).isEqualTo(answer + answer);
  }

  private static Io io(InputStream in, OutputStream out) {
    return new Io(in, out, new ByteArrayOutputStream(), "", Map.of());
  }
}

package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.engine.load.EnvFile.Entry;
import io.testmesh.engine.load.EnvFile.EnvFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "A=b | b",
        "  A = b c  | b c",
        "A= | ~~",
        "A=# nothing | ~~",
        "A=b # comment | b",
        "A=b#c | b#c",
        "A==b | =b",
        "export A=b | b",
        "export\tA=b | b",
        "export   A=b | b",
        "A='b # c' # comment | b # c",
        "A='${B} \\n' | ${B} \\n",
        "A=\"b # c\"# comment | b # c",
        "A=\"a\\nb\\tc\\rd\\\"e\\\\f\\$g\" | ~a\nb\tc\rd\"e\\f\\$g~",
        "A=it's | it's",
        "A='' | ~~",
      })
  void a_line_has_a_name_and_a_value(String line, String value) throws Exception {
    List<Entry> entries = EnvFile.parse(".env", line);

    assertThat(entries).extracting(Entry::name).containsExactly("A");
    assertThat(entries.get(0).value()).isEqualTo(value);
  }

  @Test
  void only_single_quotes_make_placeholders_plain_text() throws Exception {
    assertThat(EnvFile.parse(".env", "A='${x}'\nB=\"${x}\"\nC=${x}"))
        .extracting(Entry::literal)
        .containsExactly(true, false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "z", "_", "aZ09_", "a.b-c", "Z", "a"})
  void names_have_letters_digits_and_three_signs(String name) throws Exception {
    assertThat(EnvFile.parse(".env", name + "=1")).extracting(Entry::name).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=b", "A", "1A=b", ".A=b", "-A=b", "A B=c", "@A=b", "A[=b", "A`=b", "A{=b", "A/=b", "A:=b",
        "é=b", "exportA"
      })
  void another_line_is_an_error_with_its_number(String line) {
    assertThatThrownBy(() -> EnvFile.parse("my.env", "# first\n\n" + line + "\nB=1"))
        .isInstanceOf(EnvFileException.class)
        .hasMessage("line 3 of the env file \"my.env\" wants KEY=VALUE, got \"" + line + "\"");
  }

  @Test
  void a_quoted_value_may_have_several_lines() throws Exception {
    assertThat(EnvFile.parse(".env", "A=\"one\r\n two\n\" # end\nB='x\ny'\nC=3"))
        .containsExactly(
            new Entry("A", "one\n two\n", false),
            new Entry("B", "x\ny", true),
            new Entry("C", "3", false));
  }

  @Test
  void quotes_are_closed_and_nothing_follows_them() {
    assertThatThrownBy(() -> EnvFile.parse(".env", "A=1\nB=\"x\nC=2\n"))
        .hasMessage("line 2 of the env file \".env\" has a quote that is not closed");
    assertThatThrownBy(() -> EnvFile.parse(".env", "A='x' y"))
        .hasMessage("line 1 of the env file \".env\" has text after the closing quote: y");
    assertThatThrownBy(() -> EnvFile.parse(".env", "A='x\ny'z"))
        .hasMessage("line 2 of the env file \".env\" has text after the closing quote: z");
    assertThatThrownBy(() -> EnvFile.parse(".env", "A=\"x\\\""))
        .hasMessage("line 1 of the env file \".env\" has a quote that is not closed");
  }

  @Test
  void a_file_is_read_as_utf8_with_or_without_a_mark() throws Exception {
    Path file = Files.writeString(folder.resolve("a.env"), "\uFEFFA=größe\r\n# no\r\nB=2\r\n");

    assertThat(EnvFile.read(file))
        .containsExactly(new Entry("A", "größe", false), new Entry("B", "2", false));
  }

  @Test
  void a_file_that_cannot_be_used_says_why() throws Exception {
    Path missing = folder.resolve("missing.env");
    Path latin =
        Files.write(folder.resolve("latin.env"), "A=ä".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(failure(missing))
        .hasMessage("the env file \"" + missing + "\" is not there")
        .returns("file_not_found", EnvFileException::code)
        .returns(null, EnvFileException::hint);
    assertThat(failure(folder))
        .hasMessageStartingWith("the env file \"" + folder + "\" cannot be read: ")
        .returns("file_not_found", EnvFileException::code);
    assertThat(failure(latin))
        .hasMessage("the env file \"" + latin + "\" is not UTF-8")
        .returns("encoding", EnvFileException::code);
    assertThat(failure(Files.writeString(folder.resolve("b.env"), "x")))
        .hasMessage("line 1 of the env file \"b.env\" wants KEY=VALUE, got \"x\"")
        .returns("invalid_value", EnvFileException::code);
  }

  private static EnvFileException failure(Path file) {
    return catchThrowableOfType(EnvFileException.class, () -> EnvFile.read(file));
  }
}

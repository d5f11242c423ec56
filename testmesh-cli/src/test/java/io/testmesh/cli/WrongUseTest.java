package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          frobnicate               | unknown command "frobnicate"
          rum                      | unknown command "rum"; did you mean "run"?
          --versoin                | unknown option "--versoin"
          run                      | run wants at least one file or folder
          validate                 | validate wants at least one file or folder
          list                     | list wants at least one file or folder
          run --no-such-option a   | unknown option "--no-such-option"
          run --tag x a            | unknown option "--tag"; did you mean "--tags"?
          run -x a                 | unknown option "-x"
          run a --name             | --name wants a value: --name TEXT
          run --name a --name b a  | --name is given twice
          run --fail-fast=yes a    | --fail-fast takes no value
          run -vq a                | -v and -q are opposites; take one
          run --var novalue a      | --var wants KEY=VALUE, not "novalue"
          run --var =x a           | --var wants KEY=VALUE, not "=x"
          run --var-json x a       | --var-json wants KEY=JSON, not "x"
          run --var-json x={bad a  | --var-json x: not JSON
          run --shard 4/3 a        | --shard wants I/N with I from 1 to N, such as 1/3, not "4/3"
          run --shard 0/3 a        | --shard wants a whole number from 1, not "0"
          run --shard 1 a          | --shard wants I/N
          run --timings x a        | --timings balances shards; it wants --shard I/N too
          run --parallel 0 a       | --parallel wants a whole number from 1, not "0"
          run --timeout soon a     | --timeout wants a duration such as 30s or 5m, not "soon"
          run --seed x a           | --seed wants a whole number, not "x"
          run --max-file-size 5x a | --max-file-size wants a size such as 5MB, not "5x"
          run --color blue a       | --color takes auto, always or never, not "blue"
          run --report yunit=x a   | unknown report format "yunit"; there are html, json, junit, ndjson
          run --report json= a     | --report json= wants a file after "="
          run --report json --report junit a | two reports on standard output
          run --report json=x --report junit=x a | two reports into one file: x
          eval                     | eval wants an expression
          eval a b                 | eval wants one expression, not 2; is it in quotes?
          eval -1                  | unknown option "-1" (an expression that begins with "-"
          eval --batch a           | --batch reads expressions and data from standard input
          eval a --environments x  | --environments goes with --batch
          actions a b              | actions wants one action at most, not two
          schema a                 | schema takes no "a"; -o FILE names the file
          schema -o                | -o wants a value: -o FILE
          plugin                   | plugin wants one of list, info, install
          plugin instal x          | unknown command "plugin instal"; did you mean "install"?
          plugin info              | plugin info wants ID
          plugin install           | plugin install wants SOURCE
          plugin list x            | plugin list takes no "x"
          plugin new x --lang perl | --lang takes python or node, not "perl"
          plugin list --plugins /- | --plugins names a folder that is not there: /-
          serve x                  | serve takes no "x"
          serve --port x           | --port wants a whole number from 0, not "x"
          serve --port 99999       | --port goes to 65535, not 99999
          serve --flows /-         | --flows names a folder that is not there: /-
          help nothing             | unknown command "nothing"
          """)
  void is_explained_in_one_line_and_exit_code_2(String command, String message) {
    CommandLine done = CommandLine.run(command.split(" +"));

    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).startsWith("testmesh: " + message).contains("\ntry: testmesh ");
  }

  @Test
  void no_command_at_all_shows_the_help() {
    CommandLine done = CommandLine.run();

    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).startsWith("usage: testmesh COMMAND");
  }

  @Test
  void options_are_read_the_gnu_way() throws UsageException {
    Option[] options = {
      Option.flag("--verbose", 'v'), Option.flag("--quiet", 'q'), Option.many("--var", "X")
    };
    Arguments arguments =
        Arguments.parse(
            new String[] {"run", "-vq", "a", "--var", "b=c=d", "--var=e", "-", "--", "-v"},
            options);

    assertThat(arguments.operands()).containsExactly("a", "-", "-v");
    assertThat(arguments.given())
        .containsExactly(
            new Arguments.Given("--verbose", ""),
            new Arguments.Given("--quiet", ""),
            new Arguments.Given("--var", "b=c=d"),
            new Arguments.Given("--var", "e"));
  }

  @Test
  void amounts_are_read_with_their_units() throws UsageException {
    assertThat(Amounts.duration("--timeout", "1h30m").toMillis()).isEqualTo(5_400_000);
    assertThat(Amounts.duration("--timeout", "250ms").toMillis()).isEqualTo(250);
    assertThat(Amounts.duration("--timeout", "1500").toMillis()).isEqualTo(1500);
    assertThat(Amounts.size("--max-file-size", "5MB")).isEqualTo(5_000_000);
    assertThat(Amounts.size("--max-file-size", "2KiB")).isEqualTo(2048);
    assertThat(Amounts.size("--max-file-size", "77")).isEqualTo(77);
  }

  @Test
  void every_command_has_a_help_with_all_its_options_and_one_example() {
    helps("run", RunCommand.OPTIONS);
    helps("validate", ValidateCommand.OPTIONS);
    helps("list", ListCommand.OPTIONS);
    helps("actions", ActionsCommand.OPTIONS);
    helps("schema", SchemaCommand.OPTIONS);
  }

  private static void helps(String command, Option[] options) {
    CommandLine done = CommandLine.run(command, "-h");

    assertThat(done.code()).isZero();
    assertThat(done.out()).startsWith("usage: testmesh " + command).containsOnlyOnce("example: ");
    for (Option option : options) {
      String value = option.value() == null ? "" : " " + option.value();
      assertThat(done.out()).contains(option.name() + value);
    }
    assertThat(CommandLine.run("help", command).out()).isEqualTo(done.out());
  }
}

package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private final Sheet sheet =
      Sheet.of(
          """
          {"big": 123456789012345678901234567890, "exact": 0.12345678901234567891,
           "most": 9223372036854775807, "least": -9223372036854775808, "n": null,
           "half": 0.37654321098765432109, "tail": 0.02345678901234567891, "ten": 10000000000000000000000.0}
          """);

  @Test
  void whole_numbers_grow_instead_of_wrapping_around() {
    sheet.holds(
        "most + 1 == 9223372036854775808",
        "least - 1 == -9223372036854775809",
        "most - -1 == 9223372036854775808",
        "most * 2 == 18446744073709551614",
        "-least == 9223372036854775808",
        "-(-least) == least",
        "-big == 0 - big",
        "abs(least) == 9223372036854775808",
        "big - big == 0",
        "big + 1 - big == 1",
        "big * 10 / 10 != 0",
        "big % 7 == 0",
        "7 % big == 7",
        "-7 % 3 == -1",
        "7 % -3 == 1",
        "sum([most, 1]) == 9223372036854775808",
        "[most, 1, -2].sum() == 9223372036854775806",
        "sum([most, 0.5]) > most - 1024");
  }

  @Test
  void decimals_with_many_digits_stay_exact() {
    sheet.holds(
        "-exact == -0.12345678901234567891",
        "-exact != -0.12345678901234567",
        "-0.12345678901234567891 == -exact",
        "-exact > -0.12345678901234567892",
        "exact == +0.12345678901234567891",
        "half - exact - (half - exact - 0.5) == 0.5",
        "exact - tail == 0.1",
        "0.1 == exact - tail",
        "exact - tail in [0.1]",
        "not (exact - tail < 0.1) and exact - tail <= 0.1",
        "exact + exact == 0.24691357802469135782",
        "half - exact == 0.25308642197530864218",
        "exact * 3 == 0.37037036703703703673",
        "-exact < 0",
        "-(-exact) == exact",
        "abs(-exact) == exact",
        "exact / 2 == 0.061728394506172839455",
        "2 / exact > 16.2",
        "exact * now().Month() == 0.61728394506172839455",
        "ceil(exact) == 1",
        "floor(exact) == 0",
        "round(exact) == 0",
        "round(exact * ten) == 1234567890123456789100",
        "floor(-exact) == -1",
        "ceil(-exact) == 0",
        "round(exact + half) == 1",
        "round(-exact - half) == -1",
        "floor(1e400) == 1e400",
        "int(1e400) % 10 == 0",
        "int(exact) == 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 / (exact - exact) | division by zero",
        "7 % 0 | division by zero",
        "7 % 2.5 | % wants two whole numbers, got the number 7 and the number 2.5",
        "2.5 % 2 | % wants two whole numbers, got the number 2.5 and the number 2",
        "n % 2 | % wants two whole numbers, got null and the number 2",
        "n + 1 | the number 1 cannot be added to null",
        "1 - n | null cannot be subtracted from the number 1",
        "n * 2 | null cannot be multiplied by the number 2",
        "n / 2 | null cannot be divided by the number 2",
        "2 / n | the number 2 cannot be divided by null",
        "-n | - wants a number, got null",
        "2 ** n | ** wants two numbers, got the number 2 and null",
        "n ** 2 | ** wants two numbers, got null and the number 2",
        "(-8) ** 0.5 | the result is not a number",
        "2 ** 1024 | the result is too large a number",
        "1e2147483647 * 1e2147483647 | the result is too large a number",
        "1e2147483647 - 1e-300 | the result has too many digits",
        "int(1e99999999) | the number is too large for int",
        "abs(n) | abs wants a number, got null",
        "floor('a') | floor wants a number, got the text \"a\"",
        "int(true) | int wants a number or a text, got true",
        "float([1]) | float wants a number or a text, got a list of 1 item",
        "sum(['a']) | a sum wants numbers, got the text \"a\"",
        "[1, n].sum() | a sum wants numbers, got null",
        "[].avg() | an empty list has no avg",
        "[].min() | an empty list has no min",
        "['a'].max() | max wants numbers, got the text \"a\"",
        "[1, 'a'].min() | the text \"a\" and the number 1 have no order",
        "[1].upper() | [1] is a list of 1 item, it has no method upper",
        "1.5 + 'x' | the text \"x\" cannot be added to the number 1.5",
      })
  void what_cannot_be_calculated_says_why(String expression, String message) {
    assertThat(sheet.failure(expression)).hasMessage(message);
  }

  @Test
  void a_text_and_a_number_are_not_added() {
    String hint = "string(…) makes a text of a number";
    assertThat(sheet.failure("\"x\" + 1").hint()).isEqualTo(hint);
    assertThat(sheet.failure("1 + \"x\"").hint()).isEqualTo(hint);
    assertThat(sheet.failure("\"x\" + n").hint()).isNull();
    assertThat(sheet.failure("1 - \"x\"").hint()).isNull();
    assertThat(sheet.failure("[] + []").hint()).isNull();
  }

  @Test
  void powers_are_those_of_go() {
    sheet.holds(
        "2 ** 10 == 1024",
        "2 ** -1 == 0.5",
        "2 ** 0.5 == 1.4142135623730951",
        "4 ** -0.5 == 0.5",
        "(-2) ** 3 == -8",
        "(-2) ** 2 == 4",
        "0 ** 0 == 1",
        "0 ** 5 == 0",
        "2 ** 1023 > 8.9e307",
        "2 ** -1074 > 0",
        "2 ** -1075 == 0",
        "1e-310 ** 2 == 0",
        "1e-310 ** -0.9 > 1e278",
        "1e308 ** 0.9 > 1.58e277 and 1e308 ** 0.9 < 1.59e277",
        "10 ** 300 * 1e-300 > 0.999");
  }

  @Test
  void roundings_go_away_from_zero_at_half() {
    sheet.holds(
        "round(2.5) == 3",
        "round(-2.5) == -3",
        "round(2.4) == 2",
        "floor(-1.5) == -2",
        "ceil(-1.5) == -1",
        "ceil(7) == 7",
        "abs(-3) == 3",
        "abs(-2.5) == 2.5",
        "int(2.9) == 2",
        "int(-2.9) == -2",
        "int(1.5e18) == 1500000000000000000",
        "int(1e19) == 10000000000000000000");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "-12, -12",
    "+12, 12",
    "007, 7",
    "99999999999999999999, 99999999999999999999",
    "-99999999999999999999, -99999999999999999999"
  })
  void int_reads_whole_numbers(String text, String number) {
    sheet.holds("int(\"" + text + "\") == " + number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "+", "12x", "1.5", "1e3", " 1", "--1", "0x10", "1_000"})
  void int_refuses_other_texts(String text) {
    sheet.fails(
        "int(\"" + text + "\")",
        "expression_failed",
        "int wants a whole number, got the text \"" + text + "\"",
        null,
        "\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "+1.5, 1.5",
    "-1.5e3, -1500",
    "1e+3, 1000",
    "1E-3, 0.001",
    ".5, 0.5",
    "5., 5",
    "0, 0",
    "12, 12"
  })
  void float_reads_numbers(String text, String number) {
    sheet.holds("float(\"" + text + "\") == " + number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "-", "+", "1e", "1e+", "e1", ".e1", "1.2.3", "1x", " 1", "0x1", "1e1x"})
  void float_refuses_other_texts(String text) {
    assertThat(sheet.failure("float(\"" + text + "\")"))
        .hasMessage("float wants a number, got the text \"" + text + "\"");
  }

  @Test
  void the_largest_the_smallest_and_the_middle_are_found() {
    sheet.holds(
        "max(1, 2.5, big) == big",
        "min(1, 2.5, -big) == -big",
        "max([3, 1, 2]) == 3",
        "min([3, [1, 2]]) == 1",
        "mean([1, 2]) == 1.5",
        "mean(1, 2, 3) == 2",
        "median([1, 3, 2]) == 2",
        "median([4, 1, 3, 2]) == 2.5",
        "[3, 1, 2].max() == 3",
        "[3, 1, 2].min() == 1",
        "[1, 2, 3, 4].avg() == 2.5",
        "[].sum() == 0",
        "min([]) == nil",
        "sum([1, 2], # * 10) == 30");
  }

  @Test
  void calendar_names_are_numbers_with_a_name() {
    sheet.holds(
        "now().Month() == 5",
        "now().Month() < 6",
        "now().Month() * 2 == 10",
        "now().Month() / 2 == 2.5",
        "now().Month() - 1 == 4",
        "now().Month() ** 2 == 25",
        "10 % now().Month() == 0",
        "abs(now().Month()) == 5",
        "int(now().Month()) == 5",
        "float(now().Month()) == 5",
        "toJSON(now().Month()) == \"5\"",
        "\"m\" + string(now().Month()) == \"mMay\"");
  }
}

package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.engine.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plain scalar means (YAML 1.2.2, 10.3.2). */
class CoreSchemaTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void these_are_null(String text) {
    assertThat(CoreSchema.value(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE"})
  void these_are_true(String text) {
    assertThat(CoreSchema.value(text)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "FALSE"})
  void these_are_false(String text) {
    assertThat(CoreSchema.value(text)).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "-12, -12",
    "+12, 12",
    "0o17, 15",
    "0x1F, 31",
    "0xaF, 175",
    "1.5, 1.5",
    "-.5, -0.5",
    "+1., 1",
    "1e3, 1000",
    "1E+3, 1000",
    "1e-3, 0.001",
    ".5e1, 5",
    "1.e2, 100",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775808"
  })
  void these_are_numbers(String text, String number) {
    assertThat(CoreSchema.value(text)).isInstanceOf(Number.class);
    assertThat(Numbers.equal((Number) CoreSchema.value(text), Numbers.parse(number))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~a",
        "~~",
        "nul",
        "nULL",
        "tRUE",
        "truee",
        "yes",
        "on",
        "fAlse",
        "no",
        ".",
        "+",
        "-",
        "..",
        "1.2.3",
        "1e",
        "1e+",
        "1e-",
        "e1",
        ".e1",
        "1x",
        "0o8",
        "0o",
        "0x",
        "0xG",
        "0o7x",
        "0x1é",
        "0b1",
        "1_000",
        "+0x1F",
        "--1",
        "+-1",
        "1e1.5",
        "12:30",
        "2024-01-01",
        "-.nan",
        ".Inf1",
        ".iNF",
        "/",
        ":",
        "١"
      })
  void these_are_texts(String text) {
    assertThat(CoreSchema.value(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {".inf", ".Inf", ".INF", "+.inf", "-.INF", ".nan", ".NaN", ".NAN"})
  void what_is_not_finite_is_refused(String text) {
    assertThatThrownBy(() -> CoreSchema.value(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage(text + " is not a finite number");
  }

  @Test
  void a_number_has_a_bounded_size() {
    assertThat(CoreSchema.value("9".repeat(1000))).isInstanceOf(BigInteger.class);
    assertThat(CoreSchema.value("0x" + "f".repeat(1000))).isInstanceOf(BigInteger.class);
    assertThat(CoreSchema.value("1e9999")).isInstanceOf(BigDecimal.class);
    assertThatThrownBy(() -> CoreSchema.value("9".repeat(1001)))
        .hasMessage("a number may have 1000 digits, not 1001");
    assertThatThrownBy(() -> CoreSchema.value("0x" + "f".repeat(1001)))
        .hasMessage("a number may have 1000 digits, not 1001");
    assertThatThrownBy(() -> CoreSchema.value("1e99999"))
        .hasMessage("the exponent of this number is too large");
    assertThat(CoreSchema.value("1e99999x")).isInstanceOf(String.class);
  }
}

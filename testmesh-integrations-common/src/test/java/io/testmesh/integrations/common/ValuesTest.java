package io.testmesh.integrations.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "16MiB, 16777216",
    "5MB, 5000000",
    "4 kb, 4000",
    "1GiB, 1073741824",
    "17, 17",
    "0, 0"
  })
  void a_size_has_a_unit_or_counts_bytes(String text, long bytes) throws Exception {
    assertThat(Values.byteSize(text, "max_body")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "5 XB", "-1", "1.5MB", "9999999999999999"})
  void what_is_no_size_is_refused(String text) {
    assertThatThrownBy(() -> Values.byteSize(text, "max_body"))
        .hasMessage(
            "\"max_body\" wants a number of bytes or a size such as 16MiB, got \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"250ms, 250", "30s, 30000", "1h30m, 5400000", "2d, 172800000", "15, 15", "0, 0"})
  void a_duration_has_units_or_counts_milliseconds(String text, long millis) throws Exception {
    assertThat(Values.duration(text, "delay").toMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "5x", "1h30", "-5s", "1.5s"})
  void what_is_no_duration_is_refused(String text) {
    assertThatThrownBy(() -> Values.duration(text, "delay"))
        .hasMessage("\"delay\" wants a duration such as 30s or 250ms, got \"" + text + "\"");
  }

  @Test
  void numbers_become_texts_without_exponent() throws Exception {
    assertThat(Values.text(1.0e7, "a")).isEqualTo("10000000");
    assertThat(Values.text(19.99, "a")).isEqualTo("19.99");
    assertThat(Values.text(new BigDecimal("1E+3"), "a")).isEqualTo("1000");
    assertThat(Values.text(17L, "a")).isEqualTo("17");
    assertThat(Values.text(true, "a")).isEqualTo("true");
    assertThatThrownBy(() -> Values.text(Map.of(), "params.a"))
        .hasMessage("\"params.a\" wants a text, a number, true or false, got a map");
    assertThatThrownBy(() -> Values.text(null, "params.a")).hasMessageEndingWith("got null");
  }
}

package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

  private static Object value(String text) {
    return new YamlText().value("data.yaml", text);
  }

  @Test
  void unquoted_scalars_follow_the_core_schema() {
    assertThat(value("010")).isEqualTo(10L);
    assertThat(value("0o14")).isEqualTo(12L);
    assertThat(value("0x1F")).isEqualTo(31L);
    assertThat(value("-7")).isEqualTo(-7L);
    assertThat(value("+7")).isEqualTo(7L);
    assertThat(value("123456789012345678901")).isEqualTo(new BigInteger("123456789012345678901"));
    assertThat(value("0xFFFFFFFFFFFFFFFF")).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(value("1.5e3")).isEqualTo(1500.0);
    assertThat(value("-.5")).isEqualTo(-0.5);
    assertThat(value("5.")).isEqualTo(5.0);
    assertThat(value("1E2")).isEqualTo(100.0);
    assertThat(value("0.12345678901234567890")).isEqualTo(new BigDecimal("0.12345678901234567890"));
    assertThat(value("[~, null, Null, NULL, ]")).isEqualTo(Arrays.asList(null, null, null, null));
    assertThat(value("[true, True, TRUE]")).isEqualTo(List.of(true, true, true));
    assertThat(value("[false, False, FALSE]")).isEqualTo(List.of(false, false, false));
    assertThat(value("a:")).isEqualTo(Collections.singletonMap("a", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "12:30:45",
        "2024-01-31",
        "0b101",
        "0o19",
        "0x1G",
        "1_000",
        "1e",
        "1e+",
        "e5",
        ".",
        "+",
        "..",
        "1.2.3",
        "nUll",
        "tRue",
        "1 2",
        "-.",
        "0x",
        "0o",
        "+0x1F",
        ".inf.",
        "infinity",
        "NaN",
        "null x",
        "١"
      })
  void everything_else_is_a_text(String text) {
    assertThat(value("- " + text)).isEqualTo(List.of(text));
  }

  @Test
  void quoted_scalars_are_texts() {
    assertThat(value("['1', \"true\", '~', '']")).isEqualTo(List.of("1", "true", "~", ""));
  }

  @Test
  void json_is_yaml() {
    assertThat(value("{\n\t\"a\": [1, 2.5, \"\\ud83c\\udf88\\/\", null, {\"b\": {}}]\n}"))
        .isEqualTo(Map.of("a", Arrays.asList(1L, 2.5, "🎈/", null, Map.of("b", Map.of()))));
  }

  @Test
  void maps_keep_their_order_and_cannot_be_changed() {
    Map<?, ?> map = (Map<?, ?>) value("{z: 1, a: 2, m: 3}");

    assertThat(map.keySet().toString()).isEqualTo("[z, a, m]");
    assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(((List<?>) value("[1]"))::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_byte_order_mark_is_passed_over() {
    assertThat(value("\uFEFFa: 1")).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void data_may_be_nested_deeper_than_flows() {
    assertThat(value("[".repeat(1000) + "]".repeat(1000))).isInstanceOf(List.class);
    assertThatThrownBy(() -> value("[".repeat(100_000)))
        .hasMessage("data.yaml:1:1001 maps and lists are nested more than 1000 levels deep");
  }

  @Test
  void what_is_no_value_is_refused_with_its_place() {
    assertThatThrownBy(() -> value("a: [1,\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data.yaml:1:4 the \"[\" that opens here is not closed");
    assertThatThrownBy(() -> value(" # nothing")).hasMessage("data.yaml holds no value");
    assertThatThrownBy(() -> value("a\n---\nb"))
        .hasMessage("data.yaml holds more than one document");
    assertThatThrownBy(() -> new YamlText().value("data.yaml", new byte[] {'a', (byte) 0xE4}))
        .hasMessage(
            "data.yaml:1:2 the byte 0xE4 (in ISO 8859-1 it is \"ä\") is not UTF-8;"
                + " save the file as UTF-8");
  }
}

package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a schema says about the values that flows have. */
class ConfigSchemaTest {

  private static List<ConfigFault> faults(Map<String, Object> schema, Object value) {
    return ConfigSchema.of(
            "p.act", Map.of("properties", Map.of("v", schema), "additionalProperties", false))
        .faults(Map.of("v", value), any -> true);
  }

  @Test
  void a_number_without_a_fraction_is_an_integer() {
    Map<String, Object> integer = Map.of("type", "integer");

    assertThat(faults(integer, 7L)).isEmpty();
    assertThat(faults(integer, new BigDecimal("7.0"))).isEmpty();
    assertThat(faults(integer, new BigInteger("9223372036854775808"))).isEmpty();
    assertThat(faults(integer, 7.5)).hasSize(1);
    assertThat(faults(integer, "7")).hasSize(1);
  }

  @Test
  void equal_numbers_are_equal_however_they_are_written() {
    assertThat(faults(Map.of("const", 1L), new BigDecimal("1.0"))).isEmpty();
    assertThat(faults(Map.of("enum", List.of(1.5, "x")), new BigDecimal("1.50"))).isEmpty();
    assertThat(faults(Map.of("enum", List.of(Map.of("a", List.of(1L)))), Map.of("a", List.of(1L))))
        .isEmpty();
    assertThat(faults(Map.of("enum", List.of(1L)), "1")).hasSize(1);
    assertThat(faults(Map.of("uniqueItems", true), List.of(1L, new BigDecimal("1.0")))).hasSize(1);
    assertThat(faults(Map.of("multipleOf", 0.1), new BigDecimal("0.3"))).isEmpty();
  }

  @Test
  void null_is_a_value_of_its_own_type() {
    assertThat(faults(Map.of("items", Map.of("type", "null")), Arrays.asList((Object) null)))
        .isEmpty();
    assertThat(faults(Map.of("items", Map.of("type", "string")), Arrays.asList((Object) null)))
        .hasSize(1);
  }

  @Test
  void a_fault_has_the_path_of_its_value() {
    List<ConfigFault> faults =
        faults(
            Map.of("additionalProperties", Map.of("items", Map.of("maximum", 3L))),
            Map.of("a/b~c", List.of(1L, 9L)));

    assertThat(faults).extracting(ConfigFault::path).containsExactly(List.of("v", "a/b~c", 1));
  }

  @Test
  void a_schema_that_is_none_is_refused_with_its_fault() {
    assertThatThrownBy(() -> ConfigSchema.of("p.act", Map.of("type", "strin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it is no JSON Schema: ")
        .hasMessageContaining("/type");
  }

  @Test
  void nothing_is_fetched_for_a_schema() {
    assertThatThrownBy(
            () -> ConfigSchema.of("p.act", Map.of("$ref", "https://schemas.example/other.json")))
        .hasMessage(
            "it refers to \"https://schemas.example/other.json\", which is outside of it and is not"
                + " fetched");
  }

  @Test
  void older_drafts_are_known() {
    Map<String, Object> schema =
        Map.of(
            "$schema",
            "http://json-schema.org/draft-07/schema#",
            "properties",
            Map.of("v", Map.of("exclusiveMinimum", 3L)));

    assertThat(ConfigSchema.of("p.act", schema).faults(Map.of("v", 3L), any -> true)).hasSize(1);
  }
}

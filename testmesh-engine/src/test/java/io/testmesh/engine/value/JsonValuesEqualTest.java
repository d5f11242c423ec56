package io.testmesh.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValuesEqualTest {
  @Test
  void values_are_equal_by_value_at_every_depth() {
    Map<String, Object> left = Map.of("a", List.of(1L, Map.of("b", 2.0)), "c", "x");
    Map<String, Object> right = Map.of("c", "x", "a", List.of(1.0, Map.of("b", new BigDecimal(2))));

    assertThat(JsonValues.equal(left, right)).isTrue();
    assertThat(JsonValues.equal(List.of(left), List.of(right))).isTrue();
    assertThat(JsonValues.equal(null, null)).isTrue();
  }

  @Test
  void other_values_are_not_equal() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("a", null);

    assertThat(JsonValues.equal(nothing, Map.of("b", 1L))).isFalse();
    assertThat(JsonValues.equal(nothing, Map.of())).isFalse();
    assertThat(JsonValues.equal(Map.of(), List.of())).isFalse();
    assertThat(JsonValues.equal(List.of(Map.of()), List.of(List.of()))).isFalse();
    assertThat(JsonValues.equal(List.of(1L, 2L), List.of(2L, 1L))).isFalse();
    assertThat(JsonValues.equal(List.of(List.of(1L)), List.of(List.of(2L)))).isFalse();
    assertThat(JsonValues.equal(List.of(1L), List.of("1"))).isFalse();
    assertThat(JsonValues.equal(List.of(1L), 1L)).isFalse();
    assertThat(JsonValues.equal(Arrays.asList(1L, null), List.of(1L, 0L))).isFalse();
    assertThat(JsonValues.equal(null, false)).isFalse();
  }

  @Test
  void deep_values_need_no_stack() {
    assertThat(JsonValues.equal(deep(1L), deep(1L))).isTrue();
    assertThat(JsonValues.equal(deep(1L), deep(2L))).isFalse();
  }

  @Test
  void a_meter_can_end_a_comparison() {
    JsonValues.Meter none =
        values -> {
          throw new IllegalStateException("after " + values);
        };

    assertThatThrownBy(() -> JsonValues.equal(List.of(1L, 2L), List.of(1L, 2L), none))
        .hasMessage("after 2");
  }

  private static Object deep(Object inside) {
    Object deep = inside;
    for (int i = 0; i < 200_000; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("x", deep);
    }
    return deep;
  }
}

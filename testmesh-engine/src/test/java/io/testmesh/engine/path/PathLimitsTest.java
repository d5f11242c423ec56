package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathLimitsTest {
  private static final int DEPTH = 100_000;

  @Test
  void data_may_be_nested_deeper_than_the_stack() throws Exception {
    Object deep = deep();

    assertThat(JsonPath.parse("$..*").select(deep)).hasSize(DEPTH);
    assertThat(JsonPath.parse("$..x[0]").select(deep)).hasSize(DEPTH / 2);
    assertThat(JsonPath.parse("$[?@ == $[0]]").select(List.of(deep, deep()))).hasSize(2);
    assertThat(JsonPath.parse("$[?@ != $[0]]").select(List.of(deep, List.of(deep)))).hasSize(1);
    assertThat(JsonPath.parse("$[?count(@..*) > 9]").select(List.of(deep))).hasSize(1);
    assertThat(JsonPath.parse("$..x[0]").selectPaths(List.of(List.of(Map.of("x", List.of(1L))))))
        .containsExactly("$[0][0]['x'][0]");
  }

  @Test
  void a_path_may_have_very_many_segments() throws Exception {
    assertThat(JsonPath.parse("$" + ".x[0]".repeat(DEPTH / 2)).select(deep())).containsExactly(1L);
    assertThat(JsonPath.parse("$[?@" + ".x[0]".repeat(DEPTH) + "]").select(List.of(deep())))
        .isEmpty();
    assertThat(JsonPath.parse("$[?@.a" + " || @.b".repeat(DEPTH) + "]").select(List.of(1L)))
        .isEmpty();
  }

  @ParameterizedTest
  @Tag("endurance")
  @ValueSource(
      strings = {
        "$..[?$..[?$..[?@.a == -1]]]",
        "$[?count($[*,*,*,*,*,*,*,*,*,*]) == 1]",
        "$[?count($..x) == 1]",
        "$[?$[?@ == 1]]",
      })
  void a_query_that_explodes_is_ended(String path) throws Exception {
    List<Object> wide = new ArrayList<>();
    for (long i = 0; i < 5000; i++) {
      wide.add(Map.of("a", 1L));
    }
    JsonPath parsed = JsonPath.parse(path);

    assertThatThrownBy(() -> parsed.select(wide))
        .isInstanceOf(PathLimitException.class)
        .hasMessage(
            "the path looks at more than 20000000 nodes;"
                + " name more of the way instead of \"..\" and filters in filters");
  }

  @Test
  @Tag("endurance")
  void comparing_large_values_again_and_again_is_ended() throws Exception {
    List<Object> a = Collections.nCopies(10_000, 1L);
    List<Object> b = new ArrayList<>(a);
    Map<String, Object> data = Map.of("a", a, "b", b, "items", Collections.nCopies(5000, 2L));

    assertThatThrownBy(() -> JsonPath.parse("$.items[?$.a == $.b]").select(data))
        .isInstanceOf(PathLimitException.class);
  }

  @Test
  @Tag("endurance")
  void searching_a_long_text_again_and_again_is_ended() throws Exception {
    Map<String, Object> data =
        Map.of("text", "ab".repeat(50_000), "items", Collections.nCopies(100_000, 2L));

    assertThatThrownBy(() -> JsonPath.parse("$.items[?search($.text, '[ab]c{90}')]").select(data))
        .isInstanceOf(PathLimitException.class);
  }

  @Test
  @Tag("endurance")
  void a_body_of_the_largest_size_can_be_searched() throws Exception {
    List<Object> numbers = Collections.nCopies(8 * 1024 * 1024, 1L);

    assertThat(JsonPath.parse("$..[?@ > 1]").select(numbers)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!(", "@[?", "length(", "$..a[?@.b == 1 && ("})
  void a_filter_may_not_be_nested_without_end(String part) {
    assertThatThrownBy(() -> JsonPath.parse("$[?" + part.repeat(10_000)))
        .isInstanceOf(PathException.class)
        .hasMessage("more than 100 levels in one another");
  }

  @Test
  void a_filter_may_be_nested_sensibly() throws Exception {
    String path = "$[?" + "(".repeat(99) + "@.a" + ")".repeat(99) + "]";

    assertThat(JsonPath.parse(path).select(List.of(Map.of("a", 1L)))).hasSize(1);
  }

  @Test
  void conditions_side_by_side_are_not_nested() throws Exception {
    String path = "$[?@.a" + " && (@.a)".repeat(150) + " && length(@.a) > 0".repeat(150) + "]";
    String filters = "$" + "[?@.a]".repeat(150);

    assertThat(JsonPath.parse(path).select(List.of(Map.of("a", "x")))).hasSize(1);
    assertThat(JsonPath.parse(filters).select(List.of())).isEmpty();
  }

  /** A list in a map in a list ... */
  private static Object deep() {
    Object deep = 1L;
    for (int i = 0; i < DEPTH; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("x", deep);
    }
    return deep;
  }
}

package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.engine.value.JsonText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final Object SHOP =
      json(
          """
          {"users": [{"name": "Ann", "active": true}, {"name": "Bob"}, {"name": null}],
           "length": 3, "empty": [], "two words": {"a-b": 1}}
          """);

  @ParameterizedTest
  @ValueSource(strings = {"$", "$.a", "$['a'][-1]", "$\n.a\t[0]"})
  void paths_of_names_and_indexes_are_singular(String path) throws Exception {
    assertThat(JsonPath.parse(path).isSingular()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.*", "$..a", "$[0,1]", "$[0:1]", "$[?@.a]"})
  void other_paths_are_not_singular(String path) throws Exception {
    JsonPath parsed = JsonPath.parse(path);

    assertThat(parsed.isSingular()).isFalse();
    assertThatThrownBy(() -> parsed.selectSingle(SHOP))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not a singular query: " + path);
  }

  @Test
  void a_singular_path_tells_null_from_nothing() throws Exception {
    assertThat(JsonPath.parse("$.users[2].name").selectSingle(SHOP)).isNull();
    assertThat(JsonPath.parse("$.users[2].name").select(SHOP)).containsExactly((Object) null);
    assertThat(JsonPath.parse("$.users[1].active").selectSingle(SHOP)).isSameAs(JsonPath.ABSENT);
    assertThat(JsonPath.parse("$.users[1].active").select(SHOP)).isEmpty();
    assertThat(JsonPath.parse("$.users[3].name.x").selectSingle(SHOP)).isSameAs(JsonPath.ABSENT);
    assertThat(JsonPath.parse("$").selectSingle(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.users.length | $.users",
        "$.users[?@.active == true] .length | $.users[?@.active == true]",
        "$.length | $",
      })
  void the_last_name_can_be_taken_off(String path, String without) throws Exception {
    JsonPath parsed = JsonPath.parse(path);

    assertThat(parsed.withoutLast("length")).hasToString(without);
    assertThat(parsed.withoutLast("length").select(SHOP))
        .isEqualTo(JsonPath.parse(without).select(SHOP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$.users", "$['length']", "$..length", "$.length[0]", "$.lengths"})
  void another_last_segment_cannot_be_taken_off(String path) throws Exception {
    assertThat(JsonPath.parse(path).withoutLast("length")).isNull();
  }

  @Test
  void the_selected_list_is_immutable() throws Exception {
    List<Object> all = JsonPath.parse("$.users[*]").select(SHOP);
    List<Object> one = JsonPath.parse("$.users").select(SHOP);

    assertThatThrownBy(() -> all.add(1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> one.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "$[?@ == 1], 3",
    "$[?@ == 1.0], 3",
    "$[?@ == 10e-1], 3",
    "$[?@ > 1], 2",
    "$[?@ >= 1], 5",
    "$[?@ == 9007199254740993], 1",
    "$[?@ == 9007199254740992], 0",
    "$[?@ < 1e400], 5",
  })
  void numbers_compare_exactly_whatever_their_types(String path, int count) throws Exception {
    List<Object> numbers =
        Arrays.asList(1L, 1.0, new BigDecimal("1.00"), 9007199254740993L, 5.5, "1", null);

    assertThat(JsonPath.parse(path).select(numbers)).hasSize(count);
  }

  @Test
  void texts_are_ordered_by_code_point() throws Exception {
    List<String> texts = List.of("\uffff", "\ud83d\ude00");

    assertThat(JsonPath.parse("$[?@ > '\uffff']").select(texts)).containsExactly("\ud83d\ude00");
    assertThat(JsonPath.parse("$[?length(@) == 1]").select(texts)).hasSize(2);
  }

  @Test
  void normalized_paths_escape_what_rfc_9535_says() throws Exception {
    Object document = Map.of("a'b\\\n\u000b\u001f\"", List.of(List.of(), 2L));

    assertThat(JsonPath.parse("$..[-1]").selectPaths(document))
        .containsExactly("$['a\\'b\\\\\\n\\u000b\\u001f\"'][1]");
  }

  @Test
  void a_pattern_from_the_data_that_is_none_matches_nothing() throws Exception {
    Object document = json("{\"patterns\": [\"b+\", \"(\", \"\\\\d\", 1], \"text\": \"abbc\"}");

    assertThat(JsonPath.parse("$.patterns[?search($.text, @)]").select(document))
        .containsExactly("b+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.users[0] | users",
        "$['two words'].x | two words",
        "$[\"a\"] | a",
        "$ | ",
        "$.* | ",
        "$[0].a | ",
        "$..a | ",
        "$['a','b'] | "
      })
  void the_first_name_is_the_only_one_that_the_first_segment_selects(String path, String name)
      throws Exception {
    assertThat(JsonPath.parse(path).firstName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "Z", "a", "z", "_", "A0", "Az9", "é", "\u0080", "\ud83d\ude00"})
  void letters_digits_and_other_scripts_form_names_without_quotes(String name) throws Exception {
    assertThat(JsonPath.parse("$." + name).select(Map.of(name, 1L))).containsExactly(1L);
    assertThat(JsonPath.parse("$['" + name + "']").select(Map.of(name, 1L))).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "[", "`", "{", "\u007f", "/", ":"})
  void other_characters_form_no_names_without_quotes(String name) {
    assertThatThrownBy(() -> JsonPath.parse("$." + name)).isInstanceOf(PathException.class);
    assertThatThrownBy(() -> JsonPath.parse("$.a" + name)).isInstanceOf(PathException.class);
  }

  private static Object json(String text) {
    try {
      return JsonText.SHARED.parse(text);
    } catch (ActionException e) {
      throw new AssertionError(e);
    }
  }
}

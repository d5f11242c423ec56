package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathPrefixTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$ | $",
        "$.users[?@.active == true].length > 0 | $.users[?@.active == true].length",
        "$.prices.sum() | $.prices",
        "$.prices[*] .max () | $.prices[*]",
        "$..price.avg() + 1 | $..price",
        "$.sum() | $",
        "$.a - 1 | $.a",
        "$.a-b | $.a",
        "$.x in [1] | $.x",
        "$.x [1] | $.x [1]",
        "$.a == null ? $.b : $.c | $.a",
        "$.a.b ?? 1 | $.a.b",
        "$.a?.b | $.a",
        "$.a.* * 2 | $.a.*",
        "$[0:2] , 1 | $[0:2]",
        "$.id} | $.id",
        "$.a) | $.a",
        "$['a) ]'] == 1 | $['a) ]']",
      })
  void the_path_ends_where_the_expression_goes_on(String text, String path) throws Exception {
    assertThat(JsonPath.parsePrefix(text, 0).source()).isEqualTo(path);
    assertThat(JsonPath.parsePrefix("1 + " + text, 4).source()).isEqualTo(path);
  }

  @Test
  void a_pipe_ends_the_path() throws Exception {
    assertThat(JsonPath.parsePrefix("$.a|len()", 0).source()).isEqualTo("$.a");
  }

  @Test
  void white_space_between_segments_belongs_to_the_path() throws Exception {
    assertThat(JsonPath.parsePrefix("$.a\n  .b\n  == 1", 0).source()).isEqualTo("$.a\n  .b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$.a.", "$.a. b", "$.a.1", "$..", "$.a..5", "$[", "$.a[?@.b()]", "$..sum()"})
  void an_unfinished_segment_is_an_error(String text) {
    assertThatThrownBy(() -> JsonPath.parsePrefix(text + " ", 0)).isInstanceOf(PathException.class);
  }

  @Test
  void places_are_counted_in_the_whole_text() {
    assertThatThrownBy(() -> JsonPath.parsePrefix("1 + $.a[b]", 4))
        .isInstanceOfSatisfying(
            PathException.class,
            e -> {
              assertThat(e.start()).isEqualTo(8);
              assertThat(e.end()).isEqualTo(9);
            });
  }
}

package io.testmesh.integrations.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPreviewTest {

  @Test
  void a_value_is_shown_as_json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", Arrays.asList(1L, 1.5, null, true));
    map.put("b", "q\"\n\\");
    map.put("c", Map.of());
    map.put("d", List.of());
    assertThat(JsonPreview.of(map, 100))
        .isEqualTo("{\"a\":[1,1.5,null,true],\"b\":\"q\\\"\\n\\\\\",\"c\":{},\"d\":[]}");
  }

  @Test
  void a_text_stands_without_quotes() {
    assertThat(JsonPreview.of("a\nb", 100)).isEqualTo("a\nb");
  }

  @Test
  void what_is_too_long_is_cut_and_marked() {
    List<Object> many = Collections.nCopies(1_000_000, "item");
    assertThat(JsonPreview.of(many, 10)).isEqualTo("[\"item\",\"i…");
    assertThat(JsonPreview.of("0123456789ab", 10)).isEqualTo("0123456789…");
    assertThat(JsonPreview.of(Map.of("k", "x".repeat(100)), 10)).isEqualTo("{\"k\":\"xxxx…");
  }

  @Test
  void a_text_of_several_lines_is_shown_on_one() {
    assertThat(JsonPreview.line(" SELECT *\n\tFROM t\r\n", 40)).isEqualTo("SELECT * FROM t");
    assertThat(JsonPreview.line("SELECT *\nFROM t", 10)).isEqualTo("SELECT * F…");
    assertThat(JsonPreview.line(" \n", 10)).isEmpty();
  }
}

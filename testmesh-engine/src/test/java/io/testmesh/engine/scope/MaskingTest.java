package io.testmesh.engine.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.HeaderMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private final Masking masking = new Masking();

  @Test
  void a_secret_is_hidden_inside_of_longer_texts_and_encoded() {
    masking.add("p@ss word/1");

    assertThat(masking.mask("a p@ss word/1 b")).isEqualTo("a *** b");
    assertThat(masking.mask("q=p%40ss+word%2F1")).isEqualTo("q=***");
    assertThat(masking.mask("q=p%40ss%20word%2F1")).isEqualTo("q=***");
    assertThat(masking.mask("cEBzcyB3b3JkLzE=")).startsWith("***");
  }

  @Test
  void a_secret_is_hidden_in_json() {
    masking.add("say \"hi\"\n");

    assertThat(masking.mask("{\"a\":\"say \\\"hi\\\"\\n\"}")).isEqualTo("{\"a\":\"***\"}");
  }

  @Test
  void a_short_secret_is_hidden_where_it_is_the_whole() {
    masking.add("abc");

    assertThat(masking.mask("abc")).isEqualTo("***");
    assertThat(masking.mask("abcd")).isEqualTo("abcd");
  }

  @Test
  void the_longer_of_two_secrets_is_hidden_whole() {
    masking.add("hunter");
    masking.add("hunter22");

    assertThat(masking.mask("hunter22")).isEqualTo("***");
    assertThat(masking.mask("x hunter22 y")).isEqualTo("x *** y");
    for (int length = 4; length < 40; length++) {
      masking.add("-".repeat(length));
    }
    assertThat(masking.mask("x" + "-".repeat(39))).isEqualTo("x***");
  }

  @Test
  void a_number_is_a_secret_too() {
    masking.add(123456L);
    Recording recording = new Recording(masking);

    assertThat(recording.keep(List.of(123456L, 7L, "no 123456")))
        .isEqualTo(List.of("***", 7L, "no ***"));
  }

  @Test
  void the_password_of_a_url_is_hidden_without_being_known() {
    assertThat(masking.mask("postgres://me:pw@host/db?x=a://b:c@d"))
        .isEqualTo("postgres://me:***@host/db?x=a://b:***@d");
    assertThat(masking.mask("http://host:80/a@b")).isEqualTo("http://host:80/a@b");
  }

  @Test
  void a_url_without_a_password_stays_as_it_is() {
    for (String url :
        List.of(
            "http://me@host/",
            "http://host/?mail=a:b@c",
            "http://host#a:b@c",
            "see http://host \"a:b@c\"",
            "'http://host' a:b@c",
            "<http://host> a:b@c",
            "http://me:***@host/",
            "a:b@c://host",
            "no url: a@b")) {
      assertThat(masking.mask(url)).as(url).isSameAs(url);
    }
    assertThat(masking.mask("http://me:p:w@x@host/ http://:q@h"))
        .isEqualTo("http://me:***@host/ http://:***@h");
  }

  @Test
  void lists_and_maps_of_secrets_give_their_texts_and_numbers() {
    Map<String, Object> secret = Map.of("a", List.of("inner-secret", 98765L), "b", true);

    assertThat(masking.add(secret)).isTrue();
    assertThat(masking.add(secret)).isFalse();
    assertThat(masking.add("")).isFalse();
    assertThat(masking.add(null)).isFalse();
    assertThat(masking.add(List.of("inner-secret", "new-secret"))).isTrue();
    assertThat(masking.mask("inner-secret 98765 new-secret true")).isEqualTo("*** *** *** true");
    assertThat(masking.isSecret(98765L)).isTrue();
    assertThat(masking.isSecret(5L)).isFalse();
  }

  @Test
  void a_secret_of_four_characters_is_hidden_inside_of_texts() {
    masking.add("abcd");

    assertThat(masking.mask("xabcdx")).isEqualTo("x***x");
    assertThat(masking.mask("YWJjZA==")).isEqualTo("***");
    assertThat(masking.mask("x=YWJjZA&y")).isEqualTo("x=***&y");
  }

  @Test
  void lines_are_masked_one_by_one() {
    List<String> lines = List.of("one", "two secret-value", "three", "secret-value");

    assertThat(masking.maskLines(lines)).isSameAs(lines);
    masking.add("secret-value");
    assertThat(masking.maskLines(lines)).containsExactly("one", "two ***", "three", "***");
    assertThat(masking.maskOptional("secret-value")).isEqualTo("***");
    assertThat(masking.maskOptional(null)).isNull();
  }

  @Test
  void secrets_in_keys_and_deep_inside_are_hidden_and_the_rest_stays() {
    masking.add("secret-value");
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("first", 1L);
    value.put("secret-value", "x");
    value.put("list", List.of("a", List.of("secret-value"), "b"));
    value.put("last", List.of("c"));
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("first", 1L);
    expected.put("***", "x");
    expected.put("list", List.of("a", List.of("***"), "b"));
    expected.put("last", List.of("c"));
    Recording recording = new Recording(masking);

    Map<String, Object> kept = recording.keepMap(Map.of("v", value, "w", 2L));
    assertThat(kept).isEqualTo(Map.of("v", expected, "w", 2L));
    assertThat(((Map<?, ?>) kept.get("v")).keySet().toString())
        .isEqualTo("[first, ***, list, last]");
    assertThat(((Map<?, ?>) kept.get("v")).get("last")).isSameAs(value.get("last"));
    assertThat(recording.isTruncated()).isFalse();
  }

  @Test
  void a_value_is_kept_up_to_its_room() {
    String half = "x".repeat(Recording.LONGEST / 2 - 2);
    Recording recording = new Recording(masking);

    assertThat(recording.keep("x".repeat(Recording.LONGEST))).asString().hasSize(Recording.LONGEST);
    assertThat(recording.keep(List.of(half, half))).isEqualTo(List.of(half, half));
    assertThat(recording.isTruncated()).isFalse();
    assertThat(recording.keepMap(Map.of("a", half + half, "b", half + half)).get("b"))
        .isEqualTo(half + half);
    assertThat(recording.isTruncated()).isFalse();
  }

  @Test
  void what_has_no_room_is_left_out() {
    String half = "x".repeat(Recording.LONGEST / 2 - 2);
    Recording lists = new Recording(masking);
    Recording maps = new Recording(masking);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", half);
    map.put("b", half + "yyyy");
    map.put("c", 1L);

    assertThat(lists.keep(List.of(half, half, 7L, "end"))).isEqualTo(List.of(half, half));
    assertThat(lists.isTruncated()).isTrue();
    Map<?, ?> kept = (Map<?, ?>) maps.keep(map);
    assertThat(maps.isTruncated()).isTrue();
    assertThat(kept.get("a")).isEqualTo(half);
    assertThat(kept.get("b").toString()).contains("… (cut, " + (half.length() + 4));
    assertThat(kept.containsKey("c")).isFalse();
  }

  @Test
  void a_cut_never_parts_a_character() {
    String text = "x".repeat(Recording.LONGEST - 1) + "😀y";
    String kept = (String) new Recording(masking).keep(text);

    assertThat(kept)
        .isEqualTo("x".repeat(Recording.LONGEST - 1) + "… (cut, " + text.length() + " characters)");
  }

  @Test
  void a_recording_keeps_headers_headers_and_innocent_values_themselves() {
    masking.add("secret-value");
    Recording recording = new Recording(masking);
    Map<String, Object> plain = Map.of("a", List.of(1L, "x"));
    Object headers =
        recording.keep(HeaderMap.copyOf(Map.of("Set-Cookie", "secret-value", "A", "b")));

    assertThat(recording.keep(plain)).isSameAs(plain);
    assertThat(headers).isInstanceOf(HeaderMap.class);
    assertThat(((HeaderMap) headers).get("set-cookie")).isEqualTo("***");
  }

  @Test
  void a_long_value_is_cut_and_that_is_said() {
    Recording recording = new Recording(masking);
    Object kept = recording.keep("x".repeat(Recording.LONGEST + 1));

    assertThat(recording.isTruncated()).isTrue();
    assertThat(String.valueOf(kept))
        .endsWith("… (cut, " + (Recording.LONGEST + 1) + " characters)");
  }
}

package io.testmesh.engine.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.HeaderMap;
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

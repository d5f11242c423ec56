package io.testmesh.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DescriptorTest {
  @Test
  void each_method_gives_a_new_descriptor() {
    ActionDescriptor plain = ActionDescriptor.of("greet.hello");
    ActionDescriptor full =
        plain
            .describedAs("Greets someone")
            .required("name", ConfigType.TEXT, "Who is greeted")
            .optional("times", ConfigType.INTEGER, 1L, "How often")
            .result("greeting", ConfigType.TEXT, "What was said");

    assertThat(plain.keys()).isEmpty();
    assertThat(plain.isResultOpen()).isTrue();
    assertThat(full.keys()).extracting(ConfigKey::name).containsExactly("name", "times");
    assertThat(full.keys()).extracting(ConfigKey::isRequired).containsExactly(true, false);
    assertThat(full.keys().get(1).defaultValue()).isEqualTo(1L);
    assertThat(full.isResultOpen()).isFalse();
  }

  @Test
  void a_secret_key_keeps_its_older_names() {
    ConfigKey key = ConfigKey.required("password", ConfigType.TEXT, "The password").alias("pass");

    assertThat(key.asSecret().isSecret()).isTrue();
    assertThat(key.asSecret().aliases()).containsExactly("pass");
    assertThat(key.isSecret()).isFalse();
  }

  @Test
  void types_are_described_in_words() {
    assertThat(ConfigType.listOf(ConfigType.ANY).describe()).isEqualTo("a list");
    assertThat(ConfigType.listOf(ConfigType.TEXT).describe()).isEqualTo("a list, each a text");
    assertThat(ConfigType.mapOf(ConfigType.ANY).describe()).isEqualTo("a map");
    assertThat(ConfigType.oneOf(ConfigType.TEXT, ConfigType.INTEGER).describe())
        .isEqualTo("a text or a whole number");
  }

  @Test
  void header_names_are_found_in_any_case_and_keep_their_spelling() {
    HeaderMap headers = HeaderMap.copyOf(Map.of("Content-Type", "text/plain"));

    assertThat(headers.get("content-type")).isEqualTo("text/plain");
    assertThat(headers.containsKey("CONTENT-TYPE")).isTrue();
    assertThat(headers.keySet()).containsExactly("Content-Type");
    assertThat(headers.get("accept")).isNull();
  }
}

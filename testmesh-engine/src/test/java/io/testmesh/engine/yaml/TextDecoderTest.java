package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.result.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
  private static TextDecoder.Decoded decode(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return TextDecoder.decode("f.yaml", content, "a flow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "größe 😀", "\uFEFEa", "\u0000\u0000a"})
  void utf8_is_read(String text) {
    TextDecoder.Decoded decoded =
        TextDecoder.decode("f.yaml", text.getBytes(StandardCharsets.UTF_8), "a flow");

    assertThat(decoded.problem()).isNull();
    assertThat(decoded.source().text()).isEqualTo(text);
  }

  @Test
  void the_mark_of_utf8_is_no_part_of_the_text() {
    assertThat(decode(0xEF, 0xBB, 0xBF).source().text()).isEmpty();
    assertThat(decode(0xEF, 0xBB, 0xBF, 'a').source().text()).isEqualTo("a");
    assertThat(decode('a', 0xEF, 0xBB, 0xBF).source().text()).isEqualTo("a\uFEFF");
  }

  @Test
  void utf16_is_told_by_its_mark_or_its_zeros() {
    for (TextDecoder.Decoded decoded :
        new TextDecoder.Decoded[] {
          decode(0xFE, 0xFF), decode(0xFF, 0xFE), decode(0, 'a'), decode('a', 0, 'b', 0)
        }) {
      Problem problem = decoded.problem();
      assertThat(problem).isNotNull();
      assertThat(problem.message()).isEqualTo("the file is written in UTF-16, a flow in UTF-8");
      assertThat(problem.hint()).isEqualTo("save it as UTF-8");
    }
    assertThat(decode(0xFE, 0xFE).problem().message())
        .isEqualTo("the byte 0xFE (in ISO 8859-1 it is \"þ\") is not UTF-8");
    assertThat(decode(0xFF, 0xFF).problem().message()).contains("0xFF");
  }

  @Test
  void a_wrong_byte_is_shown_with_its_place() {
    Problem problem = decode('a', '\n', 'b', 0xE4, 'c').problem();

    assertThat(problem.message())
        .isEqualTo("the byte 0xE4 (in ISO 8859-1 it is \"ä\") is not UTF-8");
    assertThat(problem.span().line()).isEqualTo(2);
    assertThat(problem.span().column()).isEqualTo(2);
    assertThat(problem.excerpt()).containsExactly("    1 | a", "    2 | bäc", "      |  ^");
    assertThat(decode(0x9F).problem().message()).isEqualTo("the byte 0x9F is not UTF-8");
    assertThat(decode(0xA0).problem().message()).contains("in ISO 8859-1");
    assertThat(decode(0xEF, 0xBB).problem()).isNotNull();
    assertThat(decode(0xEF, 0xBB, 'a').problem()).isNotNull();
    assertThat(decode(0xEF, 0xBC, 0xBF).problem()).isNull();
  }
}

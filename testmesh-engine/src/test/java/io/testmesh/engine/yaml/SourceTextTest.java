package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTextTest {

  @Test
  void lines_end_with_any_line_break() {
    SourceText source = new SourceText("f", "a\nb\r\nc\rd\n");

    assertThat(source.lines()).isEqualTo(5);
    assertThat(source.line(0)).isEqualTo(1);
    assertThat(source.line(2)).isEqualTo(2);
    assertThat(source.line(5)).isEqualTo(3);
    assertThat(source.line(7)).isEqualTo(4);
    assertThat(source.line(9)).isEqualTo(5);
    assertThat(source.lineEnd(2)).isEqualTo(3);
  }

  @Test
  void offsets_and_characters_correspond_in_both_directions() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append(i % 7 == 0 ? "🎈" : i % 50 == 49 ? "\n" : "x");
    }
    SourceText source = new SourceText("f", text.toString());

    int column = 1;
    int line = 1;
    for (int character = 0, offset = 0; offset < text.length(); character++) {
      assertThat(source.offset(character)).isEqualTo(offset);
      assertThat(source.line(offset)).isEqualTo(line);
      assertThat(source.column(offset)).isEqualTo(column);
      assertThat(source.offset(line, column)).isEqualTo(offset);
      column++;
      if (text.charAt(offset) == '\n') {
        line++;
        column = 1;
      }
      offset += Character.charCount(text.toString().codePointAt(offset));
    }
  }
}

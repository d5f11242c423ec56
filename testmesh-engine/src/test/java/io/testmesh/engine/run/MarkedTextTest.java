package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkedTextTest {
  @Test
  void the_line_of_a_character_is_shown_with_a_mark_below_it() {
    String text = "SELECT n\nFROM jops\tx\nWHERE true";

    assertThat(MarkedText.at(text, text.indexOf("jops"))).isEqualTo("FROM jops x\n     ^");
    assertThat(MarkedText.at(text, 0)).isEqualTo("SELECT n\n^");
    assertThat(MarkedText.at(text, text.length())).isEqualTo("WHERE true\n          ^");
    assertThat(MarkedText.at("", 0)).isEqualTo("\n^");
  }

  @Test
  void a_long_line_is_shown_around_the_character() {
    String text = "SELECT '" + "x".repeat(5_000) + "', naame, '" + "y".repeat(500) + "'";

    String[] lines = MarkedText.at(text, text.indexOf("naame")).split("\n", -1);

    assertThat(lines[0]).startsWith("…").endsWith("…").hasSizeLessThan(200);
    assertThat(lines[0].substring(lines[1].indexOf('^'))).startsWith("naame");
  }
}

package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptsTest {

  private static List<String> excerpt(String text, int start, int end) {
    SourceText source = new SourceText("f.yaml", text);
    return Excerpts.of(source, source.span(start, end));
  }

  private static List<String> excerpt(String text, String part) {
    int at = text.indexOf(part);
    return excerpt(text, at, at + part.length());
  }

  @Test
  void the_line_before_the_line_and_the_marks() {
    String text = "\n".repeat(19) + "    assert:\n      - body.total == 3 * 19.99\n";

    assertThat(excerpt(text, "body.total == 3 * 19.99"))
        .containsExactly(
            "   20 |     assert:",
            "   21 |       - body.total == 3 * 19.99",
            "      |         ^^^^^^^^^^^^^^^^^^^^^^^");
  }

  @Test
  void the_first_line_has_none_before_it() {
    assertThat(excerpt("a: 1", "1")).containsExactly("    1 | a: 1", "      |    ^");
  }

  @Test
  void an_empty_line_before_has_no_trailing_blank() {
    assertThat(excerpt("\na: 1", "1")).containsExactly("    1 |", "    2 | a: 1", "      |    ^");
  }

  @Test
  void a_place_without_characters_has_one_mark() {
    assertThat(excerpt("a:", 2, 2)).containsExactly("    1 | a:", "      |   ^");
    assertThat(excerpt("a:\n", 3, 3)).containsExactly("    1 | a:", "    2 |", "      | ^");
  }

  @Test
  void a_place_of_several_lines_is_marked_in_its_first_line() {
    assertThat(excerpt("a: [1,\n  2]", "[1,\n  2]"))
        .containsExactly("    1 | a: [1,", "      |    ^^^");
  }

  @Test
  void tabs_are_shown_as_blanks() {
    assertThat(excerpt("\t\ta: x", "x")).containsExactly("    1 |   a: x", "      |      ^");
  }

  @Test
  void wide_and_combining_characters_do_not_shift_the_marks() {
    assertThat(excerpt("日本🎈: x", "x")).containsExactly("    1 | 日本🎈: x", "      |         ^");
    assertThat(excerpt("e\u0301: x", "x")).containsExactly("    1 | e\u0301: x", "      |    ^");
    assertThat(excerpt("a: 日本", "日本")).containsExactly("    1 | a: 日本", "      |    ^^^^");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00,
        0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1FAFF, 0x20000, 0x3FFFD
      })
  void a_wide_character_takes_two_columns(int character) {
    String wide = Character.toString(character);

    assertThat(excerpt(wide + ": x", "x").get(1)).isEqualTo("      |     ^");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0xE9, 0x2FF, 0x370, 0x10FF, 0x1160, 0x2E7F, 0xA4D0, 0xABFF, 0xD7A4, 0xF8FF, 0xFB00, 0xFE70,
        0xFF61, 0xFFDF, 0xFFE7, 0x1F2FF, 0x1FB00, 0x1FFFF, 0x3FFFE, 0x202A, 0x202E, 0x2066, 0x2069
      })
  void other_characters_take_one(int character) {
    String narrow = Character.toString(character);

    assertThat(excerpt(narrow + ": x", "x").get(1)).isEqualTo("      |    ^");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x300, 0x20DD, 0x200B, 0x2060, 0xFEFF})
  void marks_and_invisible_characters_take_none(int character) {
    assertThat(excerpt("a" + Character.toString(character) + ": x", "x").get(1))
        .isEqualTo("      |    ^");
  }

  @Test
  void a_part_of_a_file_shows_the_numbers_of_the_file() {
    SourceSpan span = new SourceSpan("rows.csv", 41, 3, 41, 5);

    assertThat(Excerpts.of(40, "a,b\nc,d,e\nf", span))
        .containsExactly("   40 | a,b", "   41 | c,d,e", "      |   ^^");
    assertThat(Excerpts.of(40, "a,b", new SourceSpan("rows.csv", 39, 1, 39, 2))).isEmpty();
    assertThat(Excerpts.of(1, "a,b", new SourceSpan("rows.csv", 1, 1, 1, 2)))
        .containsExactly("    1 | a,b", "      | ^");
  }

  @Test
  void a_cut_never_parts_a_character() {
    String text = "x" + "🎈".repeat(100) + "HERE";
    String odd = "🎈".repeat(100) + "xHERE";

    assertThat(excerpt(text, "HERE").get(0)).startsWith("    1 | …🎈").endsWith("🎈HERE");
    assertThat(excerpt(odd, "HERE").get(0)).startsWith("    1 | …🎈").endsWith("🎈xHERE");
  }

  @Test
  void control_characters_cannot_reach_the_terminal() {
    assertThat(excerpt("a: \u001b[31m \u202e x", "x"))
        .containsExactly("    1 | a: \uFFFD[31m \uFFFD x", "      |            ^");
  }

  @Test
  void a_long_line_is_cut_around_the_place() {
    String text = "x".repeat(30_000) + "HERE" + "y".repeat(30_000);

    assertThat(excerpt(text, "HERE"))
        .containsExactly(
            "    1 | …" + "x".repeat(40) + "HERE" + "y".repeat(76) + "…",
            "      | " + " ".repeat(41) + "^^^^");
    assertThat(excerpt(text, 0, 1).get(0)).isEqualTo("    1 | " + "x".repeat(120) + "…");
    assertThat(excerpt(text, text.length() - 1, text.length()).get(0))
        .isEqualTo("    1 | …" + "y".repeat(120));
    assertThat(excerpt("🎈".repeat(1000) + "HERE", "HERE").get(1)).endsWith("^^^^");
  }

  @Test
  void an_unknown_place_shows_nothing() {
    SourceText source = new SourceText("f.yaml", "a: 1");

    assertThat(Excerpts.of(source, SourceSpan.NONE)).isEmpty();
    assertThat(Excerpts.of(source, new SourceSpan("g.yaml", 9, 1, 9, 2))).isEmpty();
    assertThat(Excerpts.of(source, new SourceSpan("f.yaml", 1, 90, 1, 99))).hasSize(2);
  }
}

package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

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

package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IRegexpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a|b ~ b",
        "(a|)b ~ b",
        "a{2} ~ aa",
        "a{2,} ~ aaaa",
        "a{0,2}b ~ aab",
        "[-a]+ ~ a-a",
        "[a-]+ ~ a-a",
        "[^-a]+ ~ xy",
        "[--] ~ -",
        "[a-c.^$&]+ ~ a.^$&c",
        "[\\[\\]\\\\\\-]+ ~ []\\-",
        "\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\} ~ ()*+-.?[\\]^{|}",
        "[$]/,:<=>@_`# ~ $/,:<=>@_`#",
        "\\p{Lu}\\p{L}\\P{N} ~ Äöx",
        "[\\p{Nd}\\P{L}]+ ~ 1-2",
        "[\u0400-\u04ff]+ ~ Жж",
        "^a$ ~ a",
      })
  void these_match_the_whole_text(String pattern, String text) throws Exception {
    assertThat(Regex.strict(pattern).matchesWhole(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {"a ~ ab", "a|b ~ ab", "[^-a] ~ a", "a.b ~ ab", "\\p{Lu} ~ ä", "(a|b){2} ~ abc"})
  void these_do_not_match_the_whole_text(String pattern, String text) throws Exception {
    assertThat(Regex.strict(pattern).matchesWhole(text)).isFalse();
  }

  @Test
  void a_point_is_no_line_end_and_any_other_character() throws Exception {
    Regex point = Regex.strict(".");

    assertThat(point.matchesWhole("\n")).isFalse();
    assertThat(point.matchesWhole("\r")).isFalse();
    assertThat(point.matchesWhole("\u2028")).isTrue();
    assertThat(point.matchesWhole("\ud83d\ude00")).isTrue();
    assertThat(Regex.strict("\\n\\r\\t").matchesWhole("\n\r\t")).isTrue();
  }

  @Test
  void unassigned_characters_are_a_category() throws Exception {
    String unassigned = "\u0378";

    assertThat(Regex.strict("\\p{Cn}").matchesWhole(unassigned)).isTrue();
    assertThat(Regex.strict("\\p{C}{2}").matchesWhole(unassigned + "\u0001")).isTrue();
    assertThat(Regex.strict("[^\\p{Cn}a]").matchesWhole("b")).isTrue();
    assertThat(Regex.strict("[\\P{Cn}]").matchesWhole(unassigned)).isFalse();
    assertThat(Regex.strict("\\P{C}").matchesWhole("b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a**",
        "a*?",
        "a++",
        "(",
        ")",
        "(?:a)",
        "(?i)a",
        "(a",
        "a)",
        "[",
        "[]",
        "[^]",
        "[a",
        "]",
        "{",
        "}",
        "a{",
        "a{}",
        "a{,2}",
        "a{x}",
        "a{1",
        "a{2,1}",
        "a{1001}",
        "[z-a]",
        "[a-b-c]",
        "[a-",
        "[[:alpha:]]",
        "[a[b]]",
        "[a-\\d]",
        "[--a]",
        "\\",
        "\\d",
        "\\w",
        "\\s",
        "\\b",
        "\\1",
        "\\$",
        "\\u0041",
        "\\p",
        "\\pL",
        "\\p{",
        "\\p{}",
        "\\p{Lx}",
        "\\p{Latin}",
        "\\p{L Ll}",
        "\\p{Cs}",
        "[\\",
        "\ud800",
        "((a{100}){100}){2}",
      })
  void these_are_no_regular_expressions(String pattern) {
    assertThatThrownBy(() -> Regex.strict(pattern))
        .isInstanceOfSatisfying(
            IRegexpException.class, e -> assertThat(e.at()).isBetween(0, pattern.length()));
    assertThat(Regex.lenient(pattern).isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a{1000}", "a{0}", "[a-a]", "(a{99}){100}", "(a{1000}){9}", "\ue000", "\u007f"})
  void these_are_just_inside_the_bounds(String pattern) throws Exception {
    assertThat(Regex.strict(pattern).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a{99}){100}b", "(a{100}){100}", "(aa{1000}){10}", "\ud800", "\udfff"})
  void these_are_just_outside(String pattern) {
    assertThatThrownBy(() -> Regex.strict(pattern)).isInstanceOf(IRegexpException.class);
  }

  @Test
  void very_many_parentheses_are_refused() {
    assertThatThrownBy(() -> Regex.strict("(".repeat(100_000)))
        .hasMessage("more than 100 levels of parentheses");
  }
}

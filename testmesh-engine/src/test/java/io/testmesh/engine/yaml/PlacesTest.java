package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where parts of scalars stand in the file, for every way to write a scalar. */
class PlacesTest {

  /** The place of a part of the value under the key {@code a}. */
  private static String place(String text, String part) {
    SourceTree tree = tree(text);
    String value = (String) YamlDocument.node(tree).value();
    int at = value.indexOf(part);
    assertThat(at).isNotNegative();
    return place(tree.within(at, at + part.length()));
  }

  private static String place(SourceSpan span) {
    return span.line() + ":" + span.column() + "-" + span.endLine() + ":" + span.endColumn();
  }

  private static SourceTree tree(String text) {
    YamlDocument document = document(text);
    assertThat(document.problems()).isEmpty();
    return document.tree(document.roots().get(0)).at("a");
  }

  private static YamlDocument document(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new YamlText().parse("f.yaml", content, "a flow", YamlLimits.FLOW);
  }

  @Test
  void plain_texts() {
    assertThat(place("a: one two three", "two")).isEqualTo("1:8-1:11");
    assertThat(place("a:   one", "one")).isEqualTo("1:6-1:9");
    assertThat(place("a: one\n  two\n\n  three four", "two")).isEqualTo("2:3-2:6");
    assertThat(place("a: one\n  two\n\n  three four", "four")).isEqualTo("4:9-4:13");
    assertThat(place("x: 1\r\na: one\r\n  two", "two")).isEqualTo("3:3-3:6");
  }

  @Test
  void single_quoted_texts() {
    assertThat(place("a: 'one two'", "one")).isEqualTo("1:5-1:8");
    assertThat(place("a: 'it''s two'", "two")).isEqualTo("1:11-1:14");
    assertThat(place("a: 'it''s two'", "'s")).isEqualTo("1:7-1:10");
    assertThat(place("a: 'it''s'", "'")).isEqualTo("1:7-1:9");
    assertThat(place("a: 'one\n\n  two'", "two")).isEqualTo("3:3-3:6");
  }

  @Test
  void double_quoted_texts() {
    assertThat(place("a: \"one two\"", "two")).isEqualTo("1:9-1:12");
    assertThat(place("a: \"x\\\"y\\\" two\"", "two")).isEqualTo("1:12-1:15");
    assertThat(place("a: \"\\u00e4\\x41\\t two\"", "two")).isEqualTo("1:18-1:21");
    assertThat(place("a: \"\\u00e4b\"", "ä")).isEqualTo("1:5-1:11");
    assertThat(place("a: \"\\U0001F388 two\"", "two")).isEqualTo("1:16-1:19");
    assertThat(place("a: \"\\ud83c\\udf88 two\"", "two")).isEqualTo("1:18-1:21");
    assertThat(place("a: \"one\\\n   two\"", "two")).isEqualTo("2:4-2:7");
    assertThat(place("a: \"one\n   two\\n three\"", "three")).isEqualTo("2:10-2:15");
    assertThat(place("a: \"one\\n\\ntwo\"", "two")).isEqualTo("1:12-1:15");
  }

  @Test
  void literal_blocks() {
    String text = "a: |\n  one\n    two == 'x'\n\n  three\n";
    assertThat(place(text, "one")).isEqualTo("2:3-2:6");
    assertThat(place(text, "== 'x'")).isEqualTo("3:9-3:15");
    assertThat(place(text, "three")).isEqualTo("5:3-5:8");
    assertThat(place("a: |2- # one\n   one\n", "one")).isEqualTo("2:4-2:7");
    assertThat(place("a: |\r\n  one\r\n  two\r\n", "two")).isEqualTo("3:3-3:6");
  }

  @Test
  void folded_blocks() {
    String text = "a: >-\n  one\n  two\n\n  three\n    four\n  five\n";
    assertThat(place(text, "two")).isEqualTo("3:3-3:6");
    assertThat(place(text, "three")).isEqualTo("5:3-5:8");
    assertThat(place(text, "four")).isEqualTo("6:5-6:9");
    assertThat(place(text, "five")).isEqualTo("7:3-7:7");
    assertThat(place(text, "one two")).isEqualTo("2:3-3:6");
  }

  @Test
  void anchors_and_tags_are_not_part_of_the_value() {
    assertThat(place("a: &b one", "one")).isEqualTo("1:7-1:10");
    assertThat(place("a: !!str &b 'one'", "one")).isEqualTo("1:14-1:17");
    assertThat(place("a: &b |\n  one\n", "one")).isEqualTo("2:3-2:6");
    assertThat(place(tree("a: &b {c: 1}").value())).isEqualTo("1:7-1:13");
  }

  @Test
  void columns_count_characters() {
    assertThat(place("🎈: 1\na: 🎈🎈 two", "two")).isEqualTo("2:7-2:10");
    assertThat(place("a: \"🎈\" # x\n", "🎈")).isEqualTo("1:5-1:6");
    assertThat(place("a: " + "🎈".repeat(1000) + " two", "two")).isEqualTo("1:1005-1:1008");
  }

  @Test
  void a_place_beyond_the_value_is_its_end() {
    assertThat(place(tree("a: one").within(3, 9))).isEqualTo("1:7-1:7");
    assertThat(place(tree("a: 'one'").within(0, 99))).isEqualTo("1:5-1:8");
    assertThat(place(tree("a: ''").within(0, 0))).isEqualTo("1:5-1:5");
    assertThat(place(tree("a: 15").within(0, 1))).isEqualTo("1:4-1:6");
  }

  @Test
  void keys_and_values_have_places() {
    SourceTree tree = tree("a:\n  \"b\": [1, {c: d}]\n");

    assertThat(place(tree.key())).isEqualTo("1:1-1:2");
    assertThat(place(tree.at("b").key())).isEqualTo("2:3-2:6");
    assertThat(place(tree.at("b").value())).isEqualTo("2:8-2:19");
    assertThat(place(tree.at("b", 1, "c").key())).isEqualTo("2:13-2:14");
    assertThat(place(tree.at("b", 1).key())).isEqualTo("2:12-2:18");
    assertThat(place(tree.at("b", 7, "c").value())).isEqualTo("2:8-2:19");
    assertThat(place(tree.at("x", "y").value())).isEqualTo("2:3-2:19");
  }

  @Test
  void the_place_of_an_alias_is_what_it_repeats() {
    YamlDocument document = document("x: &x one\na: *x\n");
    SourceTree tree = document.tree(document.roots().get(0)).at("a");

    assertThat(place(tree.key())).isEqualTo("2:1-2:2");
    assertThat(place(tree.within(0, 3))).isEqualTo("1:7-1:10");
  }
}

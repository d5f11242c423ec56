package io.testmesh.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every character of every text that can be read is found again in the file. */
@Tag("endurance")
class PlacesOfRandomTextsTest {
  private static final String SAMPLE =
      """
      plain: one two 'three' it''s "four" 🎈 five
      lines: one two

        three
        four
      single: 'it''s ''two'' 🎈

        three'
      double: "a \\"b\\" \\u00e4\\x41 \\U0001F388 \\ud83c\\udf88 \\n c\\
         d

        e\\tf"
      literal: |2
          one
         two  'x'

        three
      folded: >-
        one
        two

        three
          four

          five
        six
      list: [a b, 'c', "d\\\\", &x e, *x, !!str 5]
      """;
  private static final String CHARACTERS = "\n\n\r  '\"\\\t|>-+2xab🎈#";

  @Test
  void characters_are_found_again() {
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(SAMPLE);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        text.replace(at, at + random.nextInt(2), String.valueOf(c));
      }
      SourceText source =
          new SourceText(
              "f",
              new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      YamlDocument document =
          new YamlText()
              .parse("f", source.text().getBytes(StandardCharsets.UTF_8), "data", YamlLimits.DATA);
      if (document.isReadable() && document.roots().size() == 1) {
        found += check(source, document.roots().get(0));
      }
    }
    assertThat(found).isGreaterThan(10_000);
  }

  private static int check(SourceText source, YamlNode node) {
    int count = 0;
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map.entries()) {
        count += check(source, entry.value());
      }
    } else if (node instanceof YamlList list) {
      for (YamlNode item : list.items()) {
        count += check(source, item);
      }
    } else if (node instanceof YamlScalar scalar && scalar.value() instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        count += check(source, scalar, text, i);
      }
    }
    return count;
  }

  private static int check(SourceText source, YamlScalar scalar, String text, int i) {
    char wanted = text.charAt(i);
    if (Character.isWhitespace(wanted) || Character.isSurrogate(wanted)) {
      return 0;
    }
    int[] place = ScalarPositions.find(source, scalar, text, i, i + 1);
    String there = source.text().substring(place[0], place[1]);
    boolean same =
        there.equals(String.valueOf(wanted))
            || there.equals("''") && wanted == '\''
            || there.startsWith("\\");
    assertThat(same).as("%s of <%s> is <%s> in <%s>", i, text, there, source.text()).isTrue();
    return 1;
  }
}

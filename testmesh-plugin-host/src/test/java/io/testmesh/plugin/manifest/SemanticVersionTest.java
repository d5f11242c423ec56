package io.testmesh.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions as semver.org 2.0.0 has them. */
final class SemanticVersionTest {
  private static SemanticVersion version(String text) {
    return Objects.requireNonNull(SemanticVersion.parse(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0",
        "1.2.3",
        "1.0.0-alpha.1",
        "1.0.0-x.7.z.92",
        "1.0.0+20130313",
        "1.0.0--x+a.01"
      })
  void versions_are_read(String text) {
    assertThat(SemanticVersion.parse(text)).isNotNull();
  }

  @ParameterizedTest
  @Row("A14")
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "v1.0.0",
        "1.0.0.0",
        "01.0.0",
        "1.0.0-01",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-a..b",
        "1.0.0 ",
        "1.0.x",
        "-1.0.0",
        "1.0.0-\u00FC"
      })
  void other_texts_are_none(String text) {
    assertThat(SemanticVersion.parse(text)).isNull();
  }

  @Test
  void they_are_ordered_as_the_specification_does() {
    List<String> ordered =
        List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0");
    for (int i = 0; i + 1 < ordered.size(); i++) {
      assertThat(version(ordered.get(i))).isLessThan(version(ordered.get(i + 1)));
      assertThat(version(ordered.get(i + 1))).isGreaterThan(version(ordered.get(i)));
    }
    assertThat(version("1.0.0+a")).isEqualByComparingTo(version("1.0.0+b"));
  }

  @ParameterizedTest
  @CsvSource({
    ">=1.4, 1.4.0, true", ">=1.4, 1.3.9, false", ">=1 <2, 1.9.0, true", ">=1 <2, 2.0.0, false",
    "'>= 1, < 2', 1.0.0, true", "^1.2, 1.9.0, true", "^1.2, 2.0.0, false", "^0.2, 0.3.0, false",
    "~1.2, 1.2.9, true", "~1.2, 1.3.0, false", "1.2.3, 1.2.3, true", "=1.2.3, 1.2.4, false",
    ">1, 1.0.0, false", "<=1, 1.0.0, true"
  })
  @Row("A26")
  void ranges_hold(String range, String version, boolean expected) {
    VersionRange parsed = Objects.requireNonNull(VersionRange.parse(range));

    assertThat(parsed.contains(version(version))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">=", "x", "><1", ">=1 x"})
  void other_texts_are_no_ranges(String text) {
    assertThat(VersionRange.parse(text)).isNull();
  }
}

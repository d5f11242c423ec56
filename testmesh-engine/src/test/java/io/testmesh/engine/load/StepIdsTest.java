package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepIdsTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "A", "Z", "a0", "a9", "aAzZ09_-", "a-", "a_"})
  void these_are_ids(String id) {
    assertThat(StepIds.isId(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0", "9a", "_a", "-a", "a b", "a.b", "a/", "a:", "a@", "a[", "a`", "a{", "é", "[", "{"
      })
  void these_are_none(String id) {
    assertThat(StepIds.isId(id)).isFalse();
  }

  @Test
  void an_id_has_64_characters_at_most() {
    assertThat(StepIds.isId("a".repeat(64))).isTrue();
    assertThat(StepIds.isId("a".repeat(65))).isFalse();
  }
}

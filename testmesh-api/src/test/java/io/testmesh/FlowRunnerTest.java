package io.testmesh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FlowRunnerTest {
  @Test
  void a_missing_engine_is_named() {
    assertThatThrownBy(() -> FlowRunner.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no engine found: add io.testmesh:testmesh-engine to the class path");
  }
}

package io.testmesh.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlowTest {
  @Test
  void a_built_flow_does_not_change_with_its_builder() {
    Flow.Builder builder = Flow.builder("ping").env("a", 1L).step(Step.of("log"));
    Flow flow = builder.build();

    builder.env("b", 2L).step(Step.of("delay"));

    assertThat(flow.env()).containsOnlyKeys("a");
    assertThat(flow.steps(Phase.STEPS)).extracting(Step::action).containsExactly("log");
  }

  @Test
  void tags_are_copied() {
    List<String> tags = new ArrayList<>(List.of("smoke"));
    Flow flow = Flow.builder("ping").tags(tags).build();

    tags.add("slow");

    assertThat(flow.tags()).containsExactly("smoke");
  }

  @Test
  void steps_stand_in_their_phases() {
    Flow flow =
        Flow.builder("ping")
            .step(Phase.TEARDOWN, Step.of("log").id("last").build())
            .step(Phase.SETUP, Step.of("log").id("first").build())
            .build();

    assertThat(flow.steps(Phase.SETUP)).hasSize(1);
    assertThat(flow.steps(Phase.STEPS)).isEmpty();
    assertThat(flow.steps(Phase.TEARDOWN)).hasSize(1);
  }

  @Test
  void variables_keep_their_order_and_may_be_null() {
    Flow flow = Flow.builder("ping").env("z", null).env("a", "x").build();

    assertThat(flow.env().keySet()).containsExactly("z", "a");
    assertThat(flow.env().get("z")).isNull();
    assertThatThrownBy(() -> flow.env().put("b", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_place_is_shown_as_file_line_and_column() {
    assertThat(new SourceSpan("orders.yaml", 14, 7, 14, 12)).hasToString("orders.yaml:14:7");
    assertThat(SourceSpan.NONE.isKnown()).isFalse();
    assertThatThrownBy(() -> new SourceSpan("orders.yaml", 14, 7, 14, 6))
        .hasMessage("not a span: 14:7-14:6");
  }

  @Test
  void attempts_are_one_to_a_hundred() {
    assertThat(Retry.attempts(100).maxAttempts()).isEqualTo(100);
    assertThatThrownBy(() -> Retry.attempts(101))
        .hasMessage("max_attempts must be 1 to 100, not 101");
    assertThatThrownBy(() -> Retry.attempts(0)).hasMessage("max_attempts must be 1 to 100, not 0");
  }
}

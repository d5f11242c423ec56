package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.event.RunEvent;
import io.testmesh.result.Problem;
import io.testmesh.result.RunStatus;
import io.testmesh.spi.ActionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a program needs that runs flows for others. */
class EmbeddingTest {
  private static final String FLOW =
      """
      flow:
        name: greet
        steps:
          - action: log
            config: {message: hello}
      """;

  @Test
  void a_text_is_parsed_like_a_file_of_that_name() {
    try (FlowRunner runner = FlowRunner.builder().build()) {
      FlowSet good = runner.tools().parse("mine.yaml", FLOW);
      FlowSet bad = runner.tools().parse("mine.yaml", FLOW.replace("steps", "stpes"));

      assertThat(good.problems()).isEmpty();
      assertThat(good.flows().get(0).source().key().file()).isEqualTo("mine.yaml");
      assertThat(runner.run(good).status()).isEqualTo(RunStatus.PASSED);
      assertThat(bad.problems())
          .extracting(Problem::toString)
          .contains("mine.yaml:3:3 unknown key \"stpes\" in the flow; did you mean \"steps\"?");
      assertThat(runner.tools().parse("mine.yaml", "[1, 2]").problems())
          .extracting(Problem::code)
          .containsExactly("not_a_flow");
    }
  }

  @Test
  void a_run_has_the_id_that_its_caller_gives_it() {
    List<String> ids = new ArrayList<>();
    try (FlowRunner runner = FlowRunner.builder().build()) {
      runner.run(
          runner.tools().parse("mine.yaml", FLOW),
          RunOptions.builder()
              .executionId("run-17")
              .listener(
                  event -> {
                    if (event instanceof RunEvent.RunStarted started) {
                      ids.add(started.executionId());
                    }
                  })
              .build());
    }

    assertThat(ids).containsExactly("run-17");
  }

  @Test
  void a_source_that_is_given_is_asked_and_stays_open() {
    Source source = new Source();
    try (FlowRunner runner = FlowRunner.builder().actionSources(List.of(source)).build()) {
      FlowSet flows = runner.tools().parse("mine.yaml", FLOW.replace("log", "greet.hello"));

      assertThat(runner.run(flows).status()).isEqualTo(RunStatus.INVALID);
    }

    assertThat(source.asked).contains("greet.hello");
    assertThat(source.closed).isFalse();
  }

  private static final class Source implements ActionSource {
    private final List<String> asked = new ArrayList<>();
    private boolean closed;

    @Override
    public Offer known() {
      return Offer.NONE;
    }

    @Override
    public Offer offer(Set<String> wanted) {
      asked.addAll(wanted);
      return new Offer(Map.of(), Map.of(), Map.of());
    }

    @Override
    public Offer start(Set<String> wanted, Deadline deadline, Cancellation cancellation) {
      return Offer.NONE;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

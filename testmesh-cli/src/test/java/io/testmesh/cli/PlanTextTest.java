package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  private static StepResult step(String id, String action, List<ResultNode> inside) {
    return StepResult.builder(id, Phase.STEPS, action, new Outcome.Skipped("dry run"))
        .config(Map.of("key", "of " + id))
        .children(inside)
        .build();
  }

  @Test
  void steps_inside_of_steps_are_indented_under_their_branch() {
    StepResult inner = step("inner", "log", List.of());
    StepResult loop = step("loop", "for_each", List.of(inner));
    GroupResult branch = new GroupResult("left", -1, Status.SKIPPED, false, List.of(loop));
    FlowResult flow =
        FlowResult.builder(0, "plan", Status.SKIPPED)
            .steps(List.of(step("both", "parallel", List.of(branch))))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PlanText(new Printer(out, false, false), false, new FakeTools())
        .on(new RunEvent.FlowFinished(flow));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            plan
              steps  both  parallel
                key: of both
                left
                  loop  for_each
                    key: of loop
                    inner  log
                      key: of inner

            """);
  }
}

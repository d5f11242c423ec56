package org.example.greet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.testmesh.FlowRunner;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.StepResult;
import io.testmesh.testkit.ActionHandlerTester;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetActionTest {

  // docs: test
  @Test
  void greets_by_name() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      StepResult step = tester.variable("title", "Lady").run(Map.of("name", "${title} Ada"));

      assertEquals("Hello, Lady Ada!", step.result().get("greeting"));
      tester.checkDescriptor();
    }
  }

  @Test
  void refuses_to_greet_nobody() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      StepResult step = tester.run(Map.of("name", " "));

      assertEquals("greet_nobody", step.failure().orElseThrow().code());
    }
  }

  // docs: end

  @Test
  void flows_find_it_by_its_name() {
    Flow flow =
        Flow.builder("greet")
            .step(
                Step.of("greet.hello")
                    .id("hello")
                    .config("name", "Ada")
                    .expect("greeting == \"Hello, Ada!\""))
            .build();
    try (FlowRunner runner = FlowRunner.builder().build()) {
      runner.run(flow).orThrow();
    }
  }
}

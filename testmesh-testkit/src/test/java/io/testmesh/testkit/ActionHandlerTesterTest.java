package io.testmesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.LogEntry;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.example.greet.GreetAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions are run one by one, and held against what they say about themselves. */
final class ActionHandlerTesterTest {

  @Test
  void a_handler_runs_as_a_step() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      StepResult step = tester.run(Map.of("name", "Ada", "times", "2"));

      assertThat(step.status()).isEqualTo(Status.PASSED);
      assertThat(step.result()).containsEntry("greeting", "Hello, Ada!Hello, Ada!");
      assertThat(step.logs()).extracting(LogEntry::message).containsExactly("greeting Ada");
      tester.checkDescriptor();
    }
  }

  @Test
  void placeholders_see_variables_and_earlier_steps() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      tester.variable("title", "Lady").earlierStep("find", Map.of("who", "Lovelace ${x}"));

      assertThat(tester.run(Map.of("name", "${title} ${find.who}")).result())
          .containsEntry("greeting", "Hello, Lady Lovelace ${x}!");
    }
  }

  @Test
  void a_failure_is_a_result() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      assertThat(tester.run(Map.of("name", " ")).failure())
          .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("greet_nobody"));
    }
  }

  @Test
  void a_configuration_that_is_not_valid_is_no_result() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
      assertThatThrownBy(() -> tester.run(Map.of("nam", "Ada")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("unknown key \"nam\"");
      assertThat(tester.check(Map.of("nam", "Ada")))
          .anySatisfy(problem -> assertThat(problem.code()).isEqualTo("unknown_key"));
      assertThat(tester.check(Map.of("name", "Ada"))).isEmpty();
    }
  }

  @Test
  void what_is_not_as_described_is_listed() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new LooseAction())) {
      tester.run(Map.of("used", "x"));

      assertThatThrownBy(tester::checkDescriptor)
          .hasMessage(
              """
              "loose" is not as it is described:
                it has no description: describedAs(...)
                the key "unused" is declared, and no run read it
                the result's "promised" is declared, and no run gave it
                the result's "more" is not declared: result("more", ...)
                the result's "count" is many, not a whole number""");
    }
  }

  @Test
  void a_slow_action_meets_its_timeout() {
    try (ActionHandlerTester tester = ActionHandlerTester.of(new StuckAction())) {
      StepResult step = tester.timeout(Duration.ofMillis(50)).run(Map.of());

      assertThat(step.failure())
          .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("timeout"));
    }
  }

  @Test
  void an_action_of_a_plugin_runs_too(@TempDir Path plugins) throws IOException {
    Path sample = Path.of("../testmesh-plugin-host/src/test/resources/plugins/my-plugin");
    Path copy = Files.createDirectory(plugins.resolve("my-plugin"));
    for (String file : List.of("manifest.json", "server.py")) {
      Files.copy(sample.resolve(file), copy.resolve(file));
    }
    try (ActionHandlerTester tester = ActionHandlerTester.ofPlugin(plugins, "my-plugin.hello")) {
      assertThat(tester.run(Map.of("name", "Ada")).result())
          .containsEntry("greeting", "Hello, Ada!");
      assertThatThrownBy(tester::checkDescriptor).isInstanceOf(IllegalStateException.class);
    }
  }

  private static final class LooseAction implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("loose")
          .optional("used", ConfigType.TEXT, "Is read")
          .optional("unused", ConfigType.TEXT, "Is not read")
          .result("count", ConfigType.INTEGER, "How many")
          .result("promised", ConfigType.TEXT, "Never comes");
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("count", "many").with("more", context.config().text("used"));
    }
  }

  private static final class StuckAction implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("stuck");
    }

    @Override
    public ActionResult execute(ActionContext context) throws InterruptedException {
      new CountDownLatch(1).await();
      return ActionResult.EMPTY;
    }
  }
}

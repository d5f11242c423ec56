package io.testmesh.testkit;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionHandler;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one action as a step of a flow, without a flow file: configuration is checked, filled in and
 * recorded as in a run. To be closed; not safe for use by several threads.
 *
 * <pre>{@code
 * try (ActionHandlerTester tester = ActionHandlerTester.of(new GreetAction())) {
 *   StepResult step = tester.run(Map.of("name", "Ada"));
 *   assertEquals("Hello, Ada!", step.result().get("greeting"));
 *   tester.checkDescriptor();
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class ActionHandlerTester implements AutoCloseable {
  private static final String STEP = "step";

  private final String action;
  private final @Nullable RecordingHandler recording;
  private final FlowRunner runner;
  private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
  private final EarlierSteps earlier = new EarlierSteps();
  private Duration timeout = Duration.ofSeconds(30);

  private ActionHandlerTester(
      String action, @Nullable RecordingHandler recording, Consumer<FlowRunner.Builder> settings) {
    this.action = action;
    this.recording = recording;
    FlowRunner.Builder builder = FlowRunner.builder();
    builder.action(earlier);
    settings.accept(builder);
    this.runner = builder.build();
  }

  /** Tests a handler; it takes the place of a built-in action of its name. */
  public static ActionHandlerTester of(ActionHandler handler) {
    RecordingHandler recording = new RecordingHandler(handler);
    return new ActionHandlerTester(
        handler.descriptor().id(), recording, builder -> builder.replaceAction(recording));
  }

  /**
   * Tests an action of a plugin. Needs testmesh-plugin-host at run time; the plugin is started by
   * the first run and ends when this is closed.
   *
   * @param folder the folder of plugins, each in a folder of its own
   * @param action the action's name, such as {@code my-plugin.greet}
   */
  public static ActionHandlerTester ofPlugin(Path folder, String action) {
    return new ActionHandlerTester(action, null, builder -> builder.plugins(folder));
  }

  /** Sets a variable, for placeholders of the configuration and for the action itself. */
  public ActionHandlerTester variable(String name, @Nullable Object value) {
    variables.put(name, value);
    return this;
  }

  /** Makes up an earlier step with what it gave. */
  public ActionHandlerTester earlierStep(
      String id, Map<String, ? extends @Nullable Object> outputs) {
    earlier.add(id, outputs);
    return this;
  }

  /** Sets when an attempt has to be over; 30 seconds unless something else is set. */
  public ActionHandlerTester timeout(Duration limit) {
    timeout = Objects.requireNonNull(limit, "limit");
    return this;
  }

  /** What a run would find wrong with a configuration before it starts, warnings included. */
  public List<Problem> check(Map<String, ? extends @Nullable Object> config) {
    return runner.tools().check(FlowSet.of(flow(config)), variables);
  }

  /**
   * Makes one attempt, on this thread.
   *
   * @return what the step did; a failure of the action is no exception
   * @throws AssertionError with the diagnosis when the configuration is not valid, or the action
   *     was not called at all
   */
  public StepResult run(Map<String, ? extends @Nullable Object> config) {
    RunOptions.Builder options = RunOptions.builder().parallel(1).summarizeAll(true);
    variables.forEach(options::variable);
    RunResult run = runner.run(FlowSet.of(flow(config)), options.build());
    for (FlowResult flow : run.flows()) {
      for (ResultNode node : flow.steps()) {
        if (node instanceof StepResult step && step.id().equals(STEP) && wasCalled(step)) {
          return step;
        }
      }
    }
    throw new AssertionError(Diagnosis.of(run));
  }

  private static boolean wasCalled(StepResult step) {
    return step.skipReason().isEmpty();
  }

  /**
   * Holds the descriptor against what the handler did in all runs so far: that it read every
   * declared key, gave every declared key of the result and no other, and that their values have
   * the declared types. A result that the descriptor calls open may hold more.
   *
   * @throws AssertionError with all differences
   * @throws IllegalStateException for a plugin, whose code nobody sees
   */
  public void checkDescriptor() {
    if (recording == null) {
      throw new IllegalStateException("only a handler in Java can be held against its descriptor");
    }
    List<String> differences = recording.differences();
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "\"" + action + "\" is not as it is described:\n  " + String.join("\n  ", differences));
    }
  }

  private Flow flow(Map<String, ? extends @Nullable Object> config) {
    Flow.Builder flow = Flow.builder("test of " + action);
    for (String id : earlier.ids()) {
      flow.step(Step.of(EarlierSteps.ACTION).id(id));
    }
    Step.Builder step = Step.of(action).id(STEP).timeout(timeout);
    config.forEach(step::config);
    return flow.step(step).build();
  }

  /** Ends what the handler or plugin started, and waits for it. */
  @Override
  public void close() {
    runner.close();
  }
}

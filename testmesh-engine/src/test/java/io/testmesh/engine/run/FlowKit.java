package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs flows that stand in the test, through the public door: real files, real runner, scripted
 * actions. {@link #close} fails when the runner leaves a thread behind.
 */
final class FlowKit implements AutoCloseable {
  private final Path folder;
  private final Set<Thread> before = threads();
  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> marks = Collections.synchronizedList(new ArrayList<>());
  private final FlowRunner.Builder builder;
  private final RunOptions.Builder options = RunOptions.builder();
  private FlowRunner runner;
  private int files;

  FlowKit(Path folder) {
    this.folder = folder;
    this.builder =
        FlowRunner.builder()
            .workingFolder(folder)
            .environment(Map.of("FROM_PROCESS", "process"))
            .listener(events::add)
            .action(
                action(
                    "mark",
                    context -> {
                      marks.add(context.config().text("name"));
                      return ActionResult.of("name", context.config().text("name"));
                    }));
  }

  /** What an action does, without its descriptor. */
  interface Script {
    ActionResult run(ActionContext context) throws ActionException, InterruptedException;
  }

  /** An action with free result and the keys name, value and n. */
  static ActionHandler action(String id, Script script) {
    ActionDescriptor descriptor =
        ActionDescriptor.of(id)
            .optional("name", ConfigType.TEXT, "a text")
            .optional("value", ConfigType.ANY, "a value")
            .optional("n", ConfigType.INTEGER, "a number");
    return action(descriptor, script);
  }

  /** An action with its descriptor. */
  static ActionHandler action(ActionDescriptor descriptor, Script script) {
    return new ActionHandler() {
      @Override
      public ActionDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public ActionResult execute(ActionContext context)
          throws ActionException, InterruptedException {
        return script.run(context);
      }
    };
  }

  FlowKit with(ActionHandler handler) {
    builder.action(handler);
    return this;
  }

  FlowKit with(String id, Script script) {
    return with(action(id, script));
  }

  FlowKit variable(String name, Object value) {
    options.variable(name, value);
    return this;
  }

  RunOptions.Builder options() {
    return options;
  }

  FlowRunner runner() {
    if (runner == null) {
      runner = builder.build();
    }
    return runner;
  }

  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  FlowSet load(String yaml) {
    files++;
    return runner().load(write("flow-" + files + ".yaml", yaml));
  }

  RunResult run(String yaml) {
    return runner().run(load(yaml), options.build());
  }

  FlowResult runOne(String yaml) {
    RunResult result = run(yaml);
    assertThat(result.problems()).isEmpty();
    assertThat(result.flows()).hasSize(1);
    return result.flows().get(0);
  }

  /** The problems of a flow that must not run, as a person reads them. */
  List<String> problems(String yaml) {
    RunResult result = run(yaml);
    assertThat(result.flows()).isEmpty();
    List<String> texts = new ArrayList<>();
    result.problems().forEach(problem -> texts.add(problem.code() + ": " + problem));
    return texts;
  }

  List<String> marks() {
    return List.copyOf(marks);
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }

  static Map<String, String> statuses(FlowResult flow) {
    Map<String, String> statuses = new LinkedHashMap<>();
    flow.steps().forEach(node -> statuses.put(((StepResult) node).id(), node.status().key()));
    return statuses;
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
    }
    Set<String> left = new TreeSet<>();
    for (Thread thread : threads()) {
      if (!before.contains(thread) && thread.isAlive() && thread.getName().startsWith("testmesh")) {
        left.add(thread.getName());
      }
    }
    assertThat(left).isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }
}

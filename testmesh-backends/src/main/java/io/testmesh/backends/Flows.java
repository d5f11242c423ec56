package io.testmesh.backends;

import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs steps, written as YAML, as flows that have a named connection. */
public final class Flows implements AutoCloseable {
  private final Path folder;
  private final String name;
  private final FlowRunner runner;
  private int files;

  /**
   * A runner for flows.
   *
   * @param folder where their files go
   * @param name of the connection
   * @param connection its keys
   */
  public Flows(Path folder, String name, Map<String, Object> connection) {
    this.folder = folder;
    this.name = name;
    this.runner = FlowRunner.builder().workingFolder(folder).connection(name, connection).build();
  }

  /** Runs the flows. */
  public FlowRunner runner() {
    return runner;
  }

  /** A file with a flow that has the steps, one a line. */
  public Path flow(String... steps) {
    StringBuilder text =
        new StringBuilder("flow:\n  name: f" + ++files + "\n  config: {fail_fast: false}\n");
    text.append("  steps:\n");
    for (String step : steps) {
      text.append("    - ").append(step).append('\n');
    }
    try {
      return Files.writeString(folder.resolve("flow" + files + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result of a flow with the steps. */
  public FlowResult run(String... steps) {
    RunResult run = runner.run(runner.load(flow(steps)), RunOptions.DEFAULTS);
    if (run.flows().isEmpty()) {
      throw new AssertionError(run.problems());
    }
    return run.flows().get(0);
  }

  /** A step of an action with the connection, as it is written in a flow. */
  public String written(String id, String action, String config) {
    String keys = config.isEmpty() ? "" : ", " + config;
    return "{id: " + id + ", action: " + action + ", config: {connection: " + name + keys + "}}";
  }

  /** The result of the one step. */
  public StepResult step(String action, String config) {
    return run(written("s", action, config)).step("s");
  }

  /** Starts the one step. */
  public RunHandle start(String action, String config) {
    return runner.start(runner.load(flow(written("s", action, config))), RunOptions.DEFAULTS);
  }

  /** How the one step fails. */
  public Failure failure(String action, String config) {
    StepResult step = step(action, config);
    return step.failure().orElseThrow(() -> new AssertionError("passed: " + step.result()));
  }

  /** The problems of a step without the connection that are found before anything runs. */
  public List<String> problems(String action, String config) {
    RunResult result =
        runner.run(
            runner.load(flow("{id: s, action: " + action + ", config: {" + config + "}}")),
            RunOptions.DEFAULTS);
    List<String> problems = new ArrayList<>();
    result.problems().forEach(problem -> problems.add(problem.code() + " " + problem.message()));
    return problems;
  }

  @Override
  public void close() {
    runner.close();
  }
}

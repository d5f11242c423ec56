package io.testmesh.integrations.kafka;

import io.testmesh.FlowRunner;
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

/** Runs steps as a flow, whose connection {@code k} is a broker. */
final class Flows implements AutoCloseable {
  private final Path folder;
  private final FlowRunner runner;
  private int files;

  Flows(Path folder, Map<String, Object> connection) {
    this.folder = folder;
    this.runner = FlowRunner.builder().workingFolder(folder).connection("k", connection).build();
  }

  Flows(Path folder, String brokers) {
    this(folder, Map.of("brokers", brokers));
  }

  FlowRunner runner() {
    return runner;
  }

  /** A file with a flow that has the steps, in YAML, one a line. */
  Path flow(String... steps) {
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
  FlowResult run(String... steps) {
    RunResult run = runner.run(runner.load(flow(steps)), RunOptions.DEFAULTS);
    if (run.flows().isEmpty()) {
      throw new AssertionError(run.problems());
    }
    return run.flows().get(0);
  }

  /** A step of an action with the connection. */
  static String step(String id, String action, String config) {
    return "{id: " + id + ", action: " + action + ", config: {connection: k, " + config + "}}";
  }

  /** The result of the one step. */
  StepResult step(String action, String config) {
    return run(step("s", action, config)).step("s");
  }

  /** How the one step fails. */
  Failure failure(String action, String config) {
    return step(action, config).failure().orElseThrow();
  }

  /** The problems that are found before anything runs. */
  List<String> problems(String action, String config) {
    RunResult result =
        runner.run(runner.load(flow(step("s", action, config))), RunOptions.DEFAULTS);
    List<String> problems = new ArrayList<>();
    result.problems().forEach(problem -> problems.add(problem.code() + " " + problem.message()));
    return problems;
  }

  @Override
  public void close() {
    runner.close();
  }
}

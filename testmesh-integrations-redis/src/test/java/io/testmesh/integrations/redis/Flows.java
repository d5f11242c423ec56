package io.testmesh.integrations.redis;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.backends.RedisServer;
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

/** Runs steps as a flow, whose connection {@code r} is a server. */
final class Flows implements AutoCloseable {
  private final Path folder;
  private final FlowRunner runner;
  private int files;

  Flows(Path folder, int port) {
    this(folder, Map.of("host", RedisServer.HOST, "port", (long) port));
  }

  Flows(Path folder, Map<String, Object> connection) {
    this.folder = folder;
    this.runner = FlowRunner.builder().workingFolder(folder).connection("r", connection).build();
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
    return runner.run(runner.load(flow(steps)), RunOptions.DEFAULTS).flows().get(0);
  }

  /** The result of the one step. */
  StepResult step(String action, String config) {
    return run("{id: s, action: " + action + ", config: {connection: r, " + config + "}}")
        .step("s");
  }

  /** How the one step fails. */
  Failure failure(String action, String config) {
    return step(action, config).failure().orElseThrow();
  }

  /** The problems that are found before anything runs. */
  List<String> problems(String action, String config) {
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

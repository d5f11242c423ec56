package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.FlowSettings;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the map of one flow. */
final class FlowReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "version",
          "suite",
          "author",
          "tags",
          "env_file",
          "env",
          "config",
          "inputs",
          "data_source",
          "setup",
          "steps",
          "teardown");

  static final List<String> PHASES = List.of("setup", "steps", "teardown");

  private final Problems problems;

  FlowReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads the flow; it can be used only if there are no problems afterwards.
   *
   * @param source the places of the flow: its key is where the flow as a whole is pointed at
   */
  Flow read(YamlMap map, SourceTree source, @Nullable Path file) {
    MapReader reader = new MapReader(problems, map, Subject.FLOW, source.key(), KEYS);
    reader.require("name", null);
    String name = reader.name("name");
    Flow.Builder flow = Flow.builder(name == null ? "" : name).source(source);
    if (file != null) {
      flow.file(file);
    }
    labels(reader, flow);
    variables(reader, flow);
    new InputLoader(problems).read(reader, flow);
    DataSource rows = new DataSourceLoader(problems).read(reader);
    if (rows != null) {
      flow.dataSource(rows);
    }
    FlowSettings settings = new SettingsLoader(problems).read(reader);
    flow.settings(settings);
    StepLoader steps = new StepLoader(problems, settings.retry().isPresent());
    phase(reader, Phase.SETUP, steps, flow);
    phase(reader, Phase.STEPS, steps, flow);
    phase(reader, Phase.TEARDOWN, steps, flow);
    return flow.build();
  }

  private void labels(MapReader reader, Flow.Builder flow) {
    String description = reader.text("description");
    if (description != null) {
      flow.description(description);
    }
    String version = version(reader);
    if (version != null) {
      flow.version(version);
    }
    String suite = reader.text("suite");
    if (suite != null) {
      flow.suite(suite);
    }
    String author = reader.text("author");
    if (author != null) {
      flow.author(author);
    }
    flow.tags(reader.texts("tags", "smoke"));
  }

  /** {@code version: 1.0} is a number in YAML; as a label it is the text that was written. */
  private @Nullable String version(MapReader reader) {
    YamlMap.Entry entry = reader.entry("version");
    return entry != null && entry.value().value() instanceof Number
        ? problems.document().written(entry.value())
        : reader.text("version");
  }

  private static void variables(MapReader reader, Flow.Builder flow) {
    String envFile = reader.name("env_file");
    if (envFile != null) {
      flow.envFile(envFile);
    }
    YamlMap env = reader.map("env", "a map of names and values");
    if (env != null) {
      for (YamlMap.Entry entry : env.entries()) {
        flow.env(entry.key(), entry.value().value());
      }
    }
  }

  private void phase(MapReader reader, Phase phase, StepLoader steps, Flow.Builder flow) {
    if (phase == Phase.STEPS) {
      reader.require("steps", null);
    }
    YamlList list = reader.steps(phase.key());
    if (list == null) {
      return;
    }
    if (phase == Phase.STEPS && list.items().isEmpty()) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span((YamlNode) list),
          "\"steps\" wants at least one step",
          null);
    }
    for (Step step : steps.steps(list, StepIds.prefix(phase))) {
      flow.step(phase, step);
    }
  }
}

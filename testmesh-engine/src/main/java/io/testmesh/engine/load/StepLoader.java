package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlDocument;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Retry;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists of steps, of a phase and nested ones, of one flow. */
final class StepLoader {
  static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "description",
          "tags",
          "action",
          "config",
          "when",
          "assert",
          "assert_any",
          "assert_none",
          "output",
          "save",
          "timeout",
          "retry",
          "within",
          "every",
          "on_error",
          "error_steps",
          "disabled");

  private final Problems problems;
  private final StepIds ids;
  private final AssertionLoader assertions;
  private final OutputLoader outputs;
  private final RetryLoader retries;
  private final ReactionLoader reactions;
  private final BlockLoader blocks;

  /**
   * A loader for the steps of one flow.
   *
   * @param flowRetries whether the flow's config has a retry that steps inherit
   */
  StepLoader(Problems problems, boolean flowRetries) {
    this.problems = problems;
    this.ids = new StepIds(problems);
    this.assertions = new AssertionLoader(problems);
    this.outputs = new OutputLoader(problems);
    this.retries = new RetryLoader(problems);
    this.reactions = new ReactionLoader(problems, this, flowRetries);
    this.blocks = new BlockLoader(problems, this);
  }

  /**
   * Reads a list of steps.
   *
   * @param idPrefix what the ids of steps without one begin with; their position from 1 follows
   * @return the steps that could be read
   */
  List<Step> steps(YamlList list, String idPrefix) {
    List<Step> steps = new ArrayList<>(list.items().size());
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      if (item instanceof YamlMap map) {
        steps.add(step(map, idPrefix.concat(Integer.toString(i + 1))));
      } else {
        problems.wrongType(
            "a step", problems.document().span(item), "a map with an \"action\"", item, hint(item));
      }
    }
    return steps;
  }

  private static @Nullable String hint(YamlNode item) {
    return item.value() instanceof String text && StepIds.isId(text)
        ? "write \"- action: " + text + "\""
        : null;
  }

  private Step step(YamlMap map, String generatedId) {
    YamlDocument document = problems.document();
    SourceSpan place = document.span(map);
    YamlMap.Entry written = map.entry("id");
    boolean named = written != null && written.value().value() instanceof String;
    String id = named && written != null ? (String) written.value().value() : generatedId;
    String label = id == null ? generatedId : id;
    MapReader reader = new MapReader(problems, map, new Subject("step", label, null), place, KEYS);
    if (written != null) {
      checkId(reader, written);
    }
    ids.claim(label, written == null ? place : problems.place(written), named);

    String action = action(reader);
    Step.Builder step = Step.of(action).id(label).source(document.tree(map));
    labels(reader, step);
    YamlMap config = reader.map("config", "a map");
    if (config != null) {
      blocks.read(action, config, step, label);
    }
    assertions.read(reader, step);
    outputs.read(reader, step);
    timing(reader, step);
    reactions.read(reader, step, label);
    Boolean disabled = reader.flag("disabled");
    step.disabled(disabled != null && disabled);
    return step.build();
  }

  private void checkId(MapReader reader, YamlMap.Entry written) {
    String id = reader.text("id");
    if (id != null && !StepIds.isId(id)) {
      problems.invalid(written, StepIds.FORM, null);
    }
  }

  private String action(MapReader reader) {
    reader.require("action", null);
    String action = reader.name("action");
    return action == null ? "" : action;
  }

  private static void labels(MapReader reader, Step.Builder step) {
    String name = reader.name("name");
    if (name != null) {
      step.name(name);
    }
    String description = reader.text("description");
    if (description != null) {
      step.description(description);
    }
    step.tags(reader.texts("tags", "smoke"));
  }

  private void timing(MapReader reader, Step.Builder step) {
    Duration timeout = reader.duration("timeout");
    if (timeout != null) {
      step.timeout(timeout);
    }
    Retry retry = retries.read(reader);
    if (retry != null) {
      step.retry(retry);
    }
    Duration within = reader.duration("within");
    if (within != null) {
      step.within(within);
    }
    Duration every = reader.duration("every");
    if (every != null) {
      step.every(every);
    }
    checkRepetition(reader);
  }

  private void checkRepetition(MapReader reader) {
    YamlMap.Entry retry = reader.entry("retry");
    if (retry != null && reader.entry("within") != null) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(retry),
          "\"retry\" and \"within\" do not go together",
          "\"within\" repeats the step until its assertions hold; remove one of them");
    }
    YamlMap.Entry pause = reader.entry("every");
    if (pause != null && reader.entry("within") == null) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(pause),
          "\"every\" says how often \"within\" looks, and there is no \"within\"",
          null);
    }
  }
}

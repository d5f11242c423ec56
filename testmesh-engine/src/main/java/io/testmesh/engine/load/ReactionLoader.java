package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.flow.OnError;
import io.testmesh.flow.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code on_error} in both forms, and {@code error_steps} wherever they stand. */
final class ReactionLoader {
  static final List<String> KEYS = List.of("action", "error_steps", "on_timeout");
  static final List<String> WORDS = List.of("fail", "continue", "retry");

  private final Problems problems;
  private final StepLoader steps;
  private final boolean flowRetries;

  ReactionLoader(Problems problems, StepLoader steps, boolean flowRetries) {
    this.problems = problems;
    this.steps = steps;
    this.flowRetries = flowRetries;
  }

  void read(MapReader reader, Step.Builder step, String id) {
    YamlMap.Entry entry = reader.entry("on_error");
    boolean retries = flowRetries || reader.entry("retry") != null;
    if (entry != null && entry.value() instanceof YamlMap map) {
      MapReader reaction =
          new MapReader(
              problems, map, reader.subject().key("on_error"), problems.document().span(map), KEYS);
      OnError onError = word(reaction, "action", retries);
      step.onError(onError == null ? OnError.FAIL : onError);
      OnError onTimeout = word(reaction, "on_timeout", retries);
      if (onTimeout != null) {
        step.onTimeout(onTimeout);
      }
      YamlMap.Entry outer = reader.entry("error_steps");
      if (outer != null && reaction.entry("error_steps") != null) {
        problems.add(
            Problems.INVALID_VALUE,
            problems.document().span(outer),
            reader.subject() + " has \"error_steps\" twice: here and in \"on_error\"",
            null);
      }
      errorSteps(reaction, step, id);
    } else {
      OnError onError = word(reader, "on_error", retries);
      step.onError(onError == null ? OnError.FAIL : onError);
    }
    errorSteps(reader, step, id);
  }

  private void errorSteps(MapReader reader, Step.Builder step, String id) {
    YamlList list = reader.steps("error_steps");
    if (list != null) {
      step.errorSteps(steps.steps(list, id.concat("_error_")));
    }
  }

  private @Nullable OnError word(MapReader reader, String key, boolean retries) {
    String word = reader.choice(key, WORDS);
    YamlMap.Entry entry = reader.entry(key);
    if (word == null || entry == null) {
      return null;
    }
    if (word.equals("retry") && !retries) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.place(entry),
          "\"" + key + ": retry\" needs a \"retry\", in the step or in the flow's config",
          null);
    }
    return switch (word) {
      case "continue" -> OnError.CONTINUE;
      case "retry" -> OnError.RETRY;
      default -> OnError.FAIL;
    };
  }
}

package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what repeats a polling action out of its configuration, and checks it. Belongs to one step.
 */
public final class PollingChecker {
  /** The keys that every polling action takes and its handler never sees. */
  public static final List<ConfigKey> KEYS =
      List.of(
          ConfigKey.optional("assert", ConfigType.ASSERTIONS, "What has to hold, over the result"),
          ConfigKey.optional("within", ConfigType.DURATION, "How long it may take to hold"),
          ConfigKey.optional("every", ConfigType.DURATION, "The pause between two looks; 500ms"),
          ConfigKey.optional("for", ConfigType.DURATION, "How long it has to go on holding"));

  private static final Set<String> NAMES = Set.of("assert", "within", "every", "for");

  private final ActionDescriptor descriptor;
  private final Step step;
  private final ProblemList problems;
  private final StepConfig rest;
  private final StepConfig polling;

  PollingChecker(ActionDescriptor descriptor, Step step, StepConfig config, ProblemList problems) {
    this.descriptor = descriptor;
    this.step = step;
    this.problems = problems;
    if (!descriptor.isPolling()) {
      rest = config;
      polling = new StepConfig(Map.of(), config.place());
      return;
    }
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    Map<String, @Nullable Object> lifted = new LinkedHashMap<>();
    config.values().forEach((key, value) -> (NAMES.contains(key) ? lifted : own).put(key, value));
    rest = new StepConfig(own, config.place());
    polling = new StepConfig(lifted, config.place());
  }

  /** What is left for the handler. */
  StepConfig rest() {
    return rest;
  }

  /** What repeats the action, held against its types; null when it is no polling action. */
  @Nullable CompiledConfig compile(ConfigChecker configs) {
    if (!descriptor.isPolling()) {
      return null;
    }
    ActionDescriptor keys = ActionDescriptor.of(descriptor.id());
    for (ConfigKey key : KEYS) {
      keys = keys.key(key);
    }
    checkRules();
    return configs.compile(keys, polling, Set.of());
  }

  /** How the step is repeated; null when it is not. */
  @Nullable Polling polling(@Nullable CompiledConfig compiled) {
    if (step.within().isPresent()) {
      return Polling.of(step.within().get(), step.every().orElse(null));
    }
    return compiled == null || !repeatsByItself()
        ? null
        : Polling.of(compiled, descriptor.pollsWithin().orElse(null));
  }

  private void checkRules() {
    if (!has("assert") && !StepChecker.asserts(step) && !hasCondition()) {
      SourceTree place = rest.place();
      problems.error(
          "nothing_asserted",
          descriptor.id() + " has nothing to check: no assertion" + orCondition(),
          place,
          place.key(),
          "add \"assert\" to its config: a list of expressions over "
              + String.join(", ", descriptor.resultNames()));
    }
    if (step.within().isPresent() && (has("within") || has("for"))) {
      reject(
          has("within") ? "within" : "for",
          "the step and its config both say how long it is repeated",
          "leave \"within\" of the step out");
    }
    if (step.retry().isPresent() && (has("within") || has("for"))) {
      reject(
          has("within") ? "within" : "for",
          "\"within\" and \"retry\" both repeat the step",
          "use one of them");
    }
    if (has("every") && !repeatsByItself()) {
      reject("every", "\"every\" is the pause of \"within\" or \"for\"", "add one of them");
    }
  }

  private boolean repeatsByItself() {
    return has("within") || has("for") || descriptor.pollsWithin().isPresent();
  }

  private boolean has(String key) {
    return polling.values().containsKey(key);
  }

  private boolean hasCondition() {
    for (String written : rest.values().keySet()) {
      ConfigKey key = ConfigValues.find(descriptor.keys(), written);
      if (key != null && descriptor.conditions().contains(key.name())) {
        return true;
      }
    }
    return false;
  }

  private String orCondition() {
    List<String> conditions = new ArrayList<>();
    for (ConfigKey key : descriptor.keys()) {
      if (descriptor.conditions().contains(key.name())) {
        conditions.add(key.name());
      }
    }
    return conditions.isEmpty() ? "" : ", and none of " + String.join(", ", conditions);
  }

  private void reject(String key, String message, String hint) {
    SourceTree place = polling.place().at(key);
    problems.error("invalid_value", message, place, place.key(), hint);
  }
}

package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps that stand in the configuration of a step: loops, conditions, branches. */
final class BlockLoader {
  private static final List<String> BRANCH_KEYS = List.of("id", "steps");

  private final Problems problems;
  private final StepLoader steps;

  BlockLoader(Problems problems, StepLoader steps) {
    this.problems = problems;
    this.steps = steps;
  }

  /** Reads the configuration: steps become blocks, the rest stays as it is. */
  void read(String action, YamlMap config, Step.Builder step, String id) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    Map<String, YamlMap.Entry> seen = new LinkedHashMap<>();
    for (YamlMap.Entry entry : config.entries()) {
      String key = blockKey(action, entry.key());
      if (key == null) {
        rest.put(entry.key(), entry.value().value());
      } else if (seen.putIfAbsent(key, entry) != null) {
        problems.add(
            "duplicate_key",
            problems.document().span(entry),
            "\"" + entry.key() + "\" is another spelling of \"" + key + "\", which is there too",
            null);
      } else if (key.equals("branches")) {
        branches(entry, step, id);
      } else {
        step.block(block(entry, key, null, id + "_" + prefix(key)));
      }
    }
    step.config(rest);
  }

  /** The one spelling of a key that holds steps; null for any other key. */
  private static @Nullable String blockKey(String action, String key) {
    switch (action) {
      case "condition":
        return switch (key) {
          case "then", "steps", "then_steps", "thenSteps" -> "then";
          case "else", "else_steps", "elseSteps" -> "else";
          default -> null;
        };
      case "for_each", "wait_until":
        return key.equals("steps") ? key : null;
      case "parallel":
        return key.equals("steps") || key.equals("branches") ? key : null;
      default:
        return null;
    }
  }

  /** What the generated ids of a block have in them. */
  private static String prefix(String key) {
    return key.equals("steps") ? "step_" : key + "_";
  }

  private StepBlock block(
      YamlMap.Entry entry, String key, @Nullable String branch, String idPrefix) {
    List<Step> read = List.of();
    if (entry.value() instanceof YamlList list) {
      read = steps.steps(list, idPrefix);
    } else {
      problems.wrongType(
          entry, "a list of steps", "write a list: " + entry.key() + ": [{action: …}]");
    }
    return new StepBlock(key, branch, read, problems.document().tree(entry));
  }

  private void branches(YamlMap.Entry entry, Step.Builder step, String id) {
    if (!(entry.value() instanceof YamlList list)) {
      problems.wrongType(
          entry, "a list of branches", "write a list: branches: [{id: …, steps: [{action: …}]}]");
      step.block(new StepBlock("branches", null, List.of(), problems.document().tree(entry)));
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      StepBlock branch = item instanceof YamlMap map ? branch(map, i, id, names) : null;
      if (branch == null) {
        problems.wrongType(
            "a branch", problems.document().span(item), "a map with \"steps\"", item, null);
        branch = new StepBlock("branches", null, List.of(), problems.document().tree(item));
      }
      step.block(branch);
    }
    if (list.items().isEmpty()) {
      step.block(new StepBlock("branches", null, List.of(), problems.document().tree(entry)));
    }
  }

  /**
   * Reads a branch.
   *
   * @param names the ids of the branches before it
   */
  private StepBlock branch(YamlMap map, int index, String id, Set<String> names) {
    String generated = "branch_" + index;
    MapReader reader =
        new MapReader(
            problems,
            map,
            new Subject("branch", generated, new Subject("step", id, null)),
            problems.document().span(map),
            BRANCH_KEYS);
    String name = reader.text("id");
    YamlMap.Entry written = reader.entry("id");
    if (name != null && written != null && !StepIds.isId(name)) {
      problems.invalid(written, StepIds.FORM, null);
    }
    reader.require("steps", null);
    YamlMap.Entry entry = reader.entry("steps");
    String own = name == null ? generated : name;
    if (!names.add(own)) {
      problems.add(
          Problems.DUPLICATE_ID,
          written == null ? problems.document().span(map) : problems.place(written),
          "branch id \"" + own + "\" is used twice",
          "each branch has an id of its own; without one it is branch_0 and so on");
      // Its steps are not to be reported as well.
      own = own + "_" + index;
    }
    String prefix = id + "_" + own + "_";
    return entry == null
        ? new StepBlock("branches", name, List.of(), problems.document().tree(map))
        : block(entry, "branches", name, prefix);
  }
}

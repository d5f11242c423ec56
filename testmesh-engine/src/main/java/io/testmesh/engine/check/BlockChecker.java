package io.testmesh.engine.check;

import io.testmesh.engine.catalogue.StepKinds;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a step that runs other steps, and those steps. Used for one step, by one thread. */
final class BlockChecker {
  private static final String STEP_FORM = "{action: …}";

  private final StepChecker steps;
  private final KnownNames names;
  private final ProblemList problems;
  private final Step step;
  private final String id;
  private final Phase phase;

  BlockChecker(
      StepChecker steps,
      KnownNames names,
      ProblemList problems,
      Step step,
      String id,
      Phase phase) {
    this.steps = steps;
    this.names = names;
    this.problems = problems;
    this.step = step;
    this.id = id;
    this.phase = phase;
  }

  /** The keys of the configuration that hold steps. */
  Set<String> keys() {
    if (step.blocks().isEmpty()) {
      return Set.of();
    }
    Set<String> keys = new LinkedHashSet<>();
    for (StepBlock block : step.blocks()) {
      keys.add(block.key());
    }
    return keys;
  }

  /** What the step does; null when that cannot be said, which is reported. */
  @Nullable CheckedAction check() {
    checkFilled();
    checkBounds();
    return switch (step.action()) {
      case StepKinds.CONDITION -> condition();
      case StepKinds.FOR_EACH -> forEach();
      case StepKinds.PARALLEL -> parallel();
      case StepKinds.WAIT_UNTIL -> new CheckedAction.WaitUntil(inside("steps"));
      case StepKinds.RUN_FLOW -> runFlow();
      default -> null;
    };
  }

  private void checkBounds() {
    for (String key :
        List.of("max_concurrent", "maxConcurrent", "max_iterations", "maxIterations")) {
      if (step.config().get(key) instanceof Long number && number < 0) {
        SourceTree place = step.source().at("config", key);
        problems.error(
            "invalid_value",
            "\"" + key + "\" wants a number from 0 on, got " + number,
            place,
            place.value(),
            null);
      }
    }
  }

  private @Nullable CheckedAction runFlow() {
    CheckedFlow flow = steps.called(step);
    return flow == null ? null : new CheckedAction.RunFlow(flow);
  }

  private void checkFilled() {
    for (StepBlock block : step.blocks()) {
      if (block.steps().isEmpty() && !block.key().equals("else")) {
        SourceTree place = block.source();
        problems.error(
            "invalid_value",
            "\"" + block.key() + "\" wants at least one step",
            place,
            place.key(),
            "write a list: " + block.key() + ": [" + STEP_FORM + "]");
      }
    }
  }

  private @Nullable StepBlock find(String key) {
    for (StepBlock block : step.blocks()) {
      if (block.key().equals(key)) {
        return block;
      }
    }
    return null;
  }

  /** The steps of a block; what they give is known afterwards. */
  private List<CheckedStep> inside(String key) {
    StepBlock block = find(key);
    return block == null ? List.of() : checked(block, "");
  }

  private List<CheckedStep> checked(StepBlock block, String branch) {
    return List.copyOf(steps.checkAll(block.steps(), StepNames.prefix(id, block, branch), phase));
  }

  private CheckedAction condition() {
    KnownNames.Side then = new KnownNames.Side();
    KnownNames.Side around = names.enter(then);
    List<CheckedStep> first = inside("then");
    names.leave(then, around);
    List<CheckedStep> second = find("else") == null ? null : inside("else");
    names.join(then);
    return new CheckedAction.Condition(first, second);
  }

  private @Nullable CheckedAction forEach() {
    checkSource();
    checkSideBySide();
    String item = name("item_name", "itemName", "item");
    String index = name("index_name", "indexName", "index");
    if (item.equals(index)) {
      SourceTree place = step.source().at("config");
      problems.error(
          "invalid_value",
          "item and index have the same name \"" + item + "\"",
          place,
          place.key(),
          "give one of them another name");
    }
    boolean newItem = names.add(item);
    boolean newIndex = names.add(index);
    List<CheckedStep> body = inside("steps");
    if (newItem) {
      names.remove(item);
    }
    if (newIndex) {
      names.remove(index);
    }
    CheckedAction.ForEach loop = new CheckedAction.ForEach(item, index, body);
    checkNotEmpty(loop);
    return loop;
  }

  /** The items come from one place. */
  private void checkSource() {
    List<String> given = new ArrayList<>();
    for (String key : List.of("items", "range", "items_from_glob", "itemsFromGlob")) {
      if (step.config().containsKey(key)) {
        given.add(key);
      }
    }
    if (given.size() == 1) {
      checkRange();
      return;
    }
    SourceTree place = step.source().at("config");
    problems.error(
        given.isEmpty() ? "missing_key" : "invalid_value",
        given.isEmpty()
            ? "for_each has nothing to go over"
            : "for_each takes its items from one place, and there are " + given.size(),
        place,
        place.key(),
        "give one of items, range and items_from_glob");
  }

  private void checkSideBySide() {
    String key = step.config().containsKey("max_concurrent") ? "max_concurrent" : "maxConcurrent";
    Object parallel = step.config().get("parallel");
    if (step.config().containsKey(key) && (parallel == null || Boolean.FALSE.equals(parallel))) {
      SourceTree place = step.source().at("config", key);
      problems.error(
          "invalid_value",
          "\"" + key + "\" has no meaning for rounds that run one after the other",
          place,
          place.key(),
          "add \"parallel: true\", or leave it out");
    }
  }

  private void checkRange() {
    if (step.config().get("range") instanceof Map<?, ?> range
        && range.get("step") instanceof Number number
        && number.doubleValue() == 0) {
      SourceTree place = step.source().at("config", "range", "step");
      problems.error(
          "invalid_value",
          "\"step\" of \"range\" is 0: it would never end",
          place,
          place.value(),
          null);
    }
  }

  private void checkNotEmpty(CheckedAction.ForEach loop) {
    if (step.config().get("items") instanceof List<?> items
        && items.isEmpty()
        && !Boolean.TRUE.equals(step.config().get("allow_empty"))
        && !Boolean.TRUE.equals(step.config().get("allowEmpty"))
        && loop.asserts()) {
      SourceTree place = step.source().at("config", "items");
      problems.error(
          "nothing_asserted",
          "\"items\" is empty: the assertions of the steps would never be looked at",
          place,
          place.value(),
          "write items, or \"allow_empty: true\" if that is meant");
    }
  }

  /** A name for the steps of a loop, which has to be known before the run. */
  private String name(String key, String otherSpelling, String byDefault) {
    String written = step.config().containsKey(key) ? key : otherSpelling;
    Object value = step.config().get(written);
    if (!(value instanceof String name)) {
      // Any other type was reported with the configuration.
      return byDefault;
    }
    if (!isName(name)) {
      SourceTree place = step.source().at("config", written);
      problems.error(
          "invalid_value",
          "\""
              + key
              + "\" wants a name: a letter or _, then letters, digits or _, got \""
              + name
              + "\"",
          place,
          place.value(),
          TextTemplate.isDynamic(name) ? "placeholders are not possible here" : null);
      return byDefault;
    }
    return name;
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '_') {
        return false;
      }
    }
    return true;
  }

  private CheckedAction parallel() {
    StepBlock list = find("steps");
    StepBlock branches = find("branches");
    if ((list == null) == (branches == null)) {
      SourceTree place = step.source().at("config");
      problems.error(
          list == null ? "missing_key" : "invalid_value",
          list == null ? "parallel has no steps" : "parallel has both steps and branches",
          place,
          place.key(),
          "give one of steps and branches");
    }
    List<CheckedAction.Branch> checked = new ArrayList<>();
    List<KnownNames.Side> sides = new ArrayList<>();
    for (int i = 0; i < step.blocks().size(); i++) {
      StepBlock block = step.blocks().get(i);
      if (block.key().equals("branches")) {
        branch(block, StepNames.branch(step.blocks(), i), checked, sides);
      } else {
        steps(block, checked, sides);
      }
    }
    for (KnownNames.Side side : sides) {
      names.join(side);
    }
    checkBranchIds(checked);
    return new CheckedAction.Parallel(List.copyOf(checked), branches != null);
  }

  private void branch(
      StepBlock block,
      String branch,
      List<CheckedAction.Branch> checked,
      List<KnownNames.Side> sides) {
    KnownNames.Side side = new KnownNames.Side();
    KnownNames.Side around = names.enter(side);
    checked.add(new CheckedAction.Branch(branch, checked(block, branch)));
    names.leave(side, around);
    sides.add(side);
  }

  /** Each step of the list is a branch of its own and does not see the others. */
  private void steps(
      StepBlock block, List<CheckedAction.Branch> checked, List<KnownNames.Side> sides) {
    String prefix = StepNames.prefix(id, block, "");
    for (int i = 0; i < block.steps().size(); i++) {
      Step one = block.steps().get(i);
      KnownNames.Side side = new KnownNames.Side();
      KnownNames.Side around = names.enter(side);
      CheckedStep step = steps.check(one, StepNames.id(one, prefix, i), phase);
      names.leave(side, around);
      sides.add(side);
      if (step != null) {
        checked.add(new CheckedAction.Branch(step.id(), List.of(step)));
      }
    }
  }

  private void checkBranchIds(List<CheckedAction.Branch> branches) {
    Set<String> seen = new LinkedHashSet<>();
    for (CheckedAction.Branch branch : branches) {
      if (!seen.add(branch.id())) {
        SourceTree place = step.source().at("config");
        problems.error(
            "duplicate_id",
            "the branch id \"" + branch.id() + "\" is used twice",
            place,
            place.key(),
            "each branch has an id of its own; without one it is branch_0 and so on");
      }
    }
  }

  /** The keys of a result that are not in the descriptor. */
  static Set<String> resultKeys(CheckedAction action) {
    Set<String> keys = new LinkedHashSet<>();
    if (action instanceof CheckedAction.Parallel parallel) {
      for (CheckedAction.Branch branch : parallel.branches()) {
        keys.add(branch.id());
      }
    } else if (action instanceof CheckedAction.RunFlow call) {
      for (Phase phase : Phase.values()) {
        addOutputs(call.flow().flow().steps(phase), keys);
      }
    }
    return keys;
  }

  /** Adds the names of all outputs, also those of steps inside of steps. */
  static void addOutputs(List<Step> steps, Set<String> names) {
    for (Step step : steps) {
      names.addAll(step.outputs().keySet());
      addOutputs(step.errorSteps(), names);
      for (StepBlock block : step.blocks()) {
        addOutputs(block.steps(), names);
      }
    }
  }
}

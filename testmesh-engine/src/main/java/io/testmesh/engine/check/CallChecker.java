package io.testmesh.engine.check;

import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the steps of one flow that call other flows, and those flows. Belongs to one thread. */
final class CallChecker {
  private final FlowChecker checker;
  private final FlowChecker.Call call;
  private final Flow caller;
  private final @Nullable Path folder;
  private final KnownNames names;
  private final ProblemList problems;

  /**
   * A checker for the steps of one flow.
   *
   * @param call how the flow itself is called
   */
  CallChecker(
      FlowChecker checker,
      FlowChecker.Call call,
      Flow caller,
      @Nullable Path folder,
      KnownNames names,
      ProblemList problems) {
    this.checker = checker;
    this.call = call;
    this.caller = caller;
    this.folder = folder;
    this.names = names;
    this.problems = problems;
  }

  /**
   * The flow that a step calls; null when it cannot be called, which is reported.
   *
   * @param depth how deep the step stands in others
   */
  @Nullable CheckedFlow check(Step step, int depth) {
    SourceTree place = step.source().at("config", "flow");
    if (!(step.config().get("flow") instanceof String written)) {
      // A missing key and another type were reported with the configuration.
      return null;
    }
    if (TextTemplate.isDynamic(written)) {
      problems.error(
          "invalid_value",
          "\"flow\" has to be known before the run, got \"" + written + "\"",
          place,
          place.value(),
          "placeholders are not possible here; a condition can choose between two run_flow steps");
      return null;
    }
    SubFlows.Found found = call.subFlows().find(written, folder);
    problems.addAll(found.problems());
    Flow flow = found.flow();
    if (flow == null) {
      if (found.wrong() != null) {
        problems.error("file_not_found", found.wrong(), place, place.value(), found.hint());
      }
      return null;
    }
    return isCircle(flow, place) || !isCallable(flow, step) ? null : check(flow, step, depth);
  }

  private boolean isCircle(Flow flow, SourceTree place) {
    List<Flow> way = new ArrayList<>(call.way());
    way.add(caller);
    int begin = -1;
    for (int i = 0; i < way.size() && begin < 0; i++) {
      begin = isSame(way.get(i), flow) ? i : -1;
    }
    if (begin < 0) {
      return false;
    }
    StringBuilder circle = new StringBuilder();
    for (Flow one : way.subList(begin, way.size())) {
      circle.append(one.name()).append(" -> ");
    }
    problems.error(
        "flow_cycle",
        "the flow \"" + flow.name() + "\" would run itself: " + circle + flow.name(),
        place,
        place.value(),
        null);
    return true;
  }

  private static boolean isSame(Flow one, Flow other) {
    return one == other
        || one.file().isPresent()
            && other.file().isPresent()
            && one.file()
                .get()
                .toAbsolutePath()
                .normalize()
                .equals(other.file().get().toAbsolutePath().normalize());
  }

  private boolean isCallable(Flow flow, Step step) {
    if (flow.dataSource().isEmpty()) {
      return true;
    }
    SourceTree place = step.source().at("config", "flow");
    problems.error(
        "invalid_value",
        "the flow \"" + flow.name() + "\" has a \"data_source\": it cannot be called",
        place,
        place.value(),
        "call a flow without one in a for_each");
    return false;
  }

  private @Nullable CheckedFlow check(Flow flow, Step step, int depth) {
    Set<String> input = inputNames(step, flow);
    checkInput(flow, step, input);
    Set<String> more = new LinkedHashSet<>(input);
    if (!Boolean.FALSE.equals(value(step, "inherit_env", "inheritEnv"))) {
      more.addAll(names.variables());
    }
    Set<String> all = new LinkedHashSet<>(more);
    all.addAll(call.given());
    SubFlows.Key key = new SubFlows.Key(flow, all);
    FlowChecker.Result result = call.subFlows().checked(key);
    if (result == null) {
      List<Flow> way = new ArrayList<>(call.way());
      way.add(caller);
      result =
          checker.check(
              flow, new FlowChecker.Call(call.given(), more, call.subFlows(), way, depth));
      call.subFlows().keep(key, result);
    }
    problems.addAll(result.problems());
    return result.flow();
  }

  private static @Nullable Object value(Step step, String key, String otherSpelling) {
    return step.config().containsKey(key)
        ? step.config().get(key)
        : step.config().get(otherSpelling);
  }

  /**
   * The names of what the step gives; where they are not known yet, those that the flow declares.
   */
  private Set<String> inputNames(Step step, Flow flow) {
    Set<String> given = new LinkedHashSet<>();
    Object input = step.config().get("input");
    if (input instanceof Map<?, ?> map) {
      for (Object name : map.keySet()) {
        given.add(String.valueOf(name));
      }
    } else if (input instanceof String) {
      given.addAll(flow.inputs().keySet());
    }
    if (value(step, "input_file", "inputFile") instanceof String file) {
      given.addAll(TextTemplate.isDynamic(file) ? flow.inputs().keySet() : namesOfFile(file, step));
    }
    return given;
  }

  private Set<String> namesOfFile(String written, Step step) {
    Path file = folder == null ? Path.of(written) : folder.resolve(written);
    if (!Files.isRegularFile(file)) {
      // That was reported with the configuration.
      return Set.of();
    }
    try {
      return InputFile.read(file).keySet();
    } catch (IOException e) {
      SourceTree place = step.source().at("config", "input_file");
      problems.error("invalid_value", String.valueOf(e.getMessage()), place, place.value(), null);
      return Set.of();
    }
  }

  private void checkInput(Flow flow, Step step, Set<String> input) {
    SourceTree place = step.source().at("config");
    for (Map.Entry<String, Input> declared : flow.inputs().entrySet()) {
      boolean missing =
          declared.getValue().required()
              && !input.contains(declared.getKey())
              && !call.given().contains(declared.getKey());
      if (missing) {
        problems.error(
            "missing_input",
            "the flow \"" + flow.name() + "\" needs the input \"" + declared.getKey() + "\"",
            place,
            place.at("flow").value(),
            "give it with input: {" + declared.getKey() + ": …}");
      }
    }
    for (String name : input) {
      if (!flow.inputs().isEmpty() && !flow.inputs().containsKey(name)) {
        SourceTree at = place.at("input", name);
        problems.error(
            "unknown_key",
            "the flow \"" + flow.name() + "\" has no input \"" + name + "\"",
            at,
            at.key().isKnown() ? at.key() : place.at("flow").value(),
            NearNames.hintOrNames(name, flow.inputs().keySet()));
      }
    }
  }
}

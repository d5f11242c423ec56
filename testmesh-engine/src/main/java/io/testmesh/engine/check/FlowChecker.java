package io.testmesh.engine.check;

import io.testmesh.action.ActionHandler;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.data.RowSource;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.load.EnvFile;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import io.testmesh.result.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that can be found about a flow before its first step: the one checker of {@code run} and
 * {@code validate}. Made for the check of one set, by one thread; contacts nothing.
 */
public final class FlowChecker {
  private final KnownActions actions;
  private final Map<String, String> processEnvironment;
  private final FakeLibrary fakeData;
  private final Map<String, Map<String, @Nullable Object>> connections;
  private final Map<String, @Nullable Object> otel;

  /**
   * A checker that knows these actions.
   *
   * @param connections the runner's connections: keys by name
   * @param otel what flows have under {@code config.otel} where they do not say it themselves
   */
  public FlowChecker(
      KnownActions actions,
      Map<String, String> processEnvironment,
      FakeLibrary fakeData,
      Map<String, Map<String, @Nullable Object>> connections,
      Map<String, @Nullable Object> otel) {
    this.connections = connections;
    this.otel = otel;
    this.actions = actions;
    this.fakeData = fakeData;
    this.processEnvironment = processEnvironment;
  }

  /**
   * Checks a flow, and the flows that it calls.
   *
   * @param given the names of the variables that the run is given
   */
  public Result check(Flow flow, Set<String> given, SubFlows subFlows) {
    return check(flow, new Call(given, Set.of(), subFlows, List.of(), 0));
  }

  /**
   * How a flow is called.
   *
   * @param given the names of the variables that the run is given
   * @param more the names of what its caller gives
   * @param subFlows the flows that it can call
   * @param way the flows that are on the way to it, the outermost first
   * @param depth how deep the calling step stands in others
   */
  record Call(Set<String> given, Set<String> more, SubFlows subFlows, List<Flow> way, int depth) {
    boolean isByFlow() {
      return !way.isEmpty();
    }
  }

  Result check(Flow flow, Call call) {
    ProblemList problems = new ProblemList();
    FlowTexts texts = new FlowTexts(problems);
    Path folder = flow.file().map(Path::toAbsolutePath).map(Path::getParent).orElse(null);
    KnownNames names = new KnownNames(processEnvironment.keySet(), fakeData);
    names.addVariables(call.more());
    names.addVariables(call.given());
    names.addVariables(flow.inputs().keySet());
    if (!call.isByFlow()) {
      checkInputs(flow, call.given(), problems);
    }
    checkLocale(flow, problems);
    RowSource rows = rows(flow, names, problems);
    OtelSettings.addNames(flow, otel, names);
    Map<String, ValueTemplate> env = env(flow, folder, names, texts, problems);
    ValueTemplate name = texts.free(flow.name(), flow.source().at("name"));
    names.checkTexts(name, null, problems);
    checkSecrets(flow, names, problems);
    ActionHandler tracing = OtelSettings.check(flow, otel, actions, texts, names, problems);
    Map<Phase, List<CheckedStep>> phases = new LinkedHashMap<>();
    Set<String> ids = new LinkedHashSet<>();
    for (Phase phase : Phase.values()) {
      collectIds(flow.steps(phase), StepNames.prefix(phase), ids, problems);
    }
    names.expectSteps(ids);
    CallChecker calls = new CallChecker(this, call, flow, folder, names, problems);
    StepChecker steps =
        new StepChecker(
            actions,
            folder,
            names,
            flow.settings(),
            new NamedConnections(flow, connections, problems),
            calls,
            call.depth(),
            texts,
            problems);
    for (Phase phase : Phase.values()) {
      if (phase == Phase.TEARDOWN) {
        names.add("FLOW_STATUS");
      }
      phases.put(phase, phase(flow, phase, steps));
    }
    if (!problems.hasErrors()) {
      Oddities.check(flow, phases, problems);
    }
    List<Problem> found = problems.sorted();
    return problems.hasErrors()
        ? new Result(null, found)
        : new Result(
            new CheckedFlow(flow, name, rows, phases, env, ids, tracing, problems.secrets(), found),
            found);
  }

  private static @Nullable RowSource rows(Flow flow, KnownNames names, ProblemList problems) {
    DataSource source = flow.dataSource().orElse(null);
    if (source == null) {
      return null;
    }
    RowSource.Opened opened = RowSource.open(flow, source);
    problems.addAll(opened.problems());
    RowSource rows = opened.rows();
    if (rows != null) {
      names.addVariables(rows.names());
    }
    if (rows == null || !rows.hasColumns()) {
      // Every name may be that of a column.
      names.acceptAll();
    }
    problems.secretColumns(source.rows(), flow.settings().secrets());
    return rows;
  }

  private void checkLocale(Flow flow, ProblemList problems) {
    String locale = flow.settings().locale().orElse(null);
    if (locale != null && !fakeData.hasLocale(locale)) {
      SourceTree place = flow.source().at("config", "faker", "locale");
      problems.error(
          "invalid_value",
          "there is no made-up data for the locale \"" + locale + "\"",
          place,
          place.value(),
          "a locale is a language, such as de, or a language and a country, such as pt-BR");
    }
  }

  private static void checkInputs(Flow flow, Set<String> given, ProblemList problems) {
    for (Map.Entry<String, Input> input : flow.inputs().entrySet()) {
      if (input.getValue().required() && !given.contains(input.getKey())) {
        SourceTree place = flow.source().at("inputs", input.getKey());
        String what = input.getValue().description();
        problems.error(
            "missing_input",
            "the flow needs the input \""
                + input.getKey()
                + "\""
                + (what == null ? "" : " (" + what + ")"),
            place,
            place.key(),
            "give it with --var " + input.getKey() + "=…");
      }
    }
  }

  private Map<String, ValueTemplate> env(
      Flow flow, @Nullable Path folder, KnownNames names, FlowTexts texts, ProblemList problems) {
    Map<String, ValueTemplate> env = new LinkedHashMap<>();
    if (flow.envFile().isPresent()) {
      env.putAll(envFile(flow.envFile().get(), flow, folder, texts, problems));
    }
    SourceTree place = flow.source().at("env");
    for (Map.Entry<String, @Nullable Object> entry : flow.env().entrySet()) {
      env.put(entry.getKey(), texts.free(entry.getValue(), place.at(entry.getKey())));
    }
    names.addVariables(env.keySet());
    for (ValueTemplate value : env.values()) {
      names.checkTexts(value, null, problems);
    }
    checkCycles(env, flow, problems);
    return env;
  }

  private static Map<String, ValueTemplate> envFile(
      String written, Flow flow, @Nullable Path folder, FlowTexts texts, ProblemList problems) {
    SourceTree place = flow.source().at("env_file");
    Map<String, ValueTemplate> values = new LinkedHashMap<>();
    Path file = folder == null ? Path.of(written) : folder.resolve(written);
    try {
      for (EnvFile.Entry entry : EnvFile.read(file)) {
        values.put(
            entry.name(),
            entry.literal()
                ? ValueTemplate.constant(entry.value())
                : texts.free(entry.value(), place));
      }
    } catch (EnvFile.EnvFileException e) {
      problems.error(e.code(), String.valueOf(e.getMessage()), place, place.value(), e.hint());
    }
    return values;
  }

  private static void checkCycles(Map<String, ValueTemplate> env, Flow flow, ProblemList problems) {
    Map<String, Set<String>> uses = new HashMap<>();
    for (Map.Entry<String, ValueTemplate> entry : env.entrySet()) {
      Set<String> used = new LinkedHashSet<>();
      for (ValueTemplate.PlacedText text : entry.getValue().texts()) {
        for (Expression.Reference reference : text.template().references()) {
          if (env.containsKey(reference.name())) {
            used.add(reference.name());
          }
        }
      }
      uses.put(entry.getKey(), used);
    }
    Set<String> done = new LinkedHashSet<>();
    for (String name : env.keySet()) {
      List<String> circle = circle(name, uses, new ArrayList<>(), done);
      if (circle != null) {
        SourceTree place = flow.source().at("env", circle.get(0));
        problems.error(
            "variable_cycle",
            "the variable \""
                + circle.get(0)
                + "\" needs its own value: "
                + String.join(" -> ", circle),
            place,
            place.value(),
            "give the outer value another name");
        return;
      }
    }
  }

  private static @Nullable List<String> circle(
      String name, Map<String, Set<String>> uses, List<String> way, Set<String> done) {
    if (done.contains(name)) {
      return null;
    }
    int seen = way.indexOf(name);
    if (seen >= 0) {
      List<String> circle = new ArrayList<>(way.subList(seen, way.size()));
      circle.add(name);
      return circle;
    }
    way.add(name);
    for (String used : uses.getOrDefault(name, Set.of())) {
      List<String> circle = circle(used, uses, way, done);
      if (circle != null) {
        return circle;
      }
    }
    way.remove(way.size() - 1);
    done.add(name);
    return null;
  }

  private static void checkSecrets(Flow flow, KnownNames names, ProblemList problems) {
    Set<String> outputs = new LinkedHashSet<>();
    for (Phase phase : Phase.values()) {
      BlockChecker.addOutputs(flow.steps(phase), outputs);
    }
    List<String> secrets = flow.settings().secrets();
    for (int i = 0; i < secrets.size(); i++) {
      String name = secrets.get(i);
      problems.secret(flow.env().get(name));
      if (!names.hasVariable(name) && !outputs.contains(name)) {
        SourceTree place = flow.source().at("config", "secrets", i);
        problems.warning(
            "undefined_variable",
            "no variable is called \"" + name + "\", so nothing is masked for it",
            place,
            place.value(),
            names.hint(name));
      }
    }
  }

  private static void collectIds(
      List<Step> steps, String prefix, Set<String> ids, ProblemList problems) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String id = StepNames.id(step, prefix, i);
      if (!ids.add(id)) {
        SourceTree place = step.source().at("id");
        problems.error(
            "duplicate_id", "the step id \"" + id + "\" is used twice", place, place.value(), null);
      }
      List<StepBlock> blocks = step.blocks();
      for (int block = 0; block < blocks.size(); block++) {
        collectIds(
            blocks.get(block).steps(),
            StepNames.prefix(id, blocks.get(block), StepNames.branch(blocks, block)),
            ids,
            problems);
      }
      collectIds(step.errorSteps(), StepNames.errorPrefix(id), ids, problems);
    }
  }

  private static List<CheckedStep> phase(Flow flow, Phase phase, StepChecker checker) {
    return List.copyOf(checker.checkAll(flow.steps(phase), StepNames.prefix(phase), phase));
  }

  /**
   * What the check found.
   *
   * @param flow the checked flow; null when there are errors
   * @param problems errors and warnings in the order of the text
   */
  public record Result(@Nullable CheckedFlow flow, List<Problem> problems) {
    /** Copies the list. */
    public Result {
      problems = List.copyOf(problems);
    }
  }
}

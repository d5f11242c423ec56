package io.testmesh.engine.run;

import io.testmesh.Evaluation;
import io.testmesh.FlowListing;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.RunnerSettings;
import io.testmesh.Selection;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.JsonFormat;
import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.ForeignActions;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.FlowChecker;
import io.testmesh.engine.check.SubFlows;
import io.testmesh.engine.load.EnvFile;
import io.testmesh.engine.plan.FlowLister;
import io.testmesh.engine.plan.FlowSelector;
import io.testmesh.engine.schema.FlowSchema;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.engine.value.JsonText;
import io.testmesh.engine.yaml.YamlText;
import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine can do without running. Safe for use by several threads. */
final class EngineTools implements FlowTools {
  private final RunnerSettings settings;
  private final ActionCatalogue catalogue;
  private final ForeignActions foreign;
  private final FakeLibrary fakeData;

  EngineTools(
      RunnerSettings settings,
      ActionCatalogue catalogue,
      ForeignActions foreign,
      FakeLibrary fakeData) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.foreign = foreign;
    this.fakeData = fakeData;
  }

  @Override
  public FlowSet select(Selection selection) {
    return FlowSelector.select(settings, selection);
  }

  @Override
  public FlowSet parse(String name, String text) {
    return FlowSelector.parse(settings, name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Problem> check(FlowSet flows, Map<String, ? extends @Nullable Object> variables) {
    Set<String> given = new HashSet<>(settings.variables().keySet());
    given.addAll(variables.keySet());
    return check(flows, given, new KnownActions(catalogue, foreign::offer)).problems();
  }

  @Override
  public FlowListing list(FlowSet flows, Map<String, ? extends @Nullable Object> variables) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(settings.variables());
    given.putAll(variables);
    return FlowLister.list(flows, given, settings.environment());
  }

  /** Checks every flow of a set; what was wrong when it was read counts too. */
  CheckedSet check(FlowSet flows, Set<String> given, KnownActions actions) {
    FlowChecker checker =
        new FlowChecker(
            actions, settings.environment(), fakeData, settings.connections(), settings.otel());
    SubFlows subFlows = new SubFlows(flows, settings.maxFileSize(), settings.workingFolder());
    List<Problem> problems = new ArrayList<>(flows.problems());
    Set<String> unreadable = filesWithErrors(flows.problems());
    List<CheckedFlow> runnable = new ArrayList<>();
    boolean valid = unreadable.isEmpty();
    for (Flow flow : flows.flows()) {
      FlowChecker.Result result = checker.check(flow, given, subFlows);
      String file = flow.source().value().file();
      if (unreadable.contains(file)) {
        addIndependent(result.problems(), file, problems);
      } else if (result.flow() == null) {
        valid = false;
        problems.addAll(result.problems());
      } else {
        runnable.add(result.flow());
        problems.addAll(result.problems());
      }
    }
    return new CheckedSet(runnable, inOrder(problems), valid);
  }

  /**
   * Adds problems of a flow that could not be read as a whole; leaves out what may only follow from
   * the part that is missing.
   */
  private static void addIndependent(List<Problem> found, String file, List<Problem> problems) {
    Set<Integer> faultyLines = new HashSet<>();
    boolean namesMissing = false;
    for (Problem problem : problems) {
      if (problem.isError() && problem.span().file().equals(file)) {
        faultyLines.add(problem.span().line());
        namesMissing |= mayHideNames(problem);
      }
    }
    for (Problem problem : found) {
      boolean mayFollow =
          switch (problem.code()) {
            case "undefined_variable", "missing_input" -> namesMissing;
            case "duplicate_id" -> true;
            default -> faultyLines.contains(problem.span().line());
          };
      if (!mayFollow) {
        problems.add(problem);
      }
    }
  }

  /** Whether what could not be read may have defined names that other parts use. */
  private static boolean mayHideNames(Problem problem) {
    switch (problem.code()) {
      case "missing_key", "nothing_asserted", "invalid_value", "duplicate_id":
        return false;
      case "unknown_key":
        break;
      default:
        return true;
    }
    String hint = problem.hint();
    return hint == null
        || hint.contains("\"env")
        || hint.contains("\"inputs\"")
        || hint.contains("\"output\"")
        || hint.contains("\"save\"")
        || hint.contains("\"id\"")
        || hint.contains("\"data_source\"")
        || hint.contains("\"setup\"")
        || hint.contains("\"steps\"");
  }

  /**
   * Flows that were checked.
   *
   * @param runnable those that can run, in order
   * @param problems everything that is wrong, warnings included
   * @param valid whether all can run
   */
  record CheckedSet(List<CheckedFlow> runnable, List<Problem> problems, boolean valid) {}

  /** The problems by files in the order of their first problem, in each file by place. */
  private static List<Problem> inOrder(List<Problem> problems) {
    Map<String, List<Problem>> byFile = new LinkedHashMap<>();
    // A flow that is called and selected as well is checked twice.
    for (Problem problem : new LinkedHashSet<>(problems)) {
      byFile.computeIfAbsent(problem.span().file(), file -> new ArrayList<>()).add(problem);
    }
    List<Problem> ordered = new ArrayList<>(problems.size());
    for (List<Problem> file : byFile.values()) {
      file.sort(
          (a, b) -> {
            int lines = Integer.compare(a.span().line(), b.span().line());
            return lines != 0 ? lines : Integer.compare(a.span().column(), b.span().column());
          });
      ordered.addAll(file);
    }
    return ordered;
  }

  /** The files that have a problem that keeps their flow from running. */
  private static Set<String> filesWithErrors(List<Problem> problems) {
    Set<String> files = new HashSet<>();
    for (Problem problem : problems) {
      if (problem.isError()) {
        files.add(problem.span().file());
      }
    }
    return files;
  }

  @Override
  public List<ActionDescriptor> actions() {
    List<ActionDescriptor> descriptors = new ArrayList<>();
    for (String name : catalogue.names()) {
      ActionDescriptor descriptor = catalogue.find(name).descriptor();
      if (descriptor != null) {
        descriptors.add(descriptor);
      }
    }
    for (ActionHandler handler : foreign.known().handlers().values()) {
      descriptors.add(handler.descriptor());
    }
    return List.copyOf(descriptors);
  }

  @Override
  public Map<String, @Nullable Object> schema() {
    return FlowSchema.of(actions());
  }

  @Override
  public Evaluation evaluate(String expression, @Nullable Object data) {
    return DataEvaluation.evaluate(expression, data);
  }

  @Override
  public Evaluation evaluatePath(String path, @Nullable Object data) {
    return DataEvaluation.evaluatePath(path, data);
  }

  @Override
  public @Nullable Object parseData(String name, String text) {
    return new YamlText().value(name, text);
  }

  @Override
  public JsonFormat json() {
    return JsonText.SHARED;
  }

  @Override
  public Map<String, String> readEnvFile(Path file) {
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (EnvFile.Entry entry : EnvFile.read(file)) {
        values.put(entry.name(), entry.value());
      }
      return values;
    } catch (EnvFile.EnvFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

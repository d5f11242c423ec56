package io.testmesh.engine.plan;

import io.testmesh.FlowSet;
import io.testmesh.RunnerSettings;
import io.testmesh.Selection;
import io.testmesh.engine.data.FlowLabel;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.load.FlowLoader;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds, reads and selects flows. Used for one selection, by one thread. */
public final class FlowSelector {
  private final RunnerSettings settings;
  private final Selection selection;
  private final FlowLoader loader;
  private final TagFilter tags;
  private final List<Flow> flows = new ArrayList<>();
  private final List<Flow> others = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> missed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final Set<Path> told = new HashSet<>();
  private final Map<Path, Integer> places = new HashMap<>();

  private FlowSelector(RunnerSettings settings, Selection selection) {
    this.settings = settings;
    this.selection = selection;
    this.loader = new FlowLoader(settings.maxFileSize());
    this.tags = TagFilter.of(selection.tags());
  }

  /** The wanted flows in the order of the places; those of a folder in the order of their names. */
  public static FlowSet select(RunnerSettings settings, Selection selection) {
    FlowSelector selector = new FlowSelector(settings, selection);
    for (String place : selection.paths()) {
      selector.addPlace(place);
    }
    selector.tellMissed();
    return new FlowSet(selector.shard(), selector.problems, selector.notes, selector.others);
  }

  /** The flow of a text that is in no file. */
  public static FlowSet parse(RunnerSettings settings, String name, byte[] content) {
    FlowSelector selector = new FlowSelector(settings, Selection.of(List.of(name)).build());
    selector.accept(name, null, content, null, 0, true);
    return new FlowSet(selector.flows, selector.problems, selector.notes, selector.others);
  }

  /**
   * A name or line that is not there selects nothing, which a run says. Beside other flows, which
   * may pass, nobody would see it.
   */
  private void tellMissed() {
    if (flows.isEmpty()) {
      missed.forEach(problem -> notes.add(problem.toString()));
    } else {
      problems.addAll(missed);
    }
  }

  private void addPlace(String place) {
    if (place.equals("-")) {
      addStandardInput();
      return;
    }
    Path path = settings.workingFolder().resolve(place);
    if (Files.isDirectory(path)) {
      addAll(FlowFiles.below(path, this::unreadable));
    } else if (Files.exists(path)) {
      add(path, null, 0, true);
    } else if (!addPart(place) && !addGlob(place)) {
      notThere(place);
    }
  }

  private void addAll(List<Path> files) {
    for (Path file : files) {
      add(file, null, 0, false);
    }
  }

  /** {@code FILE::name} and {@code FILE:LINE}. */
  private boolean addPart(String place) {
    int colons = place.lastIndexOf("::");
    if (colons > 0) {
      Path file = settings.workingFolder().resolve(place.substring(0, colons));
      if (Files.isRegularFile(file)) {
        add(file, place.substring(colons + 2), 0, true);
        return true;
      }
    }
    int colon = place.lastIndexOf(':');
    int line = colon > 0 ? line(place.substring(colon + 1)) : 0;
    if (line > 0) {
      Path file = settings.workingFolder().resolve(place.substring(0, colon));
      if (Files.isRegularFile(file)) {
        add(file, null, line, true);
        return true;
      }
    }
    return false;
  }

  private static int line(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || number > 100_000_000) {
        return 0;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private boolean addGlob(String place) {
    if (!FlowFiles.isGlob(place)) {
      return false;
    }
    List<Path> found = FlowFiles.matching(settings.workingFolder(), place, this::unreadable);
    for (Path path : found) {
      if (Files.isDirectory(path)) {
        addAll(FlowFiles.below(path, this::unreadable));
      } else {
        add(path, null, 0, false);
      }
    }
    return !found.isEmpty();
  }

  private void notThere(String place) {
    Path path = settings.workingFolder().resolve(place);
    List<String> neighbours = new ArrayList<>();
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder != null && name != null) {
      for (Path neighbour : FlowFiles.in(folder)) {
        neighbours.add(String.valueOf(neighbour.getFileName()));
      }
    }
    String hint = name == null ? null : NearNames.hint(name.toString(), neighbours);
    String what =
        FlowFiles.isGlob(place) ? "nothing matches \"" + place + "\"" : "there is no such file";
    problems.add(Problem.error("file_not_found", what, new SourceSpan(place, 0, 0, 0, 0), hint));
  }

  private void unreadable(Path path, IOException e) {
    problems.add(
        Problem.error(
            "file_not_found",
            "cannot be read: " + reason(e),
            new SourceSpan(shown(path), 0, 0, 0, 0),
            null));
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "access is denied"
        : String.valueOf(e.getMessage());
  }

  private void addStandardInput() {
    InputStream stream = settings.standardInput().orElse(null);
    if (stream == null) {
      notThere("-");
      return;
    }
    try {
      int limit = (int) Math.min(Integer.MAX_VALUE - 8, settings.maxFileSize() + 1);
      accept("-", null, stream.readNBytes(limit), null, 0, true);
    } catch (IOException e) {
      unreadable(Path.of("-"), e);
    }
  }

  private void add(Path file, @Nullable String name, int line, boolean direct) {
    Path real = file.toAbsolutePath().normalize();
    if (name == null && line == 0 && !seen.add(real)) {
      return;
    }
    try {
      long size = Files.size(file);
      byte[] content = size > settings.maxFileSize() ? readStart(file) : Files.readAllBytes(file);
      accept(shown(file), real, content, name, line, direct);
    } catch (IOException e) {
      unreadable(file, e);
    }
  }

  /** One byte more than allowed is enough for the loader to refuse the file. */
  private byte[] readStart(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, settings.maxFileSize() + 1));
    }
  }

  private void accept(
      String shown,
      @Nullable Path file,
      byte[] content,
      @Nullable String name,
      int line,
      boolean direct) {
    FlowLoader.Loaded loaded = loader.load(shown, file, content);
    if (loaded.noFlow()) {
      if (direct) {
        problems.addAll(loaded.problems());
        if (loaded.problems().isEmpty()) {
          problems.add(
              Problem.error(
                  "not_a_flow",
                  "this is no flow: its root is neither \"flow\" nor has it the keys of one",
                  new SourceSpan(shown, 1, 1, 1, 1),
                  null));
        }
      }
      return;
    }
    // A typing error in "tags" must not hide its own flow, so problems count before the selection.
    if (file == null || told.add(file)) {
      problems.addAll(loaded.problems());
    }
    Flow flow = loaded.flow();
    if (flow == null) {
      return;
    }
    Flow meant = meant(flow, shown, name, line);
    Flow wanted = meant == null ? null : wanted(meant);
    if (wanted != null && hasInputs(flow, shown, direct)) {
      add(file, wanted);
    } else {
      others.add(flow);
    }
  }

  /** Adds a flow; a file that is asked for twice runs once, with all the rows that were named. */
  private void add(@Nullable Path file, Flow flow) {
    Integer place = file == null ? null : places.get(file);
    if (place == null) {
      if (file != null) {
        places.put(file, flows.size());
      }
      flows.add(flow);
    } else {
      flows.set(place, WantedRows.both(flows.get(place), flow));
    }
  }

  /** The flow or rows of the file that were asked for by name or line; null when there are none. */
  private @Nullable Flow meant(Flow flow, String shown, @Nullable String name, int line) {
    if (name == null && line <= flow.source().value().endLine()) {
      return line == 0 ? flow : WantedRows.atLine(flow, line);
    }
    Flow named = flow;
    String wrong = null;
    if (name != null && !flow.name().equals(name)) {
      named = WantedRows.named(flow, label(flow), name::equals);
      wrong = named == null ? "no flow is called \"" + name + "\" in this file" : null;
    } else if (line > flow.source().value().endLine()) {
      wrong = "the flow of this file does not reach to line " + line;
    }
    if (wrong != null) {
      String hint = name == null ? null : NearNames.hintOrNames(name, List.of(flow.name()));
      missed.add(Problem.error("file_not_found", wrong, new SourceSpan(shown, 0, 0, 0, 0), hint));
    }
    return wrong == null ? named : null;
  }

  private FlowLabel label(Flow flow) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(settings.variables());
    given.putAll(selection.variables());
    return new FlowLabel(flow, given, settings.environment());
  }

  /** The flow, or those of its rows, whose name has the wanted part; null when there is none. */
  private @Nullable Flow wanted(Flow flow) {
    if (!tags.accepts(flow.tags())) {
      return null;
    }
    String part = selection.name().orElse(null);
    if (part == null) {
      return flow;
    }
    String lowerPart = part.toLowerCase(Locale.ROOT);
    if (!TextTemplate.isDynamic(flow.name())) {
      return flow.name().toLowerCase(Locale.ROOT).contains(lowerPart) ? flow : null;
    }
    return WantedRows.named(
        flow, label(flow), name -> name.toLowerCase(Locale.ROOT).contains(lowerPart));
  }

  private boolean hasInputs(Flow flow, String shown, boolean direct) {
    if (direct) {
      return true;
    }
    for (Map.Entry<String, Input> input : flow.inputs().entrySet()) {
      if (input.getValue().required()
          && !selection.given().contains(input.getKey())
          && !settings.variables().containsKey(input.getKey())) {
        notes.add(shown + " not selected: needs input " + input.getKey());
        return false;
      }
    }
    return true;
  }

  private List<Flow> shard() {
    if (selection.shards() == 0) {
      return flows;
    }
    List<Flow> mine = Shards.of(flows, selection.shard(), selection.shards(), selection.timings());
    Set<Flow> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.addAll(mine);
    for (Flow flow : flows) {
      if (!wanted.contains(flow)) {
        others.add(flow);
      }
    }
    return mine;
  }

  private String shown(Path file) {
    return FlowLoader.shown(file, settings.workingFolder());
  }
}

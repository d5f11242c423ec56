package io.testmesh.junit;

import io.testmesh.FlowListing;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.Selection;
import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one test of each flow or data row that is wanted. Used once, by one thread. */
final class Leaves {
  private final FlowRunner runner;
  private final List<String> places;
  private final List<String> tags;
  private final @Nullable String name;
  private final RunOptions options;
  private final Filter filter;
  private final List<FlowLeaf> leaves = new ArrayList<>();

  Leaves(
      FlowRunner runner,
      List<String> places,
      List<String> tags,
      @Nullable String name,
      RunOptions options,
      Filter filter) {
    this.runner = runner;
    this.places = places;
    this.tags = tags;
    this.name = name;
    this.options = options;
    this.filter = filter;
  }

  /**
   * The tests, never none.
   *
   * @param label what their names begin with
   * @param runners runs them; null when that is said later
   */
  List<FlowLeaf> find(String label, @Nullable Runners runners) {
    FlowSet all = select(places);
    Set<Item> wanted = null;
    List<Problem> strangers = errors(all.problems());
    List<String> notes = new ArrayList<>(all.notes());
    if (!filter.places().isEmpty()) {
      FlowSet named = select(filter.places());
      wanted = items(named);
      notes.addAll(named.notes());
      strangers.retainAll(named.problems());
      strangers.addAll(missing(named.problems()));
    }
    Naming naming = new Naming(label, all, strangers, runners);
    for (Flow flow : all.flows()) {
      add(flow, wanted, naming);
    }
    for (Map.Entry<String, List<Problem>> file : naming.unclaimed().entrySet()) {
      leaves.add(naming.broken(file.getKey(), file.getValue()));
    }
    if (leaves.isEmpty()) {
      leaves.add(naming.nothing(nothing(notes)));
    }
    return leaves;
  }

  private FlowSet select(List<String> wanted) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<String> found = new ArrayList<>();
    for (String place : wanted) {
      found.add(TestPlaces.resolve(place, loader));
    }
    Selection.Builder selection = Selection.of(found).given(options.variables());
    tags.forEach(selection::tags);
    if (filter.tags() != null) {
      selection.tags(filter.tags());
    }
    if (name != null) {
      selection.name(name);
    }
    return runner.tools().select(selection.build());
  }

  private void add(Flow flow, @Nullable Set<Item> wanted, Naming naming) {
    List<FlowListing.Item> items = list(flow);
    for (FlowListing.Item item : items) {
      if (fits(item.name()) && (wanted == null || wanted.contains(Item.of(item)))) {
        leaves.add(naming.test(item));
      }
    }
    if (items.isEmpty()
        && fits(flow.name())
        && (wanted == null || wanted.contains(Item.of(flow)))) {
      // Its data cannot be read or has no rows: running it says so.
      leaves.add(naming.test(flow));
    }
  }

  private boolean fits(String flowName) {
    String part = filter.name();
    return part == null
        || flowName.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private List<FlowListing.Item> list(Flow flow) {
    return runner.tools().list(FlowSet.of(flow), options.variables()).items();
  }

  private Set<Item> items(FlowSet flows) {
    Set<Item> found = new HashSet<>();
    for (Flow flow : flows.flows()) {
      found.add(Item.of(flow));
      for (FlowListing.Item item : list(flow)) {
        found.add(Item.of(item));
      }
    }
    return found;
  }

  private static List<Problem> errors(List<Problem> problems) {
    List<Problem> errors = new ArrayList<>(problems);
    errors.removeIf(problem -> !problem.isError());
    return errors;
  }

  private static List<Problem> missing(List<Problem> problems) {
    List<Problem> missing = new ArrayList<>(problems);
    missing.removeIf(problem -> !problem.code().equals("file_not_found"));
    return missing;
  }

  /** What was asked for and gave nothing, for people. */
  private List<String> nothing(List<String> notes) {
    StringBuilder text = new StringBuilder("no flow was selected from ");
    text.append(String.join(", ", places));
    if (!tags.isEmpty()) {
      text.append(" with the tags ").append(String.join(" and ", tags));
    }
    if (name != null) {
      text.append(" with \"").append(name).append("\" in the name");
    }
    String words = filter.words();
    if (!words.isEmpty()) {
      text.append(" by").append(words);
    }
    List<String> lines = new ArrayList<>();
    lines.add(text.toString());
    lines.addAll(notes);
    return lines;
  }

  /** A flow, or one of its data rows. */
  private record Item(@Nullable Path file, int number) {
    static Item of(FlowListing.Item item) {
      return new Item(item.flow().file().orElse(null), item.number());
    }

    static Item of(Flow flow) {
      return new Item(flow.file().orElse(null), 0);
    }
  }

  /** Names tests and says where they stand. */
  private final class Naming {
    private final String label;
    private final List<Flow> callable = new ArrayList<>();
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final @Nullable Runners runners;

    Naming(String label, FlowSet all, List<Problem> strangers, @Nullable Runners runners) {
      this.label = label;
      this.runners = runners;
      Set<String> broken = new HashSet<>();
      errors(all.problems()).forEach(problem -> broken.add(problem.span().file()));
      for (Problem problem : strangers) {
        problems.computeIfAbsent(problem.span().file(), file -> new ArrayList<>()).add(problem);
      }
      callable.addAll(all.flows());
      callable.addAll(all.others());
      // A file that is not valid is read again when a flow calls it, with its problems.
      callable.removeIf(flow -> broken.contains(flow.source().value().file()));
    }

    FlowLeaf test(FlowListing.Item item) {
      String number = item.number() == 0 ? "" : " [" + item.number() + "]";
      return test(item.alone(), item.name() + number, item.place().line());
    }

    FlowLeaf test(Flow flow) {
      return test(flow, flow.name(), flow.source().key().line());
    }

    private FlowLeaf test(Flow flow, String flowName, int line) {
      String file = flow.source().value().file();
      claimed.add(file);
      URI place = flow.file().map(path -> TestPlaces.uri(path, line)).orElse(null);
      return leaf(
          flowName + " (" + file + ")",
          place,
          new FlowSet(List.of(flow), problems.getOrDefault(file, List.of()), List.of(), callable));
    }

    /** Problems of files that have no test of their own. */
    Map<String, List<Problem>> unclaimed() {
      Map<String, List<Problem>> rest = new LinkedHashMap<>(problems);
      rest.keySet().removeAll(claimed);
      return rest;
    }

    FlowLeaf broken(String file, List<Problem> found) {
      int line = found.get(0).span().line();
      URI place = file.isEmpty() ? null : TestPlaces.uri(Path.of(file), line);
      return leaf(
          file + " is not valid", place, new FlowSet(List.of(), found, List.of(), List.of()));
    }

    FlowLeaf nothing(List<String> notes) {
      return leaf(
          "no flow in " + String.join(", ", places),
          null,
          new FlowSet(List.of(), List.of(), notes, List.of()));
    }

    private FlowLeaf leaf(String leafName, @Nullable URI place, FlowSet flows) {
      return new FlowLeaf(label + leafName, place, flows, options, runners);
    }
  }
}

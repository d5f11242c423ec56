package io.testmesh.engine.check;

import io.testmesh.FlowSet;
import io.testmesh.engine.load.FlowLoader;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The flows that {@code run_flow} can call: files, and by name those of a set, selected or not.
 * Each is read and checked once. Used for the check of one set, by one thread.
 */
public final class SubFlows {
  private final FlowLoader loader;
  private final Path workingFolder;
  private final Map<Path, Found> byFile = new HashMap<>();
  private final Map<String, List<Flow>> byName = new HashMap<>();
  private final Map<Key, FlowChecker.Result> checked = new HashMap<>();

  /** The flows of a set, and all files. */
  public SubFlows(FlowSet set, long maxFileSize, Path workingFolder) {
    this.loader = new FlowLoader(maxFileSize);
    this.workingFolder = workingFolder;
    addAll(set.flows());
    addAll(set.others());
  }

  private void addAll(List<Flow> flows) {
    for (Flow flow : flows) {
      // Problems of reading these are with the set.
      flow.file().ifPresent(file -> byFile.put(real(file), new Found(flow, List.of(), null, null)));
      byName.computeIfAbsent(flow.name(), name -> new ArrayList<>(1)).add(flow);
    }
  }

  private static Path real(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /**
   * A flow that was looked for.
   *
   * @param flow the flow, or null
   * @param problems what is wrong in its file
   * @param wrong why it was not found, or null
   * @param hint what to do about that
   */
  record Found(
      @Nullable Flow flow, List<Problem> problems, @Nullable String wrong, @Nullable String hint) {
    static Found none(String wrong, @Nullable String hint) {
      return new Found(null, List.of(), wrong, hint);
    }
  }

  /** Looks for a flow by its path, seen from a folder, or by its name. */
  Found find(String written, @Nullable Path folder) {
    Path file = real(folder == null ? workingFolder.resolve(written) : folder.resolve(written));
    Found found = byFile.get(file);
    if (found == null && Files.isRegularFile(file)) {
      found = read(file);
      byFile.put(file, found);
    }
    return found == null ? named(written) : found;
  }

  private Found read(Path file) {
    String shown = FlowLoader.shown(file, workingFolder);
    try {
      FlowLoader.Loaded loaded = loader.load(shown, file, Files.readAllBytes(file));
      return loaded.noFlow()
          ? Found.none("the file \"" + shown + "\" holds no flow", null)
          : new Found(loaded.flow(), loaded.problems(), null, null);
    } catch (IOException e) {
      return Found.none("the file \"" + shown + "\" cannot be read: " + e.getMessage(), null);
    }
  }

  private Found named(String name) {
    List<Flow> flows = byName.getOrDefault(name, List.of());
    if (flows.size() == 1) {
      return new Found(flows.get(0), List.of(), null, null);
    }
    if (flows.isEmpty()) {
      Set<String> known = new TreeSet<>(byName.keySet());
      return Found.none(
          "there is no file \"" + name + "\", and no flow of that name in what was selected",
          NearNames.hint(name, known));
    }
    StringBuilder files = new StringBuilder();
    for (Flow flow : flows) {
      files.append(files.length() == 0 ? "" : " and ").append(flow.source().value().file());
    }
    return Found.none(
        flows.size() + " flows are called \"" + name + "\": " + files, "name its file instead");
  }

  /**
   * What a flow's check depends on.
   *
   * @param flow the flow
   * @param names the names that it is given
   */
  record Key(Flow flow, Set<String> names) {
    /** Copies the names. */
    Key {
      names = Set.copyOf(names);
    }
  }

  FlowChecker.@Nullable Result checked(Key key) {
    return checked.get(key);
  }

  void keep(Key key, FlowChecker.Result result) {
    checked.put(key, result);
  }
}

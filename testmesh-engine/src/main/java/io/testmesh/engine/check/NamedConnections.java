package io.testmesh.engine.check;

import static io.testmesh.action.ActionDescriptor.CONNECTION;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a flow's steps may name: those of its {@code config.connections}, and the
 * runner's, which win, as its variables do. Puts the keys of a connection into the configuration of
 * a step that names it. Belongs to one thread.
 */
final class NamedConnections {
  private final Map<String, Map<String, @Nullable Object>> ofFlow;
  private final Map<String, Map<String, @Nullable Object>> ofRunner;
  private final SourceTree place;
  private final ProblemList problems;
  private final Set<String> reported = new HashSet<>();

  NamedConnections(
      Flow flow, Map<String, Map<String, @Nullable Object>> ofRunner, ProblemList problems) {
    this.ofFlow = flow.settings().connections();
    this.ofRunner = ofRunner;
    this.place = flow.source().at("config", "connections");
    this.problems = problems;
  }

  /** The step's configuration with the keys of the connection that it names. */
  StepConfig merge(ActionDescriptor descriptor, Step step) {
    StepConfig own = StepConfig.of(step);
    Object name = own.values().get(CONNECTION);
    if (descriptor.connectionKeys().isEmpty() || !(name instanceof String text)) {
      return own;
    }
    SourceTree at = own.place().at(CONNECTION);
    if (ofRunner.containsKey(text)) {
      return merged(own, descriptor, text, ofRunner.get(text), null, at);
    }
    if (ofFlow.containsKey(text)) {
      return merged(own, descriptor, text, ofFlow.get(text), place.at(text), at);
    }
    return unknown(own, descriptor, text, at);
  }

  /**
   * Adds the keys that the step does not give.
   *
   * @param source where the connection stands; null when it is the runner's
   * @param use where the step names it
   */
  private StepConfig merged(
      StepConfig own,
      ActionDescriptor descriptor,
      String name,
      Map<String, @Nullable Object> connection,
      @Nullable SourceTree source,
      SourceTree use) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(own.values());
    all.remove(CONNECTION);
    Set<ConfigKey> given = new HashSet<>();
    for (String written : all.keySet()) {
      ConfigKey key = ConfigValues.find(descriptor.connectionKeys(), written);
      if (key != null) {
        given.add(key);
      }
    }
    Map<String, SourceTree> elsewhere = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : connection.entrySet()) {
      String written = entry.getKey();
      SourceTree at = source == null ? use : source.at(written);
      ConfigKey key = ConfigValues.find(descriptor.connectionKeys(), written);
      if (key == null) {
        reportKey(descriptor, name, written, at, source == null ? at.value() : at.key());
      } else if (!given.contains(key)) {
        all.put(written, entry.getValue());
        elsewhere.put(written, at);
      }
    }
    return new StepConfig(all, new OverlaidSource(own.place(), elsewhere));
  }

  private void reportKey(
      ActionDescriptor descriptor, String name, String key, SourceTree at, SourceSpan span) {
    // Every step that names the connection would say it again.
    if (reported.add(name + '\n' + key)) {
      problems.error(
          "unknown_key",
          "unknown key \"" + key + "\" in the connection \"" + name + "\"",
          at,
          span,
          NearNames.hintOrNames(key, keyNames(descriptor)));
    }
  }

  private static List<String> keyNames(ActionDescriptor descriptor) {
    List<String> names = new ArrayList<>();
    for (ConfigKey key : descriptor.connectionKeys()) {
      names.add(key.name());
    }
    return names;
  }

  private StepConfig unknown(
      StepConfig own, ActionDescriptor descriptor, String name, SourceTree at) {
    Set<String> known = new TreeSet<>(ofFlow.keySet());
    known.addAll(ofRunner.keySet());
    boolean isDynamic = TextTemplate.isDynamic(name);
    boolean mayBeAddress = descriptor.isConnectionAnAddress();
    if (mayBeAddress && (isDynamic || NearNames.hint(name, known) == null)) {
      return own;
    }
    String hint =
        known.isEmpty()
            ? "name it once, with its keys, under the flow's \"config: {connections: {…}}\""
            : NearNames.hintOrNames(name, known);
    problems.error(
        "invalid_value",
        isDynamic
            ? "\"connection\" wants the name of a connection, written out"
            : "no connection has the name \"" + name + "\"",
        at,
        at.value(),
        isDynamic ? "put the placeholder into the keys of the connection" : hint);
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(own.values());
    rest.remove(CONNECTION);
    return new StepConfig(rest, own.place());
  }
}

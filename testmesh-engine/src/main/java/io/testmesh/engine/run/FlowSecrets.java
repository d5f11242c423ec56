package io.testmesh.engine.run;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.Masking;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names that a flow calls secret: tells the masking their values as soon as there are any. Safe
 * for use by several threads.
 */
final class FlowSecrets {
  private final Set<String> names;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final Masking masking;
  private final Consumer<String> warnings;

  /**
   * The secrets of a flow.
   *
   * @param warnings is told of values that cannot be masked everywhere
   */
  FlowSecrets(Iterable<String> names, Masking masking, Consumer<String> warnings) {
    Set<String> unique = new HashSet<>();
    names.forEach(unique::add);
    this.names = unique;
    this.masking = masking;
    this.warnings = warnings;
  }

  /** Adds the values that are there before the first step; outputs come with {@link #note}. */
  void addKnown(FlowScope scope) {
    for (String name : names) {
      try {
        Object value = scope.find(name);
        if (value != Environment.ABSENT) {
          note(name, value);
        }
      } catch (ExpressionException e) {
        // The first step that uses the variable fails with this.
        continue;
      }
    }
  }

  /** Takes note of a value; masks its value when the flow calls it a secret. */
  void note(String name, @Nullable Object value) {
    if (!names.contains(name)) {
      return;
    }
    masking.add(value);
    // The masking may know the value already: constants are added before the flow begins.
    String text = value instanceof String || value instanceof Number ? value.toString() : "";
    if (!text.isEmpty() && text.length() < Masking.SHORTEST_PART && warned.add(name)) {
      warnings.accept(
          "the secret \""
              + name
              + "\" is shorter than "
              + Masking.SHORTEST_PART
              + " characters: it is masked only where it is a whole value");
    }
  }
}

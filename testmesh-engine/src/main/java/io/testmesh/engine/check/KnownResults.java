package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.value.NearNames;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps before a place gave, as far as it is known before the run: finds members that
 * cannot be there. Says nothing where it is not certain. Belongs to one thread.
 */
final class KnownResults {
  /** The keys of each step that has run; null where there may be any. */
  private final Map<String, @Nullable Set<String>> steps = new LinkedHashMap<>();

  /** Names that stand for something else than the step of that id. */
  private final Set<String> hidden = new HashSet<>();

  /** Says that a name is found before a step's id is looked for. */
  void hide(String name) {
    hidden.add(name);
  }

  /**
   * Adds a step.
   *
   * @param keys the keys of its result; null where there may be any
   */
  void add(String id, @Nullable Set<String> keys, Iterable<String> outputs) {
    Set<String> all = keys;
    for (String output : outputs) {
      hide(output);
      if (all != null) {
        all = all == keys ? new LinkedHashSet<>(keys) : all;
        all.add(output);
      }
    }
    steps.put(id, all);
  }

  /** Takes a step back, and gives what was known of it. */
  @Nullable Set<String> forget(String id) {
    return steps.remove(id);
  }

  /** Adds a step that was taken back. */
  void remember(String id, @Nullable Set<String> keys) {
    steps.put(id, keys);
  }

  /** What a reference reads that cannot be there; null when all is well, or not certain. */
  @Nullable Missing missing(Expression.Reference reference, KnownNames.@Nullable ResultNames own) {
    List<String> members = reference.members();
    String name = reference.name();
    if (reference.optional() || reference.needed() == 0) {
      return null;
    }
    if (own != null && own.mayHave(name)) {
      return own.isWhole(name) && !own.mayHaveKey(members.get(0))
          ? missing("the result", members.get(0), own.keys())
          : null;
    }
    if (hidden.contains(name)) {
      return null;
    }
    if (!name.equals("steps")) {
      return missingIn(name, members.get(0));
    }
    String id = members.get(0);
    if (!steps.containsKey(id)) {
      return new Missing(id, null, NearNames.hintOrNames(id, steps.keySet()));
    }
    return reference.needed() < 2 ? null : missingIn(id, members.get(1));
  }

  private @Nullable Missing missingIn(String id, String key) {
    Set<String> keys = steps.get(id);
    return keys == null || keys.contains(key)
        ? null
        : missing("the result of step \"" + id + "\"", key, keys);
  }

  private static Missing missing(String owner, String key, Set<String> keys) {
    String hint = keys.isEmpty() ? null : NearNames.hintOrNames(key, keys);
    return new Missing(key, owner + " has no \"" + key + "\"", hint);
  }

  /**
   * Something that cannot be there.
   *
   * @param name the key or step id
   * @param message what is wrong; null for the id of a step that is not there at this place
   * @param hint the nearest names
   */
  record Missing(String name, @Nullable String message, @Nullable String hint) {}
}

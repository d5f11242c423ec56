package io.testmesh.engine.expression;

import io.testmesh.engine.path.JsonPath;
import io.testmesh.engine.path.PathException;
import io.testmesh.engine.value.NearNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression reads from outside, and its own variables. */
final class Names {
  private Names() {}

  /** A name of the environment. */
  static final class Name extends Node {
    final String name;
    private Absence absence = Absence.ERROR;

    Name(int start, int end, String name) {
      super(start, end);
      this.name = name;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      Object value = e.environment.find(name);
      return value == Environment.ABSENT ? absent(e) : value;
    }

    @Override
    @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
      return e.environment.find(name);
    }

    private @Nullable Object absent(Evaluation e) throws ExpressionException {
      if (absence == Absence.NULL) {
        return null;
      }
      String why = e.environment.whyAbsent(name);
      if (why != null) {
        if (absence == Absence.NULL_UNLESS_NEAR) {
          return null;
        }
        throw new ExpressionException(
            ExpressionException.UNDEFINED_VARIABLE,
            why,
            "what may be absent is asked for with ?., ?? or exists",
            start,
            end,
            true);
      }
      Collection<String> names = e.environment.names();
      if (absence == Absence.NULL_UNLESS_NEAR && nearlySame(name, names) == null) {
        return null;
      }
      throw undefined(names);
    }

    /** Whether the name is known and has no value at this moment. */
    boolean isWithoutValue(Evaluation e) throws ExpressionException {
      // Looking a name up may draw a value.
      return e.environment.whyAbsent(name) != null
          && e.environment.find(name) == Environment.ABSENT;
    }

    private ExpressionException undefined(Collection<String> names) {
      String hint = NearNames.hint(name, names);
      if (hint == null && Function.isKnown(name)) {
        hint = name + " is a function: " + name + "(…)";
      }
      return new ExpressionException(
          ExpressionException.UNDEFINED_VARIABLE,
          "there is no variable \"" + name + "\"",
          hint,
          start,
          end,
          true);
    }

    @Override
    void tolerate(Absence absence) {
      this.absence = absence;
    }

    boolean isOptional() {
      return absence != Absence.ERROR;
    }
  }

  /** The name that is nearly the same, or null. */
  static @Nullable String nearlySame(String name, Collection<String> names) {
    for (String other : names) {
      if (NearNames.nearlySame(name, other)) {
        return other;
      }
    }
    return null;
  }

  /** {@code $env}: all names as a map. */
  static final class All extends Node {
    All(int start, int end) {
      super(start, end);
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      return e.environment.all();
    }
  }

  /** A variable of a {@code let}, or the item, index or accumulator of a predicate. */
  static final class Local extends Node {
    private final int index;

    Local(int start, int end, int index) {
      super(start, end);
      this.index = index;
    }

    @Override
    @Nullable Object eval(Evaluation e) {
      return e.locals[index];
    }
  }

  /** {@code $.users[*].name}: the value of a singular path, a list of any other. */
  static final class Path extends Node {
    private final JsonPath path;
    private Absence absence = Absence.ERROR;

    Path(int start, int end, JsonPath path) {
      super(start, end);
      this.path = path;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      List<@Nullable Object> nodes = e.environment.select(path);
      if (!path.isSingular()) {
        return nodes;
      }
      return nodes.isEmpty() ? absent(e) : nodes.get(0);
    }

    @Override
    @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
      List<@Nullable Object> nodes = e.environment.select(path);
      if (nodes.isEmpty()) {
        return Environment.ABSENT;
      }
      return path.isSingular() ? nodes.get(0) : nodes;
    }

    String firstKey() {
      String name = path.firstName();
      return name == null ? "*" : name;
    }

    private @Nullable Object absent(Evaluation e) throws ExpressionException {
      String key = lastKey();
      Map<?, ?> siblings = key == null || absence == Absence.NULL ? null : siblings(e, key);
      if (siblings == null || key == null) {
        if (absence != Absence.ERROR) {
          return null;
        }
        throw absence(path.source() + " matches nothing", null);
      }
      return Access.absentKey(this, e, path.source(), siblings, key, absence);
    }

    /** The name after the last dot of the path, or null when the path ends otherwise. */
    private @Nullable String lastKey() {
      String source = path.source();
      int dot = source.lastIndexOf('.');
      boolean plain = dot > 0 && source.indexOf(']', dot) < 0 && dot + 1 < source.length();
      return plain ? source.substring(dot + 1).trim() : null;
    }

    private @Nullable Map<?, ?> siblings(Evaluation e, String key) throws ExpressionException {
      String source = path.source();
      try {
        JsonPath parent = JsonPath.parse(source.substring(0, source.lastIndexOf('.')).trim());
        List<@Nullable Object> found = e.environment.select(parent);
        return found.size() == 1 && found.get(0) instanceof Map<?, ?> map && !map.containsKey(key)
            ? map
            : null;
      } catch (PathException noParent) {
        return null;
      }
    }

    @Override
    void tolerate(Absence absence) {
      this.absence = absence;
    }
  }
}

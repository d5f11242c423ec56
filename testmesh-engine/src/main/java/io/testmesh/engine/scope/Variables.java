package io.testmesh.engine.scope;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Input;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one flow by precedence: data row, run-time variables, flow env, inputs. An env
 * entry with placeholders is filled in at its first use and keeps its value for the flow. Belongs
 * to one flow; safe for use by several threads.
 */
public final class Variables {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /**
   * The variables of one flow.
   *
   * @param inputs the flow's inputs, whose defaults everything else wins over
   * @param env the flow's env, that of its file included
   * @param given run-time variables
   * @param row the columns of the data row; empty for a flow without rows
   */
  public static Variables of(
      Map<String, Input> inputs,
      Map<String, ValueTemplate> env,
      Map<String, ? extends @Nullable Object> given,
      Map<String, ? extends @Nullable Object> row) {
    Variables variables = new Variables();
    for (Map.Entry<String, Input> input : inputs.entrySet()) {
      if (!input.getValue().required()) {
        variables.values.put(input.getKey(), input.getValue().defaultValue());
      }
    }
    for (Map.Entry<String, ValueTemplate> entry : env.entrySet()) {
      variables.put(entry.getKey(), entry.getValue());
    }
    variables.put(given);
    variables.put(row);
    return variables;
  }

  /**
   * Adds values that win over all that were added before.
   *
   * @param more JSON-like values
   */
  public void put(Map<String, ? extends @Nullable Object> more) {
    values.putAll(more);
  }

  /** Adds a value with placeholders that wins over all that was added before under its name. */
  public void put(String name, ValueTemplate template) {
    values.put(name, template.isConstant() ? template.constantValue() : new Entry(name, template));
  }

  /**
   * Adds the variables of another flow, which are filled in by what that flow sees. All that were
   * added before win over them.
   */
  public void inherit(Variables outer, Environment seen) {
    for (String name : outer.names()) {
      if (!values.containsKey(name)) {
        values.put(name, new Inherited(outer, seen));
      }
    }
  }

  /** Whether there is such a variable. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of an entry that has placeholders; null for other variables. */
  public @Nullable ValueTemplate template(String name) {
    return values.get(name) instanceof Entry entry ? entry.template : null;
  }

  /** The names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Those that have a value already which is not null; they do not change any more. */
  Map<String, Object> constants() {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      Object value = entry.getValue();
      if (value != null && !(value instanceof Entry) && !(value instanceof Inherited)) {
        constants.put(entry.getKey(), value);
      }
    }
    return constants;
  }

  /** The value, or {@link Environment#ABSENT}. */
  public @Nullable Object find(String name, Environment environment) throws ExpressionException {
    Object value = values.getOrDefault(name, Environment.ABSENT);
    if (value instanceof Inherited inherited) {
      return inherited.outer.find(name, inherited.seen);
    }
    return value instanceof Entry entry ? entry.value(environment) : value;
  }

  /** All names with their values; fills in what was not used yet. */
  public Map<String, @Nullable Object> all(Environment environment) throws ExpressionException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      all.put(name, find(name, environment));
    }
    return Collections.unmodifiableMap(all);
  }

  private record Inherited(Variables outer, Environment seen) {}

  /** An env entry: not filled in, being filled in, or filled in. */
  private static final class Entry {
    private final String name;
    private final ValueTemplate template;
    private @Nullable Thread filling;
    private @Nullable Object value;
    private volatile boolean filled;

    Entry(String name, ValueTemplate template) {
      this.name = name;
      this.template = template;
    }

    @Nullable Object value(Environment environment) throws ExpressionException {
      return filled ? value : fill(environment);
    }

    private synchronized @Nullable Object fill(Environment environment) throws ExpressionException {
      if (filled) {
        return value;
      }
      if (filling == Thread.currentThread()) {
        throw new ExpressionException(
            "variable_cycle",
            "the variable \"" + name + "\" needs its own value",
            "give the outer value another name",
            0,
            name.length(),
            false);
      }
      filling = Thread.currentThread();
      try {
        value = template.render(environment);
        filled = true;
        return value;
      } catch (TemplateException e) {
        throw new ExpressionException(
            e.error().code(),
            "the variable \""
                + name
                + "\" ("
                + e.source().value()
                + ") has no value: "
                + e.error().getMessage(),
            e.error().hint(),
            0,
            name.length(),
            false);
      } finally {
        filling = null;
      }
    }
  }
}

package io.testmesh.engine.scope;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.PathSelection;
import io.testmesh.engine.path.JsonPath;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that an assertion or output sees: first the result's own keys, then {@code result} and
 * {@code response} and the step's own id for the whole of it, then what the step sees. A path looks
 * into the result, and where it matches nothing there into the result's body. Belongs to one
 * thread.
 */
public final class ResultScope implements Environment {
  private final Environment outer;
  private final Map<String, @Nullable Object> result;
  private final @Nullable Object document;
  private final @Nullable String ownId;

  /**
   * A scope over the step's own.
   *
   * @param result the names that come first
   * @param document what {@code $} stands for
   * @param ownId a further name of the whole result, or null
   */
  public ResultScope(
      Environment outer,
      Map<String, @Nullable Object> result,
      @Nullable Object document,
      @Nullable String ownId) {
    this.outer = outer;
    this.result = result;
    this.document = document;
    this.ownId = ownId;
  }

  @Override
  public @Nullable Object find(String name) throws ExpressionException {
    Object value = result.get(name);
    if (value != null || result.containsKey(name)) {
      return value;
    }
    return name.equals("result") || name.equals("response") || name.equals(ownId)
        ? result
        : outer.find(name);
  }

  @Override
  public @Nullable String whyAbsent(String name) {
    return outer.whyAbsent(name);
  }

  @Override
  public boolean isStepId(String name) {
    return name.equals(ownId) || outer.isStepId(name);
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>(result.keySet());
    names.add("result");
    names.add("response");
    names.addAll(outer.names());
    return names;
  }

  @Override
  public Map<String, @Nullable Object> all() throws ExpressionException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(outer.all());
    all.put("result", result);
    all.put("response", result);
    all.putAll(result);
    return all;
  }

  @Override
  public List<@Nullable Object> select(JsonPath path) throws ExpressionException {
    List<@Nullable Object> found = PathSelection.select(path, document);
    return found.isEmpty() && document == result && result.get("body") != null
        ? PathSelection.select(path, result.get("body"))
        : found;
  }

  @Override
  public Instant now() {
    return outer.now();
  }
}
